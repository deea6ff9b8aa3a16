// SPDX-License-Identifier: Apache-2.0
//
// The words of a label among words that were read from pixels.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "label/ocr.h"

namespace assay::label {

struct Wording {
  bool ai = false, generation = false;
  std::string text;         // of the line or lines
  std::vector<Word> words;  // those that hold the elements
  bool whole() const { return ai && generation; }
};

// The best label among `lines`: one line that holds both elements, else two lines one below the
// other that do, else a line with the first. Of a long word of Chinese one in four letters may be
// misread; of a Latin word those that look alike, beside the second element.
std::optional<Wording> find_wording(const std::vector<Line>& lines,
                                    const std::vector<std::string>& ai_words,
                                    const std::vector<std::string>& generation_words);

}  // namespace assay::label
