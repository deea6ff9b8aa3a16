// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

// The whole of `text` as a number, or nothing: no white space, sign games or trailing bytes.
template <class T>
std::optional<T> to_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> split(std::string_view text, char at);
std::string_view trim(std::string_view text);  // ASCII white space
std::string to_lower(std::string_view text);   // ASCII only
std::string join(const std::vector<std::string>& parts, std::string_view between);

// Is all of `text` well-formed UTF-8?
bool valid_utf8(std::string_view text);

// The code point that starts at `at` (advanced past it); ill-formed bytes give U+FFFD, one a byte.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);

// `text` made fit to print or store: control bytes and ill-formed UTF-8 as \xNN, cut with "…" after
// `max_bytes`.
std::string printable(std::string_view text, std::size_t max_bytes = 200);

// Columns a terminal needs: 2 for East Asian wide characters, 0 for combining ones.
std::size_t display_width(std::string_view text);

}  // namespace assay
