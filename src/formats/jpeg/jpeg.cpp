// SPDX-License-Identifier: Apache-2.0
#include "formats/jpeg/jpeg.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "base/strings.h"
#include "formats/item_list.h"
#include "formats/jpeg/mpf.h"
#include "formats/jpeg/segments.h"
#include "formats/names_label.h"
#include "formats/patches.h"

namespace assay::formats::jpeg {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kXmp = "http://ns.adobe.com/xap/1.0/\0"sv;
constexpr std::string_view kExtended = "http://ns.adobe.com/xmp/extension/\0"sv;
constexpr std::string_view kExif = "Exif\0\0"sv;
constexpr std::string_view kIcc = "ICC_PROFILE\0"sv;
constexpr std::size_t kGuid = 32;
constexpr std::size_t kMaxPacket = 65'502;   // XMP part 3, 1.1.3.1
constexpr std::size_t kMaxPayload = 65'533;  // of a segment

std::string place_of(const Segment& segment) {
  return fmt::format("segment {:02x} at byte {}", segment.marker, segment.offset);
}

struct Piece {
  Segment segment;
  std::string guid;
  std::uint32_t full = 0;
  std::uint32_t offset = 0;
  std::string bytes;
};

Result<Piece> read_piece(std::string_view payload, const Segment& segment) {
  ByteReader in(as_raw(payload.substr(kExtended.size())), segment.offset);
  Piece piece{segment, {}, 0, 0, {}};
  piece.guid = as_text(TRY(in.take(kGuid)));
  piece.full = TRY(in.be<std::uint32_t>());
  piece.offset = TRY(in.be<std::uint32_t>());
  piece.bytes = as_text(in.rest());
  return piece;
}

// The pieces of one GUID, in order of offset, as one packet.
Result<Item> assemble(std::vector<Piece> pieces, const MediaLimits& limits) {
  const auto first = std::min_element(
      pieces.begin(), pieces.end(),
      [](const Piece& a, const Piece& b) { return a.segment.offset < b.segment.offset; });
  Item item{ItemKind::xmp, place_of(first->segment), first->segment.offset};
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.offset < b.offset; });
  const std::uint32_t full = pieces.front().full;
  if (full > limits.value_bytes) return Error{Code::limit, "extended XMP is too long", item.offset};
  for (const Piece& piece : pieces) {
    if (piece.full != full) item.broken = "pieces disagree on the full length";
    if (piece.offset != item.value.size()) item.broken = "pieces overlap or leave a hole";
    if (!item.broken.empty()) break;
    item.value += piece.bytes;
  }
  if (item.broken.empty() && item.value.size() != full) item.broken = "pieces are missing";
  if (!item.broken.empty()) item.value.clear();
  return item;
}

// Collects the items of the segments in order, then the extended packets.
class Collector {
 public:
  explicit Collector(const MediaLimits& limits) : limits_(limits), out_(limits) {}

  Status look(std::string_view payload, const Segment& segment) {
    if (segment.marker == kApp1 && payload.starts_with(kExtended)) return extend(payload, segment);
    Item item{ItemKind::text, {}, segment.offset};
    if (segment.marker == kApp1 && payload.starts_with(kXmp)) {
      item.kind = ItemKind::xmp;
      item.value = payload.substr(kXmp.size());
      note_extensions(item.value);
    } else if (segment.marker == kApp1 && payload.starts_with(kExif)) {
      item.kind = ItemKind::exif;
      item.value = payload.substr(kExif.size());
    } else if (names_label(payload)) {
      item.agreed = false;
      item.value = payload;
    } else {
      return Done{};
    }
    item.place = place_of(segment);
    return out_.add(std::move(item));
  }

  Result<Metadata> finish() {
    for (auto& [guid, pieces] : pieces_) {
      Item item = TRY(assemble(std::move(pieces), limits_));
      // Readers take an extended packet only where a main one names it.
      item.agreed = main_packets_.find(guid) != std::string::npos;
      TRY(out_.add(std::move(item)));
    }
    std::vector<Item>& items = out_.metadata.items;
    std::stable_sort(items.begin(), items.end(),
                     [](const Item& a, const Item& b) { return a.offset < b.offset; });
    return std::move(out_.metadata);
  }

 private:
  void note_extensions(std::string_view packet) {
    if (packet.find("HasExtendedXMP") != std::string_view::npos) main_packets_ += packet;
  }

  Status extend(std::string_view payload, const Segment& segment) {
    Result<Piece> piece = read_piece(payload, segment);
    if (piece.ok()) {
      stored_ += piece->bytes.size();
      if (stored_ > limits_.total_bytes)
        return Error{Code::limit, "too much metadata", segment.offset};
      pieces_[piece->guid].push_back(std::move(*piece));
      return Done{};
    }
    Item item{ItemKind::xmp, place_of(segment), segment.offset};
    item.agreed = false;
    item.broken = "segment is too short";
    return out_.add(std::move(item));
  }

  const MediaLimits& limits_;
  ItemList out_;
  std::uint64_t stored_ = 0;                          // in pieces_
  std::map<std::string, std::vector<Piece>> pieces_;  // by GUID
  std::string main_packets_;                          // those that name an extended one
};

