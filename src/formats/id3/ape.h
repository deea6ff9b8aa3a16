// SPDX-License-Identifier: Apache-2.0
//
// An APE tag at the end of a file; README.md has the bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "formats/media.h"

namespace assay::formats::id3 {

struct ApeItem {
  std::uint64_t offset = 0;
  std::uint32_t flags = 0;
  std::string key;
  std::string value;

  bool is_text() const { return (flags & 6) == 0; }
};

struct ApeTag {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;   // with header and footer
  std::string footer = {};  // 32 bytes; the header differs in a flag
  bool header = false;
  std::vector<ApeItem> items = {};
  std::string broken = {};  // why it could not be read to its end

  std::string bytes() const;
};

inline constexpr std::uint64_t kApeFooter = 32;

// The tag that ends at `end`, if there is one, in what follows `start`.
Result<std::optional<ApeTag>> read_ape(ByteSource& in, std::uint64_t start, std::uint64_t end,
                                       const MediaLimits& limits);

}  // namespace assay::formats::id3
