// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "document/document.h"

namespace assay::document {

enum class TextLanguage : std::uint8_t { chinese, english, other };

// Chinese where a fifth of the letters are Han, English where a tenth of the words are its
// commonest twelve; by the first 256 KiB. `other` too where there is no text.
TextLanguage language_of(std::string_view text);

// The sentences of a stretch of `text` (Unicode Annex 29), "；" ending one too, without white space
// at their ends. One over 2,000 bytes is cut.
std::vector<Span> sentences_of(std::string_view text, Span stretch);

}  // namespace assay::document
