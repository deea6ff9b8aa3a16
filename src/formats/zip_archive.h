// SPDX-License-Identifier: Apache-2.0
//
// A ZIP archive as its loaders read it; zip/README.md has the bytes and the rules.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/byte_source.h"

namespace assay::formats::zip {

struct Limits {
  std::uint64_t entries = 100'000;
  std::uint64_t directory_bytes = std::uint64_t{32} << 20;  // also of what it does not list
};

struct Entry {
  std::string name;  // bytes as they stand
  std::uint64_t header_offset = 0;
  std::uint64_t data_offset = 0;  // 0: no local header was found there
  std::uint64_t packed = 0;
  std::uint64_t size = 0;
  std::uint32_t crc = 0;
  std::uint16_t method = 0;
  std::uint16_t flags = 0;
  bool listed = true;           // the central directory names it
  std::uint64_t listed_at = 0;  // its central entry

  bool encrypted() const { return (flags & 1) != 0; }
};

// Where two readers of the archive would see different things.
enum class Difference : std::uint8_t {
  no_directory,
  several_directories,
  bytes_before,
  no_local_header,
  other_name,
  other_method,
  other_size,
  unlisted_entry,
  same_name,
  overlap,
};

// All differences of one kind, by the first of them. However many there are, they take no memory.
struct Disagreement {
  Difference what{};
  std::uint64_t offset = 0;
  std::string name;  // of the entry, where there is one: its first kMaxName bytes
  std::uint64_t count = 0;
};
constexpr std::size_t kMaxName = 256;

struct Archive {
  std::vector<Entry> entries;               // in order of header offset
  std::vector<Disagreement> disagreements;  // one of each kind, in the order they were met
  std::uint64_t directory_offset = 0;       // both 0 where there is no directory
  std::uint64_t end_offset = 0;             // of the end record
};

// A local header at the start, or an end record in the tail.
Result<bool> sniff(ByteSource& in);
Result<Archive> read(ByteSource& in, const Limits& limits);

// An entry's data, at most `max_bytes` of it.
Result<std::string> unpack(ByteSource& in, const Entry& entry, std::uint64_t max_bytes);

// The same in pieces: memory does not grow with the entry.
Status unpack_pieces(ByteSource& in, const Entry& entry, std::uint64_t max_bytes,
                     const std::function<Status(std::string_view)>& take);

}  // namespace assay::formats::zip
