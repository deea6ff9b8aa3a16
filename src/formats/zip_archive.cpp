// SPDX-License-Identifier: Apache-2.0
#include "formats/zip_archive.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_set>

#include "formats/inflate.h"

namespace assay::formats::zip {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kLocal = "PK\x03\x04"sv;
constexpr std::string_view kCentral = "PK\x01\x02"sv;
constexpr std::string_view kDescriptor = "PK\x07\x08"sv;
constexpr std::string_view kEnd = "PK\x05\x06"sv;
constexpr std::string_view kEnd64 = "PK\x06\x06"sv;
constexpr std::string_view kLocator64 = "PK\x06\x07"sv;
constexpr std::uint64_t kLocalBytes = 30;
constexpr std::uint64_t kCentralBytes = 46;
constexpr std::uint64_t kEndBytes = 22;
constexpr std::uint64_t kLocatorBytes = 20;
constexpr std::uint64_t kMaxComment = 65535;
constexpr std::uint32_t kIn64 = 0xffff'ffff;  // the real number stands in the zip64 extra
constexpr std::uint16_t kSizesFollow = 1 << 3;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint64_t kStep =
    16 * 1024;  // less than the window of a source: most steps read nothing

struct Directory {
  std::uint64_t offset = 0;  // in the file
  std::uint64_t size = 0;
  std::uint64_t entries = 0;
  std::uint64_t shift = 0;  // bytes before the archive
};

// The next `signature` in [at, end), or nothing.
Result<std::optional<std::uint64_t>> search(ByteSource& in, std::string_view signature,
                                            std::uint64_t at, std::uint64_t end) {
  while (at + signature.size() <= end) {
    const Bytes view = TRY(in.view(at, std::min(kStep, end - at)));
    if (view.size() < signature.size()) break;
    const std::size_t found = as_text(view).find(signature);
    if (found != std::string_view::npos) return std::optional<std::uint64_t>(at + found);
    at += view.size() - (signature.size() - 1);
  }
  return std::optional<std::uint64_t>();
}

// Replaces the fields that are all ones by the numbers of the zip64 extra, in their fixed order.
Status read_zip64(ByteReader extra, Entry& entry, std::uint64_t* offset) {
  while (extra.remaining() >= 4) {
    const std::uint16_t id = TRY(extra.le<std::uint16_t>());
    const std::uint16_t length = TRY(extra.le<std::uint16_t>());
    ByteReader field = TRY(extra.sub(std::min<std::uint64_t>(length, extra.remaining())));
    if (id != 1) continue;
    if (entry.size == kIn64) entry.size = TRY(field.le<std::uint64_t>());
    if (entry.packed == kIn64) entry.packed = TRY(field.le<std::uint64_t>());
    if (offset != nullptr && *offset == kIn64) *offset = TRY(field.le<std::uint64_t>());
    return Done{};
  }
  return Done{};
}

// A local header without the bytes of its name, which may be 64 KiB of each of many headers.
struct Local {
  Entry entry;
  std::uint64_t name_bytes = 0;
  std::uint64_t extra_bytes = 0;
  std::uint64_t name_offset() const { return entry.header_offset + kLocalBytes; }
};

// The local header at `at`; nothing where none stands.
Result<std::optional<Local>> read_local(ByteSource& in, std::uint64_t at) {
  const Bytes fixed = TRY(in.view(at, kLocalBytes));
  if (fixed.size() < kLocalBytes || !as_text(fixed).starts_with(kLocal))
    return std::optional<Local>();
  ByteReader head(fixed, at);
  Local out;
  Entry& entry = out.entry;
  entry.header_offset = at;
  entry.listed = false;
  TRY(head.take(6));
  entry.flags = TRY(head.le<std::uint16_t>());
  entry.method = TRY(head.le<std::uint16_t>());
  TRY(head.take(4));
  entry.crc = TRY(head.le<std::uint32_t>());
  entry.packed = TRY(head.le<std::uint32_t>());
  entry.size = TRY(head.le<std::uint32_t>());
  out.name_bytes = TRY(head.le<std::uint16_t>());
  out.extra_bytes = TRY(head.le<std::uint16_t>());
  entry.data_offset = out.name_offset() + out.name_bytes + out.extra_bytes;
  if (entry.data_offset > in.size()) return std::optional<Local>();
  if (entry.size == kIn64 || entry.packed == kIn64) {
    const std::string extra = TRY(in.copy(out.name_offset() + out.name_bytes, out.extra_bytes));
    TRY(read_zip64(ByteReader(as_raw(extra)), entry, nullptr));
  }
  return std::optional<Local>(std::move(out));
}

Result<Entry> read_central(ByteReader& in, std::uint64_t shift) {
  const std::uint64_t at = in.offset();
  ByteReader head = TRY(in.sub(kCentralBytes));
  if (as_text(TRY(head.take(4))) != kCentral)
    return Error{Code::invalid, "no directory entry here", at};
  Entry entry;
  TRY(head.take(4));
  entry.flags = TRY(head.le<std::uint16_t>());
  entry.method = TRY(head.le<std::uint16_t>());
  TRY(head.take(4));
  entry.crc = TRY(head.le<std::uint32_t>());
  entry.packed = TRY(head.le<std::uint32_t>());
  entry.size = TRY(head.le<std::uint32_t>());
  const std::uint16_t name = TRY(head.le<std::uint16_t>());
  const std::uint16_t extra = TRY(head.le<std::uint16_t>());
  const std::uint16_t comment = TRY(head.le<std::uint16_t>());
  TRY(head.take(8));
  std::uint64_t offset = TRY(head.le<std::uint32_t>());
  entry.name = as_text(TRY(in.take(name)));
  const ByteReader fields = TRY(in.sub(extra));
  TRY(read_zip64(fields, entry, &offset));
  TRY(in.take(comment));
  if (offset > UINT64_MAX - shift) return Error{Code::invalid, "entry lies outside", at};
  entry.header_offset = offset + shift;
  entry.listed_at = at;
  return entry;
}

class Reader {
 public:
  Reader(ByteSource& in, const Limits& limits) : in_(in), limits_(limits) {}

