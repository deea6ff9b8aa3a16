// SPDX-License-Identifier: Apache-2.0
//
// Pages of an Ogg stream (RFC 3533, section 6); README.md has the bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/byte_source.h"

namespace assay::formats::ogg {

inline constexpr std::uint64_t kPageHeader = 27;  // before the table of segments
inline constexpr std::uint64_t kMaxSegments = 255;
inline constexpr std::uint64_t kSequenceAt = 18;  // in a page; the check sum follows
enum Flag : std::uint8_t { kContinued = 1, kFirst = 2, kLast = 4 };
inline constexpr std::uint64_t kNoGranule = ~std::uint64_t{0};  // no packet ends on the page

struct Page {
  std::uint64_t offset = 0;
  std::uint8_t flags = 0;
  std::uint64_t granule = 0;
  std::uint32_t serial = 0;
  std::uint32_t sequence = 0;
  std::uint32_t crc = 0;  // as stored
  std::vector<std::uint8_t> segments = {};
  std::uint64_t payload = 0;  // bytes of it

  std::uint64_t header() const { return kPageHeader + segments.size(); }
  std::uint64_t size() const { return header() + payload; }
  std::uint64_t end() const { return offset + size(); }
  bool ends_a_packet() const { return !segments.empty() && segments.back() < 255; }
};

// The page at `at`, whose payload lies in the file.
Result<Page> read_page(ByteSource& in, std::uint64_t at);

// Goes on with a check sum over `bytes`, or over `n` zeros.
std::uint32_t page_crc(std::uint32_t crc, Bytes bytes);
std::uint32_t page_crc_zeros(std::uint32_t crc, std::uint64_t n);

Result<bool> crc_matches(ByteSource& in, const Page& page);

// A page with `page`'s header fields and segments around `payload`, its check sum put in.
std::string page_bytes(const Page& page, std::string_view payload);

// Sequence number and check sum, 8 bytes from kSequenceAt on, of the same page under another
// number. A CRC is linear, so the payload need not be known; a wrong one stays wrong.
std::string renumbered(const Page& page, std::uint32_t sequence);

}  // namespace assay::formats::ogg
