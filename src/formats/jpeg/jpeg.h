// SPDX-License-Identifier: Apache-2.0
//
// The metadata segments of a JPEG; README.md has the bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_source.h"

namespace assay::formats::jpeg {

struct Limits {
  std::uint64_t segments = 100'000;
  std::uint64_t kept_bytes = std::uint64_t{32} << 20;      // all payloads that are kept
  std::uint64_t extended_bytes = std::uint64_t{16} << 20;  // extended XMP, put together
};

enum class Kind : std::uint8_t { xmp, extended_xmp, exif, other };

// One payload after its identifier; for extended XMP the packet put together.
struct Part {
  Kind kind{};
  std::uint8_t marker = 0;   // 0xe0 to 0xef, or 0xfe for a comment
  std::uint64_t offset = 0;  // of the (first) segment's marker
  std::string value;
  std::string guid = {};    // of extended XMP
  std::string broken = {};  // why extended XMP could not be put together
};

struct Jpeg {
  std::vector<Part> parts;
  std::uint64_t segments = 0;
  std::uint64_t scan_offset = 0;  // where the first scan begins; 0: there is none
};

bool sniff(Bytes head);
Result<Jpeg> read(ByteSource& in, const Limits& limits);

}  // namespace assay::formats::jpeg
