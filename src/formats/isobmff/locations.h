// SPDX-License-Identifier: Apache-2.0
//
// The item location box (ISO/IEC 14496-12, 8.11.3).
#pragma once

#include "formats/isobmff/patches.h"

namespace assay::formats::isobmff {

struct Extent {
  std::uint64_t index = 0;
  std::uint64_t offset = 0;  // from Location::base
  std::uint64_t length = 0;  // 0: all there is
};

struct Location {
  std::uint64_t item = 0;
  std::uint64_t method = 0;     // 0: bytes of the file, 1: of idat, 2: of other items
  std::uint64_t reference = 0;  // not 0: in another file
  std::uint64_t base = 0;
  std::vector<Extent> extents;

  bool here() const { return method <= 1 && reference == 0; }
};

struct Locations {
  Box box;
  std::uint8_t version = 0;
  std::string flags;
  std::uint8_t offset_width = 0;
  std::uint8_t length_width = 0;
  std::uint8_t base_width = 0;
  std::uint8_t index_width = 0;
  std::vector<Location> items;
  std::string tail;  // bytes behind the items

  const Location* find(std::uint64_t item) const;
  // Code::unsupported where a number does not fit its field.
  Result<std::string> packed() const;
};

Result<Locations> read_locations(BoxReader& boxes, const Box& box);

// Gives each extent the offset to which `patches` move its bytes. `idat`: where that box's bytes
// begin.
void move_locations(Locations& locations, std::uint64_t idat, const Patches& patches);

}  // namespace assay::formats::isobmff
