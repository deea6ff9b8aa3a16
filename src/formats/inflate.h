// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/byte_reader.h"

namespace assay::formats {

enum class Wrapping : std::uint8_t { zlib, raw };

struct Inflated {
  std::string bytes;
  bool ended = false;  // the stream's own end was reached
};

// Unpacks DEFLATE (RFC 1951) from `packed`, at most `max_bytes` of output. A broken stream is
// Code::invalid; output that would be longer stops with `ended` false.
Result<Inflated> inflate_prefix(Bytes packed, Wrapping wrapping, std::uint64_t max_bytes);

// The whole stream, or Code::limit over `max_bytes`, Code::invalid when it is cut short.
Result<std::string> inflate_all(Bytes packed, Wrapping wrapping, std::uint64_t max_bytes);

}  // namespace assay::formats
