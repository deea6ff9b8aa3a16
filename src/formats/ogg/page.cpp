// SPDX-License-Identifier: Apache-2.0
#include "formats/ogg/page.h"

#include <array>

namespace assay::formats::ogg {
namespace {

// The polynomial 04c11db7, highest bit first, begun with 0 and not inverted.
constexpr std::array<std::uint32_t, 256> kTable = [] {
  std::array<std::uint32_t, 256> out{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t crc = i << 24;
    for (int bit = 0; bit < 8; ++bit) crc = crc << 1 ^ (crc >> 31 != 0 ? 0x04c1'1db7u : 0u);
    out[i] = crc;
  }
  return out;
}();

std::uint32_t step(std::uint32_t crc, std::uint32_t byte) {
  return crc << 8 ^ kTable[(crc >> 24 ^ byte) & 0xff];
}

void put_le(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> 8 * i);
}

}  // namespace

Result<Page> read_page(ByteSource& in, std::uint64_t at) {
  Page page{at};
  ByteReader head(TRY(in.view(at, kPageHeader + kMaxSegments)), at);
  const Bytes magic = TRY(head.take(4));
  const std::uint8_t version = TRY(head.le<std::uint8_t>());
  if (as_text(magic) != "OggS" || version != 0) return Error{Code::invalid, "no Ogg page here", at};
  page.flags = TRY(head.le<std::uint8_t>());
  page.granule = TRY(head.le<std::uint64_t>());
  page.serial = TRY(head.le<std::uint32_t>());
  page.sequence = TRY(head.le<std::uint32_t>());
  page.crc = TRY(head.le<std::uint32_t>());
  const std::uint8_t count = TRY(head.le<std::uint8_t>());
  for (const std::byte length : TRY(head.take(count))) {
    page.segments.push_back(std::to_integer<std::uint8_t>(length));
    page.payload += page.segments.back();
  }
  if (page.payload > in.size() - at - page.header())
    return Error{Code::invalid, "ends too early", at};
  return page;
}

std::uint32_t page_crc(std::uint32_t crc, Bytes bytes) {
  for (const std::byte byte : bytes) crc = step(crc, std::to_integer<std::uint32_t>(byte));
  return crc;
}

std::uint32_t page_crc_zeros(std::uint32_t crc, std::uint64_t n) {
  while (n-- > 0) crc = step(crc, 0);
  return crc;
}

Result<bool> crc_matches(ByteSource& in, const Page& page) {
  const Bytes bytes = TRY(in.exactly(page.offset, page.size()));
  std::uint32_t crc = page_crc(0, bytes.first(kSequenceAt + 4));
  crc = page_crc_zeros(crc, 4);  // the check sum itself
  return page_crc(crc, bytes.subspan(kSequenceAt + 8)) == page.crc;
}

std::string page_bytes(const Page& page, std::string_view payload) {
  std::string out("OggS\0", 5);
  put_le(out, page.flags, 1);
  put_le(out, page.granule, 8);
  put_le(out, page.serial, 4);
  put_le(out, page.sequence, 4);
  const std::size_t crc_at = out.size();
  put_le(out, 0, 4);
  put_le(out, page.segments.size(), 1);
  for (const std::uint8_t length : page.segments) put_le(out, length, 1);
  out += payload;
  std::string crc;
  put_le(crc, page_crc(0, as_raw(out)), 4);
  out.replace(crc_at, 4, crc);
  return out;
}

std::string renumbered(const Page& page, std::uint32_t sequence) {
  std::string out;
  put_le(out, page.sequence ^ sequence, 4);  // the difference, then its check sum
  const std::uint32_t difference =
      page_crc_zeros(page_crc(0, as_raw(out)), page.size() - kSequenceAt - 4);
  out.clear();
  put_le(out, sequence, 4);
  put_le(out, page.crc ^ difference, 4);
  return out;
}

}  // namespace assay::formats::ogg
