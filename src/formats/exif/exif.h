// SPDX-License-Identifier: Apache-2.0
//
// The few Exif entries that may hold a label; README.md has the bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_reader.h"

namespace assay::formats::exif {

struct Limits {
  std::uint64_t entries = 1000;                        // of one directory
  std::uint64_t value_bytes = std::uint64_t{4} << 20;  // of one value
};

enum class Tag : std::uint16_t {
  image_description = 0x010e,
  xmp = 0x02bc,
  user_comment = 0x9286,
};

struct Entry {
  Tag tag{};
  std::uint64_t offset = 0;  // of the value in the structure
  std::string value;         // without a UserComment's character code and padding
  std::uint64_t size = 0;    // of the value as it is stored
};

struct Exif {
  std::vector<Entry> entries;  // as they stand, a repeated tag each time
};

Result<Exif> read(Bytes data, const Limits& limits);

// The same structure with all values of `tag` filled with NUL; a UserComment keeps its character
// code. As long as before, so that no offset in it moves.
Result<std::string> without(Bytes data, Tag tag, const Limits& limits);

}  // namespace assay::formats::exif