Result<bool> sniff(Bytes head, ByteSource&) { return as_text(head).starts_with("\xff\xd8\xff"); }

Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  Segments segments(in, limits);
  Collector items(limits);
  while (true) {
    const std::optional<Segment> segment = TRY(segments.next());
    if (!segment) return items.finish();
    if (!is_metadata(*segment)) continue;
    const Bytes start = TRY(in.view(segment->payload, std::min(segment->size(), kIcc.size())));
    if (as_text(start) == kIcc) continue;
    const Bytes payload = TRY(in.exactly(segment->payload, segment->size()));
    TRY(items.look(as_text(payload), *segment));
  }
}

Result<std::string> make_segment(std::uint8_t marker, std::string_view name,
                                 std::string_view value) {
  if (name.size() + value.size() > (name == kXmp ? kMaxPacket + kXmp.size() : kMaxPayload))
    return Error{Code::unsupported, "the new value is too long for this format", 0};
  std::string out = big_endian(0xff00u | marker, 2);
  out += big_endian(name.size() + value.size() + 2, 2);
  return out.append(name).append(value);
}

// What stands in front of an item's value in its segment.
std::string_view name_of(ItemKind kind) {
  if (kind == ItemKind::xmp) return kXmp;
  return kind == ItemKind::exif ? kExif : std::string_view();
}

// The change of a file, made in one walk over its segments.
class Writer {
 public:
  Writer(ByteSource& in, const Metadata& have, const Change& change)
      : in_(in), have_(have), change_(change) {}

  Result<Splice> write(const MediaLimits& limits) {
    edits_ = TRY(edits_by_offset(have_, change_));
    TRY(find_extended(limits));
    Segments segments(in_, limits);
    std::uint64_t behind_leading = 2;
    while (true) {
      const std::optional<Segment> segment = TRY(segments.next());
      if (!segment) break;
      const std::string start = TRY(in_.copy(segment->payload, std::min(segment->size(), kNames)));
      if (is_leading(*segment, start) && !added_) {
        behind_leading = segment->end;
      } else {
        TRY(add(behind_leading));
      }
      TRY(edit(*segment, start));
    }
    TRY(add(behind_leading));
    for (const Segment& segment : kept_) TRY(move_pictures(in_, segment, patches_));
    return patches_.splice(in_.size());
  }

 private:
  static constexpr std::uint64_t kNames = kExtended.size() + kGuid;

  // JFIF and Exif want to be first.
  static bool is_leading(const Segment& segment, std::string_view start) {
    return segment.marker == kApp0 || (segment.marker == kApp1 && start.starts_with(kExif));
  }
  static std::string guid_of(std::string_view start) {
    return std::string(start.substr(kExtended.size()));
  }
  static bool is_extended(const Segment& segment, std::string_view start) {
    return segment.marker == kApp1 && start.size() == kNames && start.starts_with(kExtended);
  }

  // Of an extended packet only the first segment is an item's; the others go with it.
  Status find_extended(const MediaLimits& limits) {
    Segments segments(in_, limits);
    while (true) {
      const std::optional<Segment> segment = TRY(segments.next());
      if (!segment) return Done{};
      const auto edit = edits_.find(segment->offset);
      if (edit == edits_.end()) continue;
      const std::string start = TRY(in_.copy(segment->payload, std::min(segment->size(), kNames)));
      if (is_extended(*segment, start)) taken_out_.insert(guid_of(start));
    }
  }

  Status add(std::uint64_t at) {
    if (!added_ && change_.add)
      patches_.replace(at, 0, TRY(make_segment(kApp1, kXmp, *change_.add)));
    added_ = true;
    return Done{};
  }

  Status edit(const Segment& segment, std::string_view start) {
    const bool with_others = is_extended(segment, start) && taken_out_.count(guid_of(start)) > 0;
    const auto found = edits_.find(segment.offset);
    if (found == edits_.end() && !with_others) {
      if (start.starts_with("MPF")) kept_.push_back(segment);
      return Done{};
    }
    std::string bytes;
    if (found != edits_.end() && found->second->value) {
      if (segment.marker == kApp1 && start.starts_with(kExtended))
        return Error{Code::unsupported, "extended XMP is not edited", segment.offset};
      bytes = TRY(make_segment(segment.marker, name_of(have_.items[found->second->item].kind),
                               *found->second->value));
    }
    patches_.replace(segment.offset, segment.end - segment.offset, std::move(bytes));
    return Done{};
  }

  ByteSource& in_;
  const Metadata& have_;
  const Change& change_;
  std::map<std::uint64_t, const Edit*> edits_;
  std::set<std::string> taken_out_;  // GUIDs
  bool added_ = false;
  std::vector<Segment> kept_;  // that may hold an index of pictures
  Patches patches_;
};

Result<Splice> write(ByteSource& in, const Metadata& have, const Change& change,
                     const MediaLimits& limits) {
  return Writer(in, have, change).write(limits);
}

constexpr MediaFormat kJpeg{
    .name = "JPEG",
    .place = {"APP1 段中的 XMP 属性 TC260:AIGC", "the XMP property TC260:AIGC in an APP1 segment"},
    .adds = ItemKind::xmp,
    .sniff = sniff,
    .read = read,
    .write = write};

}  // namespace

const std::span<const MediaFormat> kMedia(&kJpeg, 1);

}  // namespace assay::formats::jpeg
