// SPDX-License-Identifier: Apache-2.0
//
// The boxes of ISO base media files (ISO/IEC 14496-12) as far as C2PA asks for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.h"

namespace assay::label {

struct BmffBox {
  std::string type;
  std::uint64_t offset = 0;
  std::uint64_t content = 0;  // after length and type
  std::uint64_t end = 0;

  std::uint64_t size() const { return end - offset; }
};

// The boxes from `begin` to `end`, which must hold them exactly.
Result<std::vector<BmffBox>> bmff_boxes(ByteSource& in, std::uint64_t begin, std::uint64_t end);

// The boxes a path names: "/moov/trak[2]/tkhd"; without a number all of a name.
Result<std::vector<BmffBox>> bmff_find(ByteSource& in, std::string_view path);

}  // namespace assay::label
