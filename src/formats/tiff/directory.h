// SPDX-License-Identifier: Apache-2.0
//
// The frame of a TIFF or BigTIFF: its header and one directory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "formats/media.h"

namespace assay::formats::tiff {

// How numbers stand in a file.
struct Layout {
  bool little = true;
  bool big_tiff = false;

  unsigned word() const { return big_tiff ? 8 : 4; }  // bytes of an offset or a number of values
  std::uint64_t first_offset() const { return big_tiff ? 8 : 4; }  // where the header names IFD0
  std::string bytes(std::uint64_t value, unsigned width) const;
  Result<std::uint64_t> number(ByteReader& in, unsigned width) const;
};

struct Entry {
  std::uint64_t at = 0;  // in the file
  std::uint16_t tag = 0;
  std::uint16_t type = 0;
  std::uint64_t count = 0;  // of values
  std::string field;        // the value where it fits, else its offset
};

struct Directory {
  std::uint64_t at = 0;
  std::vector<Entry> entries;
  std::uint64_t next = 0;  // offset of the next one; 0: none

  const Entry* find(std::uint16_t tag) const;
  // As it is written, with the offset of the next one.
  std::string bytes(const Layout& layout) const;
};

// Is there a TIFF's magic number, and in which layout?
std::optional<Layout> layout_of(Bytes head);

Result<Directory> read_directory(ByteSource& in, const Layout& layout, std::uint64_t at,
                                 const MediaLimits& limits);

// IFD0.
Result<Directory> first_directory(ByteSource& in, const Layout& layout, const MediaLimits& limits);

// The bytes of an entry's value.
Result<std::string> value_of(ByteSource& in, const Layout& layout, const Entry& entry,
                             const MediaLimits& limits);

// What an entry's field says as an offset.
std::uint64_t offset_in(const Layout& layout, const Entry& entry);

}  // namespace assay::formats::tiff
