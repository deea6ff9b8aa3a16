// SPDX-License-Identifier: Apache-2.0
//
// The metadata of a PNG; README.md has the bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_source.h"

namespace assay::formats::png {

struct Limits {
  std::uint64_t chunks = 1'000'000;
  std::uint64_t text_bytes = std::uint64_t{4} << 20;         // one text, as stored or unpacked
  std::uint64_t total_text_bytes = std::uint64_t{16} << 20;  // all of a file
};

// A tEXt, zTXt, iTXt or eXIf chunk.
struct Chunk {
  std::string type;
  std::uint64_t offset = 0;  // of the chunk's length field
  std::string keyword;       // Latin-1; empty for eXIf
  std::string value;         // text unpacked (tEXt, zTXt: Latin-1 by the letter), or eXIf's bytes
  bool compressed = false;
  bool crc_ok = true;
  std::string broken;  // what is wrong with its layout; `value` is empty then
};

struct Png {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<Chunk> chunks;
  std::uint64_t chunk_count = 0;     // of every type
  std::uint64_t trailing_bytes = 0;  // after IEND
};

bool sniff(Bytes head);
Result<Png> read(ByteSource& in, const Limits& limits);

}  // namespace assay::formats::png
