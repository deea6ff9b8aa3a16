// SPDX-License-Identifier: Apache-2.0
#include "label/archive.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <set>
#include <string_view>

#include "base/files.h"
#include "base/sandbox.h"
#include "base/strings.h"
#include "formats/tar/tar.h"
#include "formats/zip_archive.h"
#include "label/label.h"

namespace assay::label {
namespace {

using namespace std::string_view_literals;
namespace tar = formats::tar;
namespace zip = formats::zip;

constexpr std::size_t kWindow = 32 * 1024;
constexpr std::uint64_t kLeast = 1 << 20;  // that any archive may be unpacked to
constexpr auto kTime = std::chrono::minutes(5);
constexpr std::uint64_t kMemory = std::uint64_t{1} << 30;

enum class Kind : std::uint8_t { none, zip, tar, seven_zip, packed };

struct Mark {
  std::string_view bytes;
  Kind kind;
};
constexpr std::array<Mark, 5> kMarks = {{
    {"7z\xbc\xaf\x27\x1c"sv, Kind::seven_zip},
    {"\x1f\x8b\x08"sv, Kind::packed},
    {"BZh"sv, Kind::packed},
    {"\xfd\x37zXZ\0"sv, Kind::packed},
    {"\x28\xb5\x2f\xfd"sv, Kind::packed},
}};

Result<Kind> kind_of(ByteSource& in, const fs::path& name) {
  const std::string head = TRY(in.copy(0, 8));
  for (const Mark& mark : kMarks)
    if (head.starts_with(mark.bytes)) return mark.kind;
  if (TRY(tar::sniff(in))) return Kind::tar;
  if (!head.starts_with("PK")) return Kind::none;
  // Office files and books are ZIP archives too.
  const auto format = identify(in, name);
  return format.ok() && *format == nullptr ? Kind::zip : Kind::none;
}

// The name of what is packed in a file of this name.
fs::path unpacked_name(const fs::path& name) {
  const std::string ending = to_lower(name.extension().string());
  for (const std::string_view one : {".gz", ".bz2", ".xz", ".zst"})
    if (ending == one) return name.stem();
  return name.filename();
}

Result<std::string> whole(ByteSource& in, std::uint64_t max_bytes) {
  constexpr std::uint64_t kPiece = 1 << 20;
  if (in.size() > max_bytes) return Error{Code::limit, "entry is too long"};
  std::string out;
  while (out.size() < in.size()) {
    const std::string piece = TRY(in.copy(out.size(), kPiece));
    if (piece.empty()) break;
    out += piece;
  }
  return out;
}

Status append(int file, std::string_view bytes, const fs::path& name) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n < 0 && errno != EINTR) return io_error(name, "cannot write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
  }
  return Done{};
}

// A file, and how people are told of it.
struct Place {
  std::string path;
  fs::path name;
  std::optional<fs::path> file = {};  // whose bytes it is
};

class Walk {
 public:
  Walk(const ArchiveLimits& limits, const std::function<Status(const ArchiveMember&)>& look)
      : limits_(limits), look_(look), left_(limits.total_bytes) {}

  Status open(ByteSource& in, const Place& place, int depth) {
    const auto known = kind_of(in, place.name);
    if (!known.ok()) return unread(place, known.error());
    const Kind kind = *known;
    if (kind == Kind::none) return look_({place.path, place.name, &in, {}});
    if (depth == limits_.depth) return unread(place, {Code::limit, "archives are nested too deep"});
    switch (kind) {
      case Kind::zip: return entries(in, place, depth);
      case Kind::tar: return members(in, place, depth);
      default: return unpack(in, place, kind, depth);
    }
  }

 private:
  Status unread(const Place& place, Error why) {
    return look_({place.path, place.name, nullptr, std::move(why)});
  }

  static Place inside(const Place& outer, std::string_view name) {
    const std::string between = outer.path.empty() ? "" : "!";
    return {outer.path + between + printable(name, 400), fs::path(name)};
  }

  Status entries(ByteSource& in, const Place& outer, int depth) {
    const auto archive = zip::read(in, {});
    if (!archive.ok()) return unread(outer, archive.error());
    for (const zip::Entry& entry : archive->entries) {
      if (entry.name.ends_with('/') && entry.size == 0) continue;
      if (++members_ > limits_.members) return unread(outer, {Code::limit, "too many members"});
      const Place place = inside(outer, entry.name);
      const std::uint64_t most = std::min(left_, (entry.packed + 1) * limits_.ratio);
      if (entry.size > limits_.member_bytes) {
        TRY(large_entry(in, entry, most, place, depth));
        continue;
      }
      const auto bytes = zip::unpack(in, entry, std::min(limits_.member_bytes, most));
      if (!bytes.ok()) {
        TRY(unread(place, bytes.error()));
        continue;
      }
      left_ -= bytes->size();
      MemorySource member(as_raw(*bytes));
      TRY(open(member, place, depth + 1));
    }
    return Done{};
  }

