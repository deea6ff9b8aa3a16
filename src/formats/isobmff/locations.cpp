// SPDX-License-Identifier: Apache-2.0
#include "formats/isobmff/locations.h"

#include <algorithm>
#include <limits>

namespace assay::formats::isobmff {
namespace {

constexpr std::uint64_t kHead = 6;  // version, flags and widths

Result<Location> read_location(ByteReader& in, const Locations& of, BoxReader& boxes) {
  Location out;
  out.item = TRY(take_number(in, of.version < 2 ? 2 : 4));
  if (of.version > 0) out.method = TRY(take_number(in, 2)) & 15;
  out.reference = TRY(take_number(in, 2));
  out.base = TRY(take_number(in, of.base_width));
  const std::uint64_t extents = TRY(take_number(in, 2));
  TRY(boxes.count(extents, of.box.offset));  // an extent may be stored in no bytes at all
  for (std::uint64_t i = 0; i < extents; ++i) {
    Extent extent;
    extent.index = TRY(take_number(in, of.index_width));
    extent.offset = TRY(take_number(in, of.offset_width));
    extent.length = TRY(take_number(in, of.length_width));
    out.extents.push_back(extent);
  }
  return out;
}

// Numbers in fields of given widths.
class Packer {
 public:
  void put(std::uint64_t value, unsigned width) {
    fits_ = fits_ && (width >= 8 || value >> (8 * width) == 0);
    out_ += big_endian(value, width);
  }
  bool fits() const { return fits_; }
  std::string& out() { return out_; }

 private:
  std::string out_;
  bool fits_ = true;
};

void pack(const Location& item, const Locations& of, Packer& out) {
  out.put(item.item, of.version < 2 ? 2 : 4);
  if (of.version > 0) out.put(item.method, 2);
  out.put(item.reference, 2);
  out.put(item.base, of.base_width);
  out.put(item.extents.size(), 2);
  for (const Extent& extent : item.extents) {
    out.put(extent.index, of.index_width);
    out.put(extent.offset, of.offset_width);
    out.put(extent.length, of.length_width);
  }
}

}  // namespace

const Location* Locations::find(std::uint64_t item) const {
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const Location& one) { return one.item == item; });
  return found == items.end() ? nullptr : &*found;
}

Result<std::string> Locations::packed() const {
  Packer out;
  out.out() = static_cast<char>(version) + flags;
  out.put(static_cast<std::uint64_t>(offset_width << 4 | length_width), 1);
  out.put(static_cast<std::uint64_t>(base_width << 4 | index_width), 1);
  out.put(items.size(), version < 2 ? 2 : 4);
  for (const Location& item : items) pack(item, *this, out);
  if (!out.fits())
    return Error{Code::unsupported, "a number does not fit the item location box", box.offset};
  return isobmff::box("iloc", out.out() + tail);
}

Result<Locations> read_locations(BoxReader& boxes, const Box& box) {
  const std::string bytes = TRY(boxes.bytes(box.start(), box.size - box.header));
  ByteReader in(as_raw(bytes), box.start());
  Locations out;
  out.box = box;
  out.version = TRY(in.be<std::uint8_t>());
  out.flags = as_text(TRY(in.take(3)));
  if (out.version > 2) return Error{Code::unsupported, "unknown version of a box", box.offset};
  const std::uint8_t first = TRY(in.be<std::uint8_t>());
  const std::uint8_t second = TRY(in.be<std::uint8_t>());
  out.offset_width = first >> 4;
  out.length_width = first & 15;
  out.base_width = second >> 4;
  out.index_width = out.version > 0 ? second & 15 : 0;
  for (const std::uint8_t width :
       {out.offset_width, out.length_width, out.base_width, out.index_width})
    if (width != 0 && width != 4 && width != 8)
      return Error{Code::invalid, "field width is not 0, 4 or 8", box.start() + kHead - 2};
  const std::uint64_t count = TRY(take_number(in, out.version < 2 ? 2 : 4));
  for (std::uint64_t i = 0; i < count; ++i) {
    TRY(boxes.count(1, in.offset()));
    out.items.push_back(TRY(read_location(in, out, boxes)));
  }
  out.tail = as_text(in.rest());
  return out;
}

void move_locations(Locations& locations, std::uint64_t idat, const Patches& patches) {
  for (Location& item : locations.items) {
    if (!item.here() || item.extents.empty()) continue;
    const std::uint64_t from = item.method == 1 ? idat : 0;
    std::uint64_t lowest = std::numeric_limits<std::uint64_t>::max();
    for (Extent& extent : item.extents) {
      extent.offset = patches.moved(from + item.base + extent.offset) - patches.moved(from);
      lowest = std::min(lowest, extent.offset);
    }
    if (locations.offset_width == 0 || lowest < item.base) item.base = lowest;
    for (Extent& extent : item.extents) extent.offset -= item.base;
  }
}

}  // namespace assay::formats::isobmff
