// SPDX-License-Identifier: Apache-2.0
#include "formats/isobmff/box.h"

#include <algorithm>

namespace assay::formats::isobmff {

Path operator+(Path path, const Box& box) {
  path.push_back(box);
  return path;
}

const Box* BoxList::find(std::string_view type) const {
  const auto found =
      std::find_if(boxes.begin(), boxes.end(), [&](const Box& box) { return box.type == type; });
  return found == boxes.end() ? nullptr : &*found;
}

Status BoxReader::count(std::uint64_t elements, std::uint64_t offset) {
  elements_ += elements;
  if (elements_ > limits_.elements) return Error{Code::limit, "too many boxes", offset};
  return Done{};
}

// A copy, not a view: a source reads no more than these 16 bytes for it.
Result<Box> BoxReader::at(std::uint64_t offset, std::uint64_t end) {
  TRY(count(1, offset));
  const std::string head = TRY(in_.copy(offset, std::min<std::uint64_t>(16, end - offset)));
  ByteReader reader(as_raw(head), offset);
  Box box;
  box.offset = offset;
  box.size = TRY(reader.be<std::uint32_t>());
  box.type = as_text(TRY(reader.take(4)));
  if (box.size == 0) {
    box.open = true;
    box.size = end - offset;
  } else if (box.size == 1) {
    box.size = TRY(reader.be<std::uint64_t>());
    box.header = 16;
  }
  if (box.size < box.header) return Error{Code::invalid, "box is shorter than its header", offset};
  if (box.size > end - offset)
    return Error{Code::invalid, "box is longer than what holds it", offset};
  return box;
}

Result<std::vector<Box>> BoxReader::top() {
  std::vector<Box> out;
  for (std::uint64_t at_byte = 0; at_byte < in_.size(); at_byte = out.back().end())
    out.push_back(TRY(at(at_byte, in_.size())));
  if (out.empty()) return Error{Code::invalid, "ends too early", 0};
  return out;
}

Result<BoxList> BoxReader::inside(std::uint64_t from, std::uint64_t to, bool strict) {
  BoxList out;
  out.end = from;
  while (out.end < to) {
    auto box = at(out.end, to);
    if (box.ok() && box->open)
      box = Error{Code::invalid, "box without a size inside another one", out.end};
    if (!box.ok() && (strict || box.error().code != Code::invalid)) return box.error();
    if (!box.ok()) {
      // Fewer bytes than a header are the zeros that end a QuickTime list, or padding.
      if (to - out.end >= 8) out.broken = box.error().what;
      break;
    }
    out.end = box->end();
    out.boxes.push_back(std::move(*box));
  }
  return out;
}

Result<std::string> BoxReader::bytes(std::uint64_t offset, std::uint64_t n) {
  if (offset > in_.size() || n > in_.size() - offset)
    return Error{Code::invalid, "ends too early", std::min(offset, in_.size())};
  if (n > limits_.value_bytes) return Error{Code::limit, "value is too long", offset};
  bytes_ += n;
  if (bytes_ > limits_.total_bytes) return Error{Code::limit, "too much metadata", offset};
  std::string out = TRY(in_.copy(offset, n));
  if (out.size() != n) return Error{Code::invalid, "ends too early", offset};
  return out;
}

std::string big_endian(std::uint64_t value, unsigned width) {
  std::string out(width, '\0');
  for (unsigned i = width; i-- > 0; value >>= 8) out[i] = static_cast<char>(value & 0xff);
  return out;
}

std::string box(std::string_view type, std::string_view content) {
  return big_endian(content.size() + 8, 4).append(type).append(content);
}

std::string full_box(std::string_view type, std::string_view content) {
  return box(type, std::string(4, '\0').append(content));
}

Result<std::uint64_t> take_number(ByteReader& in, std::uint64_t width) {
  std::uint64_t out = 0;
  const Bytes raw = TRY(in.take(width));
  for (const std::byte b : raw) out = out << 8 | std::to_integer<std::uint64_t>(b);
  return out;
}

}  // namespace assay::formats::isobmff
