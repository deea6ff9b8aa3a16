// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/byte_reader.h"
#include "base/byte_source.h"

namespace assay::formats {

enum class Wrapping : std::uint8_t { zlib, raw };

// The whole of a DEFLATE stream (RFC 1951), or Code::limit over `max_bytes`, Code::invalid when it
// is broken or cut short.
Result<std::string> inflate_all(Bytes packed, Wrapping wrapping, std::uint64_t max_bytes);

// The same of all of `packed`, in pieces: memory does not grow with it.
Status inflate_pieces(ByteSource& packed, Wrapping wrapping, std::uint64_t max_bytes,
                      const std::function<Status(std::string_view)>& take);

// `bytes` as a zlib stream (RFC 1950).
std::string deflate_all(Bytes bytes);

// CRC-32 as ZIP and PNG use it.
std::uint32_t crc32_of(Bytes bytes);

}  // namespace assay::formats
