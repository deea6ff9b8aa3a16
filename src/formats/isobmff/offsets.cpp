// SPDX-License-Identifier: Apache-2.0
#include "formats/isobmff/offsets.h"

#include <algorithm>
#include <array>

#include "formats/isobmff/locations.h"

namespace assay::formats::isobmff {
namespace {

constexpr std::array<std::string_view, 9> kContainers = {"moov", "trak", "mdia", "minf", "stbl",
                                                         "dinf", "moof", "traf", "mfra"};

// Offsets at even distances.
struct Table {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  std::uint32_t width = 4;
  std::uint64_t stride = 4;
};

class Mover {
 public:
  Mover(BoxReader& boxes, Patches& patches, std::optional<std::uint64_t> iloc)
      : boxes_(boxes), patches_(patches), iloc_(iloc) {}

  Status visit(const Box& box, std::string_view parent, std::uint32_t depth);
  Status finish() const {
    if (external_ && changed_)
      return Error{Code::unsupported, "the media data lies in another file", 0};
    return Done{};
  }

 private:
  Status visit_meta(const Box& box);
  Status locations(const Box& box, std::uint64_t idat);
  Status references(const Box& box);
  Result<Table> table(const Box& box);
  Result<Table> fragment_index(const Box& box);
  Status move(const Box& box, const Table& table);

  BoxReader& boxes_;
  Patches& patches_;
  std::optional<std::uint64_t> iloc_;
  bool external_ = false;
  bool changed_ = false;
};

std::uint64_t content(const Box& box) { return box.end() - box.start(); }

// mfra's tfra: version, track, widths, count, then time, offset and three numbers each (8.8.10).
Result<Table> Mover::fragment_index(const Box& box) {
  const std::string head =
      TRY(boxes_.bytes(box.start(), std::min<std::uint64_t>(content(box), 16)));
  ByteReader in(as_raw(head), box.start());
  Table out;
  out.width = TRY(in.be<std::uint32_t>()) >> 24 == 1 ? 8 : 4;
  TRY(in.take(4));
  const std::uint32_t widths = TRY(in.be<std::uint32_t>());
  out.count = TRY(in.be<std::uint32_t>());
  out.first = in.offset() + out.width;
  out.stride =
      std::uint64_t{out.width} * 2 + (widths >> 4 & 3) + (widths >> 2 & 3) + (widths & 3) + 3;
  return out;
}

// Where stco, co64, saio and tfhd have their offsets.
Result<Table> Mover::table(const Box& box) {
  if (box.type == "tfra") return fragment_index(box);
  const std::string head =
      TRY(boxes_.bytes(box.start(), std::min<std::uint64_t>(content(box), 16)));
  ByteReader in(as_raw(head), box.start());
  const std::uint32_t word = TRY(in.be<std::uint32_t>());
  Table out;
  if (box.type == "tfhd") {
    TRY(in.take(4));  // track
    return Table{in.offset(), word & 1, 8, 8};
  }
  const bool wide = box.type == "co64" || (box.type == "saio" && word >> 24 == 1);
  out.width = wide ? 8 : 4;
  out.stride = out.width;
  if (box.type == "saio" && (word & 1) != 0) TRY(in.take(8));  // type and parameter
  out.count = TRY(in.be<std::uint32_t>());
  out.first = in.offset();
  return out;
}

Status Mover::move(const Box& box, const Table& table) {
  if (table.count == 0) return Done{};
  if (table.first > box.end() ||
      table.count > (box.end() - table.first + table.stride - table.width) / table.stride)
    return Error{Code::unsupported, "table is longer than its box", box.offset};
  const std::uint64_t size = (table.count - 1) * table.stride + table.width;
  std::string bytes = TRY(boxes_.bytes(table.first, size));
  bool changed = false;
  for (std::uint64_t at = 0; at < size; at += table.stride) {
    ByteReader in(as_raw(std::string_view(bytes).substr(static_cast<std::size_t>(at))));
    const std::uint64_t old = TRY(take_number(in, table.width));
    const std::uint64_t now = patches_.moved(old);
    if (now == old) continue;
    if (table.width == 4 && now >> 32 != 0)
      return Error{Code::unsupported, "an offset would pass 4 GiB", table.first + at};
    bytes.replace(static_cast<std::size_t>(at), table.width, big_endian(now, table.width));
    changed = true;
  }
  if (!changed) return Done{};
  changed_ = true;
  patches_.overwrite(table.first, std::move(bytes));
  return Done{};
}

// Does an entry of dref name another file?
Status Mover::references(const Box& box) {
  if (content(box) < 8) return Done{};
  const BoxList entries = TRY(boxes_.inside(box.start() + 8, box.end()));
  for (const Box& entry : entries.boxes) {
    if (content(entry) < 4) continue;
    const std::string flags = TRY(boxes_.bytes(entry.start(), 4));
    external_ = external_ || (flags[3] & 1) == 0;
  }
  return Done{};
}

Status Mover::locations(const Box& box, std::uint64_t idat) {
  if (iloc_ == box.offset) return Done{};
  Locations now = TRY(read_locations(boxes_, box));
  const std::string before = TRY(now.packed());
  move_locations(now, idat, patches_);
  const std::string after = TRY(now.packed());
  if (before != after) patches_.overwrite(box.start(), after.substr(8));
  return Done{};
}

Status Mover::visit_meta(const Box& box) {
  if (content(box) < 4) return Done{};
  const BoxList list = TRY(boxes_.inside(box.start() + 4, box.end()));
  const Box* idat = list.find("idat");
  for (const Box& child : list.boxes)
    if (child.type == "iloc") TRY(locations(child, idat == nullptr ? 0 : idat->start()));
  return Done{};
}

Status Mover::visit(const Box& box, std::string_view parent, std::uint32_t depth) {
  if (depth == 0) return Error{Code::limit, "too deep", box.offset};
  if (box.type == "meta") return visit_meta(box);
  if (box.type == "dref") return references(box);
  if (box.type == "cmov")
    return Error{Code::unsupported, "the movie's header is compressed", box.offset};
  // In a traf the offsets of saio count from the base that tfhd names.
  if (box.type == "stco" || box.type == "co64" || box.type == "tfhd" || box.type == "tfra" ||
      (box.type == "saio" && parent == "stbl")) {
    const Table found = TRY(table(box));
    return move(box, found);
  }
  if (std::find(kContainers.begin(), kContainers.end(), box.type) == kContainers.end())
    return Done{};
  const BoxList list = TRY(boxes_.inside(box.start(), box.end()));
  for (const Box& child : list.boxes) TRY(visit(child, box.type, depth - 1));
  return Done{};
}

}  // namespace

Status move_offsets(BoxReader& boxes, const std::vector<Box>& top, Patches& patches,
                    std::optional<std::uint64_t> iloc) {
  Mover mover(boxes, patches, iloc);
  for (const Box& box : top) TRY(mover.visit(box, "", boxes.depth()));
  return mover.finish();
}

}  // namespace assay::formats::isobmff
