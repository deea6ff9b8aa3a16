// SPDX-License-Identifier: Apache-2.0
#include "base/strings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr std::string_view kSpace = " \t\r\n\v\f";

struct Lead {
  unsigned length;
  char32_t bits;
  char32_t least;
};

// What a lead byte announces; length 0 for a byte that cannot lead.
Lead lead(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if (byte >= 0xC2 && byte < 0xE0) return {2, static_cast<char32_t>(byte & 0x1F), 0x80};
  if (byte >= 0xE0 && byte < 0xF0) return {3, static_cast<char32_t>(byte & 0x0F), 0x800};
  if (byte >= 0xF0 && byte < 0xF5) return {4, static_cast<char32_t>(byte & 0x07), 0x10000};
  return {0, 0, 0};
}

struct Decoded {
  char32_t code_point;
  unsigned length;
  bool ok;
};

Decoded decode(std::string_view text, std::size_t at) {
  const Decoded bad{0xFFFD, 1, false};
  const Lead first = lead(static_cast<unsigned char>(text[at]));
  if (first.length == 0 || text.size() - at < first.length) return bad;
  char32_t value = first.bits;
  for (unsigned i = 1; i < first.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if ((byte & 0xC0) != 0x80) return bad;
    value = value << 6 | (byte & 0x3F);
  }
  if (value < first.least || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return bad;
  return {value, first.length, true};
}

struct Range {
  char32_t first;
  char32_t last;
};

// East Asian Width W and F, in blocks (Unicode 15, UAX #11).
constexpr std::array<Range, 12> kWide = {{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0x33FF},
                                          {0x3400, 0x4DBF},
                                          {0x4E00, 0x9FFF},
                                          {0xA000, 0xA4CF},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE4F},
                                          {0xFF00, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x3FFFD}}};
constexpr std::array<Range, 3> kNoWidth = {{{0x0300, 0x036F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}}};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t c) {
  return std::ranges::any_of(ranges, [c](Range r) { return c >= r.first && c <= r.last; });
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  while (true) {
    const auto end = text.find(at);
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string to_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

bool valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode(text, at);
    if (!next.ok) return false;
    at += next.length;
  }
  return true;
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const Decoded next = decode(text, at);
  at += next.length;
  return next.code_point;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | c >> 6);
  } else {
    if (c < 0x10000) {
      put(0xE0 | c >> 12);
    } else {
      put(0xF0 | c >> 18);
      put(0x80 | (c >> 12 & 0x3F));
    }
    put(0x80 | (c >> 6 & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

std::string printable(std::string_view text, std::size_t max_bytes) {
  const auto plain = [](char c) { return c >= ' ' && c < '\x7f'; };
  if (text.size() <= max_bytes && std::all_of(text.begin(), text.end(), plain))
    return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (out.size() >= max_bytes) return out + "…";
    const Decoded next = decode(text, at);
    const bool control = next.code_point < 0x20 ||
                         (next.code_point >= 0x7F && next.code_point < 0xA0) ||
                         (next.code_point >= 0x202A && next.code_point <= 0x202E) ||
                         (next.code_point >= 0x2066 && next.code_point <= 0x2069);
    if (next.ok && !control)
      out.append(text.substr(at, next.length));
    else
      for (unsigned i = 0; i < next.length; ++i)
        out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at + i]));
    at += next.length;
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    width += within(kNoWidth, c) ? 0 : within(kWide, c) ? 2 : 1;
  }
  return width;
}

}  // namespace assay
