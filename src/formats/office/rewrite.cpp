// SPDX-License-Identifier: Apache-2.0
#include "formats/office/rewrite.h"

#include <algorithm>
#include <string_view>

#include "formats/inflate.h"

namespace assay::formats::office {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t kCentralBytes = 46;
constexpr std::uint64_t kEndBytes = 22;
constexpr std::uint64_t kMax32 = 0xffff'fffe;
constexpr std::uint64_t kMaxEntries = 0xfffe;
constexpr std::uint64_t kRoom = 1024;  // for the headers of a member
constexpr std::uint16_t kUtf8Name = 1 << 11;

std::string le(std::uint64_t value, std::size_t bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(value >> 8 * i & 0xff);
  return out;
}

void set(std::string& record, std::size_t at, std::uint64_t value, std::size_t bytes) {
  record.replace(at, bytes, le(value, bytes));
}

class Rewriter {
 public:
  Rewriter(ByteSource& in, const zip::Archive& archive, const std::vector<Member>& members)
      : in_(in), archive_(archive), members_(members) {}

  Result<Splice> run() {
    TRY(check());
    const std::vector<zip::Entry>& entries = archive_.entries;  // in order of their headers
    splice_.keep(0, entries.empty() ? archive_.directory_offset : entries[0].header_offset);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const std::uint64_t end =
          i + 1 < entries.size() ? entries[i + 1].header_offset : archive_.directory_offset;
      TRY(put_entry(entries[i], end));
    }
    for (const Member& member : members_)
      if (!listed(member.name)) add(member);
    return put_directory();
  }

 private:
  struct Central {
    std::uint64_t order = 0;  // where the old one stands
    std::string record;
  };

  Status check() const {
    if (!archive_.disagreements.empty() || archive_.end_offset == 0)
      return Error{Code::unsupported, "readers of the archive would see different things", 0};
    std::uint64_t added = 0;
    for (const Member& member : members_) added += member.content.size() + kRoom;
    if (in_.size() + added > kMax32 || archive_.entries.size() + members_.size() > kMaxEntries ||
        TRY(zip64()))
      return Error{Code::unsupported, "zip64 archives are not written", archive_.end_offset};
    return Done{};
  }

  Result<bool> zip64() const {
    constexpr std::uint64_t kLocatorBytes = 20;
    if (archive_.end_offset < kLocatorBytes) return false;
    return TRY(in_.copy(archive_.end_offset - kLocatorBytes, 4)) == "PK\x06\x07"sv;
  }

  bool listed(std::string_view name) const {
    return std::any_of(archive_.entries.begin(), archive_.entries.end(),
                       [&](const zip::Entry& entry) { return entry.name == name; });
  }

  const Member* replacement(std::string_view name) const {
    const auto at = std::find_if(members_.begin(), members_.end(),
                                 [&](const Member& member) { return member.name == name; });
    return at == members_.end() ? nullptr : &*at;
  }

  Status put_entry(const zip::Entry& entry, std::uint64_t end) {
    const std::string fixed = TRY(in_.copy(entry.listed_at, kCentralBytes));
    ByteReader lengths(as_raw(fixed).subspan(28));
    const std::uint64_t name = TRY(lengths.le<std::uint16_t>());
    const std::uint64_t extra = TRY(lengths.le<std::uint16_t>());
    const std::uint64_t comment = TRY(lengths.le<std::uint16_t>());
    Central central{entry.listed_at, fixed};
    set(central.record, 42, splice_.size(), 4);
    const std::uint64_t behind = entry.listed_at + kCentralBytes;
    if (const Member* member = replacement(entry.name)) {
      set(central.record, 8, entry.flags & kUtf8Name, 2);
      set(central.record, 30, 0, 2);
      put_local(central.record, *member);
      central.record += member->name + TRY(in_.copy(behind + name + extra, comment));
    } else {
      central.record += TRY(in_.copy(behind, name + extra + comment));
      splice_.keep(entry.header_offset, end - entry.header_offset);
    }
    centrals_.push_back(std::move(central));
    return Done{};
  }

  void add(const Member& member) {
    Central central{UINT64_MAX, std::string(kCentralBytes, '\0')};
    central.record.replace(0, 6, "PK\x01\x02\x14\0"sv);
    set(central.record, 14, 0x21, 2);  // 1 January 1980
    set(central.record, 28, member.name.size(), 2);
    set(central.record, 42, splice_.size(), 4);
    put_local(central.record, member);
    central.record += member.name;
    centrals_.push_back(std::move(central));
  }

  // The local header and the data of a member; completes its central entry.
  void put_local(std::string& central, const Member& member) {
    set(central, 6, 20, 2);
    set(central, 10, 0, 2);  // stored
    set(central, 16, crc32_of(as_raw(member.content)), 4);
    set(central, 20, member.content.size(), 4);
    set(central, 24, member.content.size(), 4);
    splice_.put("PK\x03\x04" + central.substr(6, 26) + member.name);
    splice_.put(member.content);
  }

  Result<Splice> put_directory() {
    std::stable_sort(centrals_.begin(), centrals_.end(),
                     [](const Central& a, const Central& b) { return a.order < b.order; });
    const std::uint64_t start = splice_.size();
    for (const Central& central : centrals_) splice_.put(central.record);
    std::string end = TRY(in_.copy(archive_.end_offset, kEndBytes));
    set(end, 8, centrals_.size(), 2);
    set(end, 10, centrals_.size(), 2);
    set(end, 12, splice_.size() - start, 4);
    set(end, 16, start, 4);
    splice_.put(end);
    const std::uint64_t comment = archive_.end_offset + kEndBytes;
    splice_.keep(comment, in_.size() - comment);
    return std::move(splice_);
  }

  ByteSource& in_;
  const zip::Archive& archive_;
  const std::vector<Member>& members_;
  Splice splice_;
  std::vector<Central> centrals_;
};

}  // namespace

Result<Splice> rewrite(ByteSource& in, const zip::Archive& archive,
                       const std::vector<Member>& members) {
  return Rewriter(in, archive, members).run();
}

}  // namespace assay::formats::office
