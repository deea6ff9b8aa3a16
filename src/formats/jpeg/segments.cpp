// SPDX-License-Identifier: Apache-2.0
#include "formats/jpeg/segments.h"

namespace assay::formats::jpeg {
namespace {

constexpr std::uint8_t kSoi = 0xd8;
constexpr std::uint8_t kEoi = 0xd9;
constexpr std::uint8_t kSos = 0xda;
constexpr std::uint8_t kComment = 0xfe;

bool stands_alone(std::uint8_t marker) {
  return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}

}  // namespace

bool is_metadata(const Segment& segment) {
  return (segment.marker >= kApp0 && segment.marker <= 0xef) || segment.marker == kComment;
}

// Steps over fill bytes and behind the marker.
Result<std::uint8_t> Segments::marker() {
  const Bytes first = TRY(in_.exactly(at_, 2));
  if (first[0] != std::byte{0xff}) return Error{Code::invalid, "no marker here", at_};
  ++at_;
  while (true) {
    const Bytes one = TRY(in_.exactly(at_++, 1));
    if (one[0] != std::byte{0xff}) return std::to_integer<std::uint8_t>(one[0]);
  }
}

Result<std::optional<Segment>> Segments::next() {
  if (at_ == 0) {
    const Bytes start = TRY(in_.view(0, 3));
    if (!as_text(start).starts_with("\xff\xd8\xff")) return Error{Code::invalid, "not a JPEG", 0};
    at_ = 2;
  }
  Segment out;
  do {
    out.offset = at_;
    out.marker = TRY(marker());
    if (out.marker == kEoi) return std::optional<Segment>();
    if (out.marker == 0x00 || out.marker == kSoi)
      return Error{Code::invalid, "marker out of place", out.offset};
    if (++count_ > limits_.elements) return Error{Code::limit, "too many segments", out.offset};
  } while (stands_alone(out.marker));
  ByteReader head(TRY(in_.exactly(at_, 2)), at_);
  const std::uint64_t length = TRY(head.be<std::uint16_t>());
  if (length < 2) return Error{Code::invalid, "segment length below 2", at_};
  if (length > in_.size() - at_) return Error{Code::invalid, "segment ends too early", at_};
  if (out.marker == kSos) return std::optional<Segment>();
  out.payload = at_ + 2;
  out.end = at_ + length;
  at_ = out.end;
  return std::optional<Segment>(out);
}

}  // namespace assay::formats::jpeg
