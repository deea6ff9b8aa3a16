// SPDX-License-Identifier: Apache-2.0
#include "formats/jpeg/jpeg.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace assay::formats::jpeg {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kXmp = "http://ns.adobe.com/xap/1.0/\0"sv;
constexpr std::string_view kExtended = "http://ns.adobe.com/xmp/extension/\0"sv;
constexpr std::string_view kExif = "Exif\0\0"sv;
constexpr std::string_view kIcc = "ICC_PROFILE\0"sv;
constexpr std::size_t kGuid = 32;

constexpr std::uint8_t kSoi = 0xd8;
constexpr std::uint8_t kEoi = 0xd9;
constexpr std::uint8_t kSos = 0xda;
constexpr std::uint8_t kApp1 = 0xe1;
constexpr std::uint8_t kComment = 0xfe;

bool stands_alone(std::uint8_t marker) {
  return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}
bool kept(std::uint8_t marker) { return (marker >= 0xe0 && marker <= 0xef) || marker == kComment; }

struct Piece {
  std::uint64_t segment;  // offset of its marker
  std::string guid;
  std::uint32_t full;
  std::uint32_t offset;
  std::string bytes;
};

Result<Piece> read_piece(Bytes payload, std::uint64_t at) {
  ByteReader in(payload, at);
  Piece piece{at, {}, 0, 0, {}};
  piece.guid = as_text(TRY(in.take(kGuid)));
  piece.full = TRY(in.be<std::uint32_t>());
  piece.offset = TRY(in.be<std::uint32_t>());
  piece.bytes = as_text(in.rest());
  return piece;
}

// The pieces of one GUID, in order of offset, as one packet.
Result<Part> assemble(std::vector<Piece> pieces, const Limits& limits) {
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.offset < b.offset; });
  Part part{Kind::extended_xmp, kApp1, pieces.front().segment, {}, pieces.front().guid, {}};
  const std::uint32_t full = pieces.front().full;
  if (full > limits.extended_bytes)
    return Error{Code::limit, "extended XMP is too long", part.offset};
  for (const Piece& piece : pieces) {
    part.offset = std::min(part.offset, piece.segment);
    if (piece.full != full) part.broken = "pieces disagree on the full length";
    if (piece.offset != part.value.size()) part.broken = "pieces overlap or leave a hole";
    if (!part.broken.empty()) break;
    part.value += piece.bytes;
  }
  if (part.broken.empty() && part.value.size() != full) part.broken = "pieces are missing";
  if (!part.broken.empty()) part.value.clear();
  return part;
}

using Pieces = std::map<std::string, std::vector<Piece>>;  // by GUID

Status assemble_all(Pieces pieces, const Limits& limits, Jpeg& jpeg) {
  std::uint64_t total = 0;
  for (auto& [guid, of_one] : pieces) {
    jpeg.parts.push_back(TRY(assemble(std::move(of_one), limits)));
    total += jpeg.parts.back().value.size();
    if (total > limits.extended_bytes)
      return Error{Code::limit, "extended XMP is too long", jpeg.parts.back().offset};
  }
  return Done{};
}

// Sorts one payload by its identifier.
Status keep(std::uint8_t marker, std::uint64_t at, std::string_view payload, Jpeg& jpeg,
            Pieces& pieces) {
  if (payload.starts_with(kIcc)) return Done{};
  if (marker == kApp1 && payload.starts_with(kExtended)) {
    Result<Piece> piece = read_piece(as_raw(payload.substr(kExtended.size())), at);
    if (piece.ok()) {
      pieces[piece->guid].push_back(*piece);
    } else {
      jpeg.parts.push_back({Kind::extended_xmp, marker, at, {}, {}, "segment is too short"});
    }
    return Done{};
  }
  if (marker == kApp1 && payload.starts_with(kXmp)) {
    jpeg.parts.push_back({Kind::xmp, marker, at, std::string(payload.substr(kXmp.size()))});
  } else if (marker == kApp1 && payload.starts_with(kExif)) {
    jpeg.parts.push_back({Kind::exif, marker, at, std::string(payload.substr(kExif.size()))});
  } else {
    jpeg.parts.push_back({Kind::other, marker, at, std::string(payload)});
  }
  return Done{};
}

// Steps over fill bytes; returns the marker and moves `at` behind it.
Result<std::uint8_t> next_marker(ByteSource& in, std::uint64_t& at, std::uint64_t& marker_at) {
  marker_at = at;
  const Bytes first = TRY(in.exactly(at, 2));
  if (first[0] != std::byte{0xff}) return Error{Code::invalid, "no marker here", at};
  ++at;
  while (true) {
    const Bytes one = TRY(in.exactly(at, 1));
    const auto marker = std::to_integer<std::uint8_t>(one[0]);
    ++at;
    if (marker != 0xff) return marker;
  }
}

}  // namespace

bool sniff(Bytes head) {
  return head.size() >= 3 && head[0] == std::byte{0xff} && head[1] == std::byte{kSoi} &&
         head[2] == std::byte{0xff};
}

Result<Jpeg> read(ByteSource& in, const Limits& limits) {
  const Bytes start = TRY(in.exactly(0, 3));
  if (!sniff(start)) return Error{Code::invalid, "not a JPEG", 0};
  Jpeg jpeg;
  Pieces pieces;
  std::uint64_t kept_bytes = 0;
  std::uint64_t at = 2;
  while (true) {
    std::uint64_t marker_at = at;
    const std::uint8_t marker = TRY(next_marker(in, at, marker_at));
    if (marker == kEoi) break;
    if (marker == 0x00 || marker == kSoi)
      return Error{Code::invalid, "marker out of place", marker_at};
    if (++jpeg.segments > limits.segments)
      return Error{Code::limit, "too many segments", marker_at};
    if (stands_alone(marker)) continue;
    ByteReader head(TRY(in.exactly(at, 2)), at);
    const std::uint64_t length = TRY(head.be<std::uint16_t>());
    if (length < 2) return Error{Code::invalid, "segment length below 2", at};
    if (length > in.size() - at) return Error{Code::invalid, "segment ends too early", at};
    if (marker == kSos) {
      jpeg.scan_offset = marker_at;
      break;
    }
    if (kept(marker)) {
      kept_bytes += length;
      if (kept_bytes > limits.kept_bytes) return Error{Code::limit, "too much metadata", marker_at};
      const Bytes payload = TRY(in.exactly(at + 2, length - 2));
      TRY(keep(marker, marker_at, as_text(payload), jpeg, pieces));
    }
    at += length;
  }
  TRY(assemble_all(std::move(pieces), limits, jpeg));
  return jpeg;
}

}  // namespace assay::formats::jpeg