  Result<Archive> run() {
    std::optional<Directory> directory = TRY(find_directory());
    if (directory) {
      TRY(read_directory(*directory));
      TRY(find_unlisted(directory->offset));
    } else {
      note(Difference::no_directory, 0);
      TRY(walk_gap(0, in_.size()));
      if (archive_.entries.empty()) return Error{Code::invalid, "no archive in it", 0};
    }
    std::stable_sort(
        archive_.entries.begin(), archive_.entries.end(),
        [](const Entry& a, const Entry& b) { return a.header_offset < b.header_offset; });
    note_same_names();
    return std::move(archive_);
  }

 private:
  void note(Difference what, std::uint64_t offset, std::string_view name = {}) {
    auto& all = archive_.disagreements;
    auto at = std::find_if(all.begin(), all.end(),
                           [what](const Disagreement& one) { return one.what == what; });
    if (at == all.end())
      at = all.insert(at, {what, offset, std::string(name.substr(0, kMaxName)), 0});
    ++at->count;
  }

  Result<std::optional<Directory>> find_directory() {
    const std::uint64_t tail = std::min(in_.size(), kEndBytes + kMaxComment);
    const std::uint64_t start = in_.size() - tail;
    const std::string bytes = TRY(in_.copy(start, tail));
    const std::size_t last = bytes.rfind(kEnd);
    if (last == std::string::npos || bytes.size() - last < kEndBytes)
      return std::optional<Directory>();
    if (bytes.find(kEnd) != last) note(Difference::several_directories, start + bytes.find(kEnd));
    const std::uint64_t at = start + last;
    ByteReader end(as_raw(bytes).subspan(last), at);
    TRY(end.take(10));
    Directory out;
    out.entries = TRY(end.le<std::uint16_t>());
    out.size = TRY(end.le<std::uint32_t>());
    out.offset = TRY(end.le<std::uint32_t>());
    const std::uint64_t directory_end = TRY(read_end64(at, out));
    if (out.size > directory_end || out.offset > directory_end - out.size)
      return Error{Code::invalid, "directory lies outside", at};
    out.shift = directory_end - out.size - out.offset;
    out.offset += out.shift;
    if (out.shift != 0) note(Difference::bytes_before, 0);
    archive_.directory_offset = out.offset;
    archive_.end_offset = at;
    return std::optional<Directory>(out);
  }

