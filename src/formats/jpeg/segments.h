// SPDX-License-Identifier: Apache-2.0
//
// The marker segments of a JPEG up to its first scan.
#pragma once

#include <cstdint>
#include <optional>

#include "base/byte_source.h"
#include "formats/media.h"

namespace assay::formats::jpeg {

inline constexpr std::uint8_t kApp0 = 0xe0;
inline constexpr std::uint8_t kApp1 = 0xe1;

struct Segment {
  std::uint8_t marker = 0;
  std::uint64_t offset = 0;   // of the first ff of its marker
  std::uint64_t payload = 0;  // where it begins
  std::uint64_t end = 0;

  std::uint64_t size() const { return end - payload; }  // of the payload
};

// Is it an application's or a comment?
bool is_metadata(const Segment& segment);

class Segments {
 public:
  Segments(ByteSource& in, const MediaLimits& limits) : in_(in), limits_(limits) {}

  // The next one with a payload; nothing at the first scan or the end of the picture.
  Result<std::optional<Segment>> next();

 private:
  Result<std::uint8_t> marker();

  ByteSource& in_;
  const MediaLimits& limits_;
  std::uint64_t at_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace assay::formats::jpeg
