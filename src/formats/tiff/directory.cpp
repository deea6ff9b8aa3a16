// SPDX-License-Identifier: Apache-2.0
#include "formats/tiff/directory.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "formats/patches.h"

namespace assay::formats::tiff {
namespace {

using namespace std::string_view_literals;

// Bytes of one value by type, TIFF 6.0 section 2; 13 and 16 to 18 of later supplements.
constexpr std::array<std::uint8_t, 19> kWidth = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4,
                                                 8, 4, 8, 4, 1, 1, 8, 8, 8};

}  // namespace

std::string Layout::bytes(std::uint64_t value, unsigned width) const {
  return little ? little_endian(value, width) : big_endian(value, width);
}

Result<std::uint64_t> Layout::number(ByteReader& in, unsigned width) const {
  std::uint64_t out = 0;
  const Bytes raw = TRY(in.take(width));
  for (unsigned i = 0; i < width; ++i)
    out = out << 8 | std::to_integer<std::uint64_t>(raw[little ? width - 1 - i : i]);
  return out;
}

const Entry* Directory::find(std::uint16_t tag) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [tag](const Entry& entry) { return entry.tag == tag; });
  return found == entries.end() ? nullptr : &*found;
}

std::string Directory::bytes(const Layout& layout) const {
  std::string out = layout.bytes(entries.size(), layout.big_tiff ? 8 : 2);
  for (const Entry& entry : entries) {
    out += layout.bytes(entry.tag, 2);
    out += layout.bytes(entry.type, 2);
    out += layout.bytes(entry.count, layout.word());
    out += entry.field;
  }
  return out + layout.bytes(next, layout.word());
}

std::optional<Layout> layout_of(Bytes head) {
  constexpr std::array<std::pair<std::string_view, Layout>, 4> kMagic = {{
      {"II\x2a\0"sv, {true, false}},
      {"MM\0\x2a"sv, {false, false}},
      {"II\x2b\0\x08\0\0\0"sv, {true, true}},
      {"MM\0\x2b\0\x08\0\0"sv, {false, true}},
  }};
  for (const auto& [magic, layout] : kMagic)
    if (as_text(head).starts_with(magic)) return layout;
  return std::nullopt;
}

Result<Directory> read_directory(ByteSource& in, const Layout& layout, std::uint64_t at,
                                 const MediaLimits& limits) {
  const unsigned count_width = layout.big_tiff ? 8 : 2;
  ByteReader head(TRY(in.exactly(at, count_width)), at);
  const std::uint64_t count = TRY(layout.number(head, count_width));
  if (count > limits.elements) return Error{Code::limit, "too many entries", at};
  const unsigned word = layout.word();
  const std::uint64_t start = at + count_width;
  ByteReader body(TRY(in.exactly(start, count * (4 + 2 * word) + word)), start);
  Directory out{at, {}, 0};
  out.entries.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    Entry entry;
    entry.at = body.offset();
    entry.tag = static_cast<std::uint16_t>(TRY(layout.number(body, 2)));
    entry.type = static_cast<std::uint16_t>(TRY(layout.number(body, 2)));
    entry.count = TRY(layout.number(body, word));
    entry.field = as_text(TRY(body.take(word)));
    out.entries.push_back(std::move(entry));
  }
  out.next = TRY(layout.number(body, word));
  return out;
}

Result<Directory> first_directory(ByteSource& in, const Layout& layout, const MediaLimits& limits) {
  const std::uint64_t at = layout.first_offset();
  ByteReader head(TRY(in.exactly(at, layout.word())), at);
  const std::uint64_t first = TRY(layout.number(head, layout.word()));
  return read_directory(in, layout, first, limits);
}

Result<std::string> value_of(ByteSource& in, const Layout& layout, const Entry& entry,
                             const MediaLimits& limits) {
  const std::uint64_t width = entry.type < kWidth.size() ? kWidth[entry.type] : 1;
  if (entry.count > limits.value_bytes / width)
    return Error{Code::limit, "value is too long", entry.at};
  const std::uint64_t size = entry.count * width;
  if (size <= layout.word()) return entry.field.substr(0, size);
  return std::string(as_text(TRY(in.exactly(offset_in(layout, entry), size))));
}

std::uint64_t offset_in(const Layout& layout, const Entry& entry) {
  ByteReader in(as_raw(entry.field));
  const Result<std::uint64_t> offset = layout.number(in, layout.word());
  return offset.ok() ? *offset : 0;
}

}  // namespace assay::formats::tiff