  // Reads the zip64 record where there is one; returns where the directory must end.
  Result<std::uint64_t> read_end64(std::uint64_t end_at, Directory& out) {
    if (end_at < kLocatorBytes) return end_at;
    const std::string locator = TRY(in_.copy(end_at - kLocatorBytes, kLocatorBytes));
    if (!locator.starts_with(kLocator64)) return end_at;
    ByteReader in(as_raw(locator));
    TRY(in.take(8));
    std::uint64_t at = TRY(in.le<std::uint64_t>());
    std::string record = TRY(in_.copy(at, 56));
    if (!record.starts_with(kEnd64) && end_at >= kLocatorBytes + 56) {
      at = end_at - kLocatorBytes - 56;  // bytes before the archive shift the record too
      record = TRY(in_.copy(at, 56));
    }
    if (!record.starts_with(kEnd64)) return Error{Code::invalid, "no zip64 record", end_at};
    ByteReader fields(as_raw(record), at);
    TRY(fields.take(32));
    out.entries = TRY(fields.le<std::uint64_t>());
    out.size = TRY(fields.le<std::uint64_t>());
    out.offset = TRY(fields.le<std::uint64_t>());
    return at;
  }

  Status read_directory(const Directory& directory) {
    if (directory.size > limits_.directory_bytes)
      return Error{Code::limit, "directory is too long", directory.offset};
    const std::string bytes = TRY(in_.copy(directory.offset, directory.size));
    ByteReader in(as_raw(bytes), directory.offset);
    while (!in.empty()) {
      Entry entry = TRY(read_central(in, directory.shift));
      TRY(compare(entry));
      TRY(add(std::move(entry)));
    }
    return Done{};
  }

  Status add(Entry entry) {
    if (archive_.entries.size() >= limits_.entries)
      return Error{Code::limit, "too many entries", std::min(entry.header_offset, in_.size())};
    archive_.entries.push_back(std::move(entry));
    return Done{};
  }

  Status compare(Entry& entry) {
    const std::optional<Local> found = TRY(read_local(in_, entry.header_offset));
    if (!found) {
      note(Difference::no_local_header, entry.header_offset, entry.name);
      return Done{};
    }
    const Entry& local = found->entry;
    entry.data_offset = local.data_offset;
    // A name of another length is another name, so no more is read than the directory holds.
    const bool same_length = found->name_bytes == entry.name.size();
    const std::string name = TRY(in_.copy(
        found->name_offset(),
        same_length ? found->name_bytes : std::min<std::uint64_t>(found->name_bytes, kMaxName)));
    if (!same_length || name != entry.name) note(Difference::other_name, entry.header_offset, name);
    if (local.method != entry.method)
      note(Difference::other_method, entry.header_offset, entry.name);
    const bool stated = (local.flags & kSizesFollow) == 0 || local.packed != 0;
    if (stated && (local.packed != entry.packed || local.size != entry.size))
      note(Difference::other_size, entry.header_offset, entry.name);
    return Done{};
  }

  // Looks for local headers between the entries of the directory, which begins at `end`.
  Status find_unlisted(std::uint64_t end) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> taken;
    for (const Entry& entry : archive_.entries) {
      if (entry.data_offset == 0) continue;
      const std::uint64_t room = in_.size() - std::min(in_.size(), entry.data_offset);
      taken.emplace_back(entry.header_offset, entry.data_offset + std::min(entry.packed, room));
    }
    std::sort(taken.begin(), taken.end());
    std::uint64_t at = 0;
    for (const auto& [from, to] : taken) {
      if (from < at) note(Difference::overlap, from);
      TRY(walk_gap(at, from));
      at = std::max(at, to);
    }
    return walk_gap(at, end);
  }

