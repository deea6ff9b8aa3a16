// SPDX-License-Identifier: Apache-2.0
//
// For tests: binary cases written as annotated hex text, readable in review. A line holds pairs of
// hexadecimal digits and `text` between back quotes; # begins a comment.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/strings.h"

namespace assay {

inline int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

inline Result<std::string> hex_case(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else if (c == '`') {
      const std::size_t end = text.find('`', i + 1);
      if (end == std::string_view::npos) return Error{Code::invalid, "text is not closed", i};
      out += text.substr(i + 1, end - i - 1);
      i = end;
    } else if (hex_digit(c) >= 0 && i + 1 < text.size() && hex_digit(text[i + 1]) >= 0) {
      out += static_cast<char>(hex_digit(c) << 4 | hex_digit(text[i + 1]));
      ++i;
    } else if (c != ' ' && c != '\n') {
      return Error{Code::invalid, "neither hexadecimal nor text", i};
    }
  }
  return out;
}

inline Result<std::string> read_hex_case(const fs::path& path) {
  const std::string text = TRY(read_file(path, 1 << 24));
  return hex_case(text);
}

// The cases of a folder, sorted: files that end in ".hex".
inline std::vector<fs::path> hex_cases(const fs::path& folder) {
  std::vector<std::string> unread;
  std::vector<fs::path> out = list_files(folder, unread);
  std::erase_if(out, [](const fs::path& path) { return path.extension() != ".hex"; });
  return out;
}

// What the last but one ending of a case's name says: "ok", "invalid", "limit".
inline std::string outcome_of(const fs::path& path) {
  const std::string outcome = path.stem().extension().string();
  return outcome.empty() ? outcome : outcome.substr(1);
}

}  // namespace assay
