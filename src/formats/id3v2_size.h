// SPDX-License-Identifier: Apache-2.0
//
// How long ID3v2 tags are, for formats that may have some in front (ID3v2.4, section 3.1):
//
//   "ID3"   version u8, revision u8, flags u8 (10: a footer follows), size: 4 times 7 bits
#pragma once

#include <algorithm>

#include "base/byte_source.h"

namespace assay::formats {

inline constexpr std::uint64_t kId3Header = 10;  // and as long a footer

// Of a whole tag, by its first ten bytes; 0 where none begins.
inline std::uint64_t id3v2_size(Bytes head) {
  if (head.size() < kId3Header || !as_text(head).starts_with("ID3")) return 0;
  const auto at = [&](std::size_t i) { return std::to_integer<std::uint32_t>(head[i]); };
  if (at(3) == 0xff || at(4) == 0xff || ((at(6) | at(7) | at(8) | at(9)) & 0x80) != 0) return 0;
  const std::uint32_t size = at(6) << 21 | at(7) << 14 | at(8) << 7 | at(9);
  const bool footer = at(3) >= 4 && (at(5) & 0x10) != 0;
  return size + kId3Header + (footer ? kId3Header : 0);
}

// The first byte behind the tags in front, of which at most `max_tags` are followed.
inline Result<std::uint64_t> behind_id3v2(ByteSource& in, std::uint64_t max_tags) {
  std::uint64_t at = 0;
  for (std::uint64_t i = 0; i < max_tags; ++i) {
    const std::uint64_t size = id3v2_size(TRY(in.view(at, kId3Header)));
    if (size == 0) break;
    at += size;
  }
  return std::min(at, in.size());
}

}  // namespace assay::formats
