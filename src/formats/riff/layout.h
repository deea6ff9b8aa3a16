// SPDX-License-Identifier: Apache-2.0
//
// The frame of chunks of a RIFF file; README.md has the bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.h"
#include "formats/media.h"

namespace assay::formats::riff {

inline constexpr std::uint64_t kUnknown = 0xffff'ffff;  // a size that stands elsewhere or nowhere

// A chunk. RIFF and LIST hold others, save that no list of sound or film is looked into.
struct Chunk {
  std::string id;  // of a list its type: "WAVE", "INFO"
  bool list = false;
  std::uint64_t offset = 0;   // of the id or the word LIST
  std::uint64_t data = 0;     // of a list behind its type
  std::uint64_t end = 0;      // of the data
  std::uint64_t next = 0;     // where the next chunk begins: behind the padding
  std::size_t parent = 0;     // in Layout::chunks; that of a RIFF is itself
  std::uint64_t size_at = 0;  // where its size stands, `size_width` bytes
  unsigned size_width = 4;
  std::uint64_t size = 0;  // as it stands there
};

struct Layout {
  std::vector<Chunk> chunks;  // as they stand in the file
  bool open = false;          // sizes that were never filled in reach to the end of the file

  bool within(const Chunk& chunk, std::string_view list) const;  // is that its parent, in a RIFF?
};

bool is_riff(Bytes head, std::string_view form);
Result<Layout> layout(ByteSource& in, std::string_view form, const MediaLimits& limits);

}  // namespace assay::formats::riff
