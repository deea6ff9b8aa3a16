// SPDX-License-Identifier: Apache-2.0
#include "formats/matroska/ebml.h"

#include <algorithm>
#include <array>
#include <bit>

#include "formats/patches.h"

namespace assay::formats::matroska {
namespace {

constexpr std::uint64_t kLongestHead = 12;  // an id of 4 bytes and a size of 8
constexpr unsigned kLongestId = 4, kLongestSize = 8;
constexpr std::uint64_t kLongestDocType = 32;

struct Vint {
  std::uint64_t value = 0;  // with the bit that marks its width
  unsigned width = 0;
};

Result<Vint> vint(ByteReader& in, unsigned longest) {
  const std::uint64_t at = in.offset();
  const std::uint8_t first = TRY(in.be<std::uint8_t>());
  const auto width = static_cast<unsigned>(std::countl_zero(first)) + 1;
  if (width > longest) return Error{Code::invalid, "no element here", at};
  Vint out{first, width};
  for (const std::byte b : TRY(in.take(width - 1)))
    out.value = out.value << 8 | std::to_integer<std::uint64_t>(b);
  return out;
}

// What a size of `width` bytes can hold; the next number means that it is unknown.
std::uint64_t longest_size(unsigned width) { return (std::uint64_t{1} << 7 * width) - 2; }

unsigned width_of_id(std::uint32_t id) {
  return (static_cast<unsigned>(std::bit_width(id)) + 7) / 8;
}

bool begins_anew(std::uint32_t one) {
  constexpr std::array kTop = {id::kEbml,     id::kSegment, id::kSeekHead, id::kInfo,
                               id::kTracks,   id::kCluster, id::kCues,     id::kAttachments,
                               id::kChapters, id::kTags};
  return std::find(kTop.begin(), kTop.end(), one) != kTop.end();
}

// Where a cluster of unknown size ends: before what cannot be its child.
Result<std::uint64_t> end_of_cluster(Elements& elements, const Element& cluster) {
  std::uint64_t at = cluster.data;
  while (at < cluster.end) {
    const Element child = TRY(elements.at(at, cluster.end));
    if (begins_anew(child.id)) break;
    if (child.unknown) return Error{Code::invalid, "size of an element is unknown", at};
    at = child.end;
  }
  return at;
}

}  // namespace

Result<Element> Elements::at(std::uint64_t at, std::uint64_t end) {
  if (left_ == 0) return Error{Code::limit, "too many elements", at};
  --left_;
  if (at > end) return Error{Code::invalid, "ends too early", end};
  ByteReader head(TRY(in_.view(at, std::min(kLongestHead, end - at))), at);
  const Vint name = TRY(vint(head, kLongestId));
  Element out;
  out.id = static_cast<std::uint32_t>(name.value);
  out.offset = at;
  out.size_at = head.offset();
  const Vint size = TRY(vint(head, kLongestSize));
  out.data = head.offset();
  const std::uint64_t bytes = size.value - (std::uint64_t{1} << 7 * size.width);
  out.unknown = bytes > longest_size(size.width);
  out.end = out.unknown ? end : out.data + bytes;
  return out;
}

Result<std::vector<Element>> Elements::all(std::uint64_t from, std::uint64_t to) {
  std::vector<Element> out;
  for (std::uint64_t at = from; at < to; at = out.back().end) {
    out.push_back(TRY(this->at(at, to)));
    if (out.back().unknown) return Error{Code::invalid, "size of an element is unknown", at};
    if (out.back().end > to) return Error{Code::invalid, "element ends too early", at};
  }
  return out;
}

Result<std::uint64_t> number(ByteSource& in, const Element& element) {
  if (element.end - element.data > 8)
    return Error{Code::invalid, "number is too long", element.offset};
  std::uint64_t out = 0;
  for (const std::byte b : TRY(in.exactly(element.data, element.end - element.data)))
    out = out << 8 | std::to_integer<std::uint64_t>(b);
  return out;
}

std::string size_bytes(std::uint64_t size, unsigned width) {
  const unsigned wide = size > longest_size(width) ? kLongestSize : width;
  return big_endian(size | std::uint64_t{1} << 7 * wide, wide);
}

std::string element_bytes(std::uint32_t id, std::string_view data) {
  unsigned width = 1;
  while (data.size() > longest_size(width)) ++width;
  std::string out = big_endian(id, width_of_id(id)) + size_bytes(data.size(), width);
  out += data;
  return out;
}

std::string number_bytes(std::uint64_t value) {
  return big_endian(value, std::max(1u, (static_cast<unsigned>(std::bit_width(value)) + 7) / 8));
}

std::string void_bytes(std::uint64_t room) {
  if (room == 0) return "";
  const unsigned width = room - 2 <= longest_size(1) ? 1 : kLongestSize;
  const std::uint64_t size = room - 1 - width;
  std::string out = big_endian(id::kVoid, 1) + size_bytes(size, width);
  out.append(static_cast<std::size_t>(size), '\0');
  return out;
}

std::optional<std::string> fitted(std::uint32_t id, std::string_view data, std::uint64_t room) {
  for (unsigned width = 1; width <= kLongestSize; ++width) {
    const std::uint64_t need = width_of_id(id) + width + data.size();
    if (data.size() > longest_size(width) || need > room || room - need == 1) continue;
    std::string out = big_endian(id, width_of_id(id)) + size_bytes(data.size(), width);
    out += data;
    return out + void_bytes(room - need);
  }
  return std::nullopt;
}

const Element* Layout::first(std::uint32_t id) const {
  for (const Element& child : children)
    if (child.id == id) return &child;
  return nullptr;
}

Result<std::string> doc_type(Elements& elements) {
  ByteSource& in = elements.in();
  const Element head = TRY(elements.at(0, in.size()));
  if (head.id != id::kEbml || head.unknown || head.end > in.size())
    return Error{Code::invalid, "not a file of this format", 0};
  for (const Element& child : TRY(elements.all(head.data, head.end)))
    if (child.id == id::kDocType && child.end - child.data <= kLongestDocType) {
      const std::string type = TRY(in.copy(child.data, child.end - child.data));
      return std::string(before_nul(type));
    }
  return std::string("matroska");
}

Result<Layout> layout(Elements& elements) {
  ByteSource& in = elements.in();
  const Element head = TRY(elements.at(0, in.size()));
  Layout out;
  out.segment = TRY(elements.at(head.end, in.size()));
  if (out.segment.id != id::kSegment)
    return Error{Code::invalid, "no segment behind the header", head.end};
  const std::uint64_t end = std::min(out.segment.end, in.size());
  out.cut = out.segment.end > end;
  std::uint64_t at = out.segment.data;
  while (at < end) {
    Element child = TRY(elements.at(at, end));
    if (child.id == id::kEbml || child.id == id::kSegment) break;  // another file, joined to this
    if (child.id == id::kCluster && child.unknown)
      child.end = TRY(end_of_cluster(elements, child));
    else if (child.unknown)
      return Error{Code::invalid, "size of an element is unknown", at};
    if (child.end > end && child.id != id::kCluster)
      return Error{Code::invalid, "element ends too early", at};
    at = child.end;
    out.children.push_back(child);
  }
  out.cut = out.cut || at > end;
  out.end = std::min(at, end);
  return out;
}

}  // namespace assay::formats::matroska
