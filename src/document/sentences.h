// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "document/document.h"

namespace assay::document {

enum class TextLanguage : std::uint8_t { chinese, english, other };

// By the first 256 KiB. Chinese where a fifth of the letters are Han and hardly any are kana;
// English where hardly any letters have accents and three words of a hundred are its commonest,
// which a text of less than six words need not have. `other` too where there is no text.
TextLanguage language_of(std::string_view text);

// The sentences of a stretch of `text` (Unicode Annex 29), "；" and "; " ending one too, without
// white space at their ends. One over 2,000 bytes is parted, at a comma or space where there is
// one.
std::vector<Span> sentences_of(std::string_view text, Span stretch);

}  // namespace assay::document