  // Adds every local header that begins in [at, end).
  Status walk_gap(std::uint64_t at, std::uint64_t end) {
    while (at < end) {
      const std::optional<std::uint64_t> found = TRY(search(in_, kLocal, at, end));
      if (!found) return Done{};
      std::optional<Local> local = TRY(read_local(in_, *found));
      at = *found + kLocal.size();
      if (!local) continue;
      Entry& entry = local->entry;
      entry.name = TRY(unlisted_name(*local));
      if ((entry.flags & kSizesFollow) != 0 && entry.packed == 0) TRY(measure(entry, end));
      entry.packed = std::min(entry.packed, in_.size() - entry.data_offset);
      if (entry.data_offset + entry.packed <= end) at = entry.data_offset + entry.packed;
      note(Difference::unlisted_entry, *found, entry.name);
      TRY(add(std::move(entry)));
    }
    return Done{};
  }

  // Names of headers that lie in each other are together longer than the file.
  Result<std::string> unlisted_name(const Local& local) {
    unlisted_bytes_ += local.name_bytes;
    if (unlisted_bytes_ > limits_.directory_bytes)
      return Error{Code::limit, "directory is too long", local.entry.header_offset};
    return in_.copy(local.name_offset(), local.name_bytes);
  }

  // An entry whose size follows its data reaches to the next header or descriptor.
  Status measure(Entry& entry, std::uint64_t end) {
    std::uint64_t at = entry.data_offset;
    while (true) {
      const std::optional<std::uint64_t> next = TRY(search(in_, "PK"sv, at, end));
      entry.packed = next.value_or(std::max(end, entry.data_offset)) - entry.data_offset;
      if (!next) break;
      const std::string mark = TRY(in_.copy(*next, 4));
      if (mark == kLocal || mark == kCentral || mark == kDescriptor) break;
      at = *next + 1;
    }
    entry.size = entry.packed;
    return Done{};
  }

  void note_same_names() {
    std::unordered_set<std::string_view> names;
    for (const Entry& entry : archive_.entries)
      if (!names.insert(entry.name).second)
        note(Difference::same_name, entry.header_offset, entry.name);
  }

  ByteSource& in_;
  const Limits& limits_;
  std::uint64_t unlisted_bytes_ = 0;  // of names
  Archive archive_;
};

Status readable(const Entry& entry) {
  if (entry.data_offset == 0) return Error{Code::invalid, "no local header", entry.header_offset};
  if (entry.encrypted()) return Error{Code::unsupported, "encrypted", entry.header_offset};
  if (entry.method != kStored && entry.method != kDeflated)
    return Error{Code::unsupported, "compression method " + std::to_string(entry.method),
                 entry.header_offset};
  return Done{};
}

}  // namespace

Result<bool> sniff(ByteSource& in) {
  const Bytes head = TRY(in.view(0, 4));
  if (as_text(head) == kLocal || as_text(head) == kEnd) return true;
  const std::uint64_t tail = std::min(in.size(), kEndBytes + kMaxComment);
  const std::string bytes = TRY(in.copy(in.size() - tail, tail));
  const std::size_t last = bytes.rfind(kEnd);
  return last != std::string::npos && bytes.size() - last >= kEndBytes;
}

Result<Archive> read(ByteSource& in, const Limits& limits) { return Reader(in, limits).run(); }

Result<std::string> unpack(ByteSource& in, const Entry& entry, std::uint64_t max_bytes) {
  TRY(readable(entry));
  if (entry.method == kStored) {
    if (entry.packed > max_bytes) return Error{Code::limit, "entry is too long"};
    return in.copy(entry.data_offset, entry.packed);
  }
  const std::string packed = TRY(in.copy(entry.data_offset, entry.packed));
  return inflate_all(as_raw(packed), Wrapping::raw, max_bytes);
}

Status unpack_pieces(ByteSource& in, const Entry& entry, std::uint64_t max_bytes,
                     const std::function<Status(std::string_view)>& take) {
  constexpr std::uint64_t kPiece = 1 << 20;
  TRY(readable(entry));
  PartSource data(in, entry.data_offset, entry.packed);
  if (entry.method == kDeflated) return inflate_pieces(data, Wrapping::raw, max_bytes, take);
  if (data.size() > max_bytes) return Error{Code::limit, "entry is too long"};
  for (std::uint64_t at = 0; at < data.size(); at += kPiece) {
    const std::string piece = TRY(data.copy(at, kPiece));
    TRY(take(piece));
  }
  return Done{};
}

}  // namespace assay::formats::zip