  // Unpacked to the disk.
  Status large_entry(ByteSource& in, const zip::Entry& entry, std::uint64_t most,
                     const Place& place, int depth) {
    auto file = unpacked_file(in, entry, most, place);
    if (!file.ok()) return unread(place, file.error());
    left_ -= std::min(left_, file->size());
    FileSource member(std::move(*file), kWindow);
    return open(member, place, depth + 1);
  }

  static Result<FileReader> unpacked_file(ByteSource& in, const zip::Entry& entry,
                                          std::uint64_t most, const Place& place) {
    const Fd file = TRY(temporary_file());
    TRY(zip::unpack_pieces(in, entry, most, [&](std::string_view piece) {
      return append(file.get(), piece, place.name);
    }));
    return FileReader::of(file.get(), place.name);
  }

  // `cut`: that there is no more of it is told by who unpacked it.
  Status members(ByteSource& in, const Place& outer, int depth, bool cut = false) {
    const tar::Limits limits;
    tar::Reader reader(in, limits);
    std::set<std::string> files;
    while (true) {
      const auto member = reader.next();
      if (!member.ok() && cut) return Done{};
      if (!member.ok()) return unread(outer, member.error());
      if (!*member) return Done{};
      const auto& [kind, name, target, header, offset, size] = **member;
      if (kind == tar::Kind::folder) continue;
      if (++members_ > limits_.members) return unread(outer, {Code::limit, "too many members"});
      const Place place = inside(outer, name);
      // A hard link is another name of a member that was looked at.
      if (kind == tar::Kind::hard_link && files.contains(target)) continue;
      if (kind != tar::Kind::file) {
        TRY(unread(place, {Code::io, "a link or device, which is not followed"}));
        continue;
      }
      files.insert(name);
      PartSource part(in, offset, size);
      TRY(open(part, place, depth + 1));
    }
  }

  // By a program: a 7z to a tar, one packed file to itself.
  Status unpack(ByteSource& in, const Place& outer, Kind kind, int depth) {
    if (--programs_ < 0) return unread(outer, {Code::limit, "too many members"});
    auto output = temporary_file();
    if (!output.ok()) return unread(outer, output.error());
    const Status ended = run(in, outer, kind, output->get());
    auto file = FileReader::of(output->get(), outer.name);
    if (!file.ok()) return unread(outer, file.error());
    left_ -= std::min(left_, file->size());
    FileSource unpacked(std::move(*file), kWindow);
    // What came out before an error is looked at all the same.
    const auto is_tar = tar::sniff(unpacked);
    if (kind == Kind::seven_zip || (is_tar.ok() && *is_tar))
      TRY(members(unpacked, outer, depth, !ended.ok()));
    else if (ended.ok())
      TRY(open(unpacked, inside(outer, unpacked_name(outer.name).string()), depth + 1));
    return ended.ok() ? Done{} : unread(outer, ended.error());
  }

  Status run(ByteSource& in, const Place& outer, Kind kind, int output) {
    Confined job;
    std::string archive = "-";
    if (outer.file) {
      std::error_code unknown;
      job.input = fs::absolute(*outer.file, unknown);
      archive = job.input.string();
    } else {
      job.standard_input = TRY(whole(in, limits_.member_bytes));
    }
    if (kind == Kind::seven_zip) {
      job.program = "bsdtar";
      job.arguments = {"-c", "-f", "-", "--format", "gnutar", "@" + archive};
    } else {
      job.program = "bsdcat";
      job.arguments = {archive};
    }
    job.output = output;
    job.max_output = std::min(left_, std::max(kLeast, in.size() * limits_.ratio));
    job.timeout = kTime;
    job.memory_bytes = kMemory;
    const Ended ended = TRY(run_confined(job));
    if (ended.exit_code == 0) return Done{};
    if (to_lower(ended.err).find("encrypt") != std::string::npos ||
        to_lower(ended.err).find("passphrase") != std::string::npos)
      return Error{Code::unsupported, "encrypted"};
    return Error{Code::invalid, "the archive cannot be unpacked to its end"};
  }

  const ArchiveLimits& limits_;
  const std::function<Status(const ArchiveMember&)>& look_;
  std::uint64_t left_;
  std::uint64_t members_ = 0;
  int programs_ = limits_.programs;
};

}  // namespace

Result<bool> is_archive(ByteSource& in, const std::filesystem::path& name) {
  return TRY(kind_of(in, name)) != Kind::none;
}

Status each_member(ByteSource& in, const std::filesystem::path& file, const ArchiveLimits& limits,
                   const std::function<Status(const ArchiveMember&)>& look) {
  return Walk(limits, look).open(in, {{}, file, file}, 0);
}

}  // namespace assay::label
