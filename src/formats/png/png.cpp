// SPDX-License-Identifier: Apache-2.0
#include "formats/png/png.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "formats/inflate.h"

namespace assay::formats::png {
namespace {

constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n";
constexpr std::uint64_t kMaxLength = 0x7fff'ffff;  // PNG 5.3
constexpr std::uint64_t kFrame = 12;               // length, type and CRC around the data
constexpr std::uint64_t kMaxKeyword = 79;          // PNG 11.3.3.2

bool kept(std::string_view type) {
  constexpr std::array<std::string_view, 4> kKept = {"tEXt", "zTXt", "iTXt", "eXIf"};
  return std::find(kKept.begin(), kKept.end(), type) != kKept.end();
}

bool is_type(std::string_view type) {
  return std::all_of(type.begin(), type.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}

bool crc_matches(Bytes type_and_data, std::uint32_t stored) {
  const uLong crc =
      crc32_z(0, reinterpret_cast<const Bytef*>(type_and_data.data()), type_and_data.size());
  return static_cast<std::uint32_t>(crc) == stored;
}

Result<std::string> text_of(Bytes packed, bool compressed, const Limits& limits) {
  if (!compressed) return std::string(as_text(packed));
  return inflate_all(packed, Wrapping::zlib, limits.text_bytes);
}

// Fills keyword and value from a text chunk's data.
Status read_text(ByteReader in, Chunk& chunk, const Limits& limits) {
  const Bytes keyword = TRY(in.until(std::byte{0}));
  if (keyword.empty() || keyword.size() > kMaxKeyword)
    return Error{Code::invalid, "keyword is empty or too long", in.offset()};
  chunk.keyword = as_text(keyword);
  if (chunk.type == "zTXt") chunk.compressed = true;
  if (chunk.type == "iTXt") chunk.compressed = TRY(in.le<std::uint8_t>()) != 0;
  if (chunk.type != "tEXt" && TRY(in.le<std::uint8_t>()) != 0)
    return Error{Code::invalid, "unknown compression method", in.offset()};
  if (chunk.type == "iTXt") {
    TRY(in.until(std::byte{0}));  // language
    TRY(in.until(std::byte{0}));  // translated keyword
  }
  chunk.value = TRY(text_of(in.rest(), chunk.compressed, limits));
  return Done{};
}

// A chunk that breaks its own layout is noted; only a limit or the system stops the reading.
Result<Chunk> read_chunk(ByteSource& in, std::uint64_t at, std::uint32_t length,
                         std::string_view type, const Limits& limits) {
  if (length > limits.text_bytes)
    return Error{Code::limit, std::string(type) + " chunk is too long", at};
  const Bytes raw = TRY(in.exactly(at + 4, std::uint64_t{length} + 8));
  ByteReader tail(raw.subspan(raw.size() - 4));
  Chunk chunk{std::string(type), at, {}, {}, false, true, {}};
  chunk.crc_ok = crc_matches(raw.first(raw.size() - 4), TRY(tail.be<std::uint32_t>()));
  const Bytes data = raw.subspan(4, length);
  if (type == "eXIf") {
    chunk.value = as_text(data);
    return chunk;
  }
  const Status done = read_text(ByteReader(data, at + 8), chunk, limits);
  if (!done.ok() && done.error().code != Code::invalid)
    return Error{done.error().code, done.error().what, at};
  if (!done.ok()) chunk.broken = done.error().what;
  return chunk;
}

Status read_header(ByteSource& in, Png& png) {
  ByteReader head(TRY(in.exactly(kSignature.size(), 16)), kSignature.size());
  const std::uint32_t length = TRY(head.be<std::uint32_t>());
  const Bytes type = TRY(head.take(4));
  if (length != 13 || as_text(type) != "IHDR")
    return Error{Code::invalid, "does not begin with IHDR", kSignature.size()};
  png.width = TRY(head.be<std::uint32_t>());
  png.height = TRY(head.be<std::uint32_t>());
  return Done{};
}

}  // namespace

bool sniff(Bytes head) { return as_text(head).substr(0, kSignature.size()) == kSignature; }

Result<Png> read(ByteSource& in, const Limits& limits) {
  const Bytes start = TRY(in.exactly(0, kSignature.size()));
  if (!sniff(start)) return Error{Code::invalid, "not a PNG", 0};
  Png png;
  TRY(read_header(in, png));
  std::uint64_t at = kSignature.size();
  std::uint64_t text_bytes = 0;
  while (true) {
    ByteReader head(TRY(in.exactly(at, 8)), at);
    const std::uint32_t length = TRY(head.be<std::uint32_t>());
    const std::string type(as_text(head.rest()));
    if (length > kMaxLength) return Error{Code::invalid, "chunk length over 2^31 - 1", at};
    if (!is_type(type)) return Error{Code::invalid, "chunk type is not four letters", at};
    if (length + kFrame > in.size() - at) return Error{Code::invalid, "chunk ends too early", at};
    if (++png.chunk_count > limits.chunks) return Error{Code::limit, "too many chunks", at};
    if (kept(type)) {
      Chunk chunk = TRY(read_chunk(in, at, length, type, limits));
      text_bytes += chunk.value.size();
      if (text_bytes > limits.total_text_bytes) return Error{Code::limit, "too much text", at};
      png.chunks.push_back(std::move(chunk));
    }
    at += length + kFrame;
    if (type == "IEND") break;
  }
  png.trailing_bytes = in.size() - at;
  return png;
}

}  // namespace assay::formats::png
