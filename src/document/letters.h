// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace assay::document {

// From here on characters are written without spaces between words (CJK radicals).
inline constexpr char32_t kFirstWide = 0x2E80;

// A digit or a letter of a Latin alphabet, of which words are made.
constexpr bool is_word_letter(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= 0xC0 && c < 0x250);
}

}  // namespace assay::document
