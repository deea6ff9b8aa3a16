// SPDX-License-Identifier: Apache-2.0
//
// The words of a label among words that were read from pixels.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "label/ocr.h"

namespace assay::label {

// A label has two elements: that it is of artificial intelligence, and that it is generated or
// synthetic. The standard names words for both; others say the same ("AI generated").
struct LabelWords {
  std::vector<std::string> ai, generation;
  std::vector<std::string> other_ai, other_generation;
  // By the argument of a word in the lexicon: ai, generation, other-ai, other-generation.
  void add(std::string_view element, std::string word);
};

struct Wording {
  bool ai = false, generation = false;  // in words that the standard names
  bool other = false;                   // both, but not both of them in such words
  std::string text;                     // of the line or lines
  std::vector<Word> words;              // those that hold the elements
  bool whole() const { return ai && generation; }
};

// The best label among `lines`: one line that holds both elements, else two lines beside each other
// that do, else the same in other words, else a line with the first element. Of a long word one
// letter in four (of a Latin one in six) may be misread; of "AI" letters that look alike, beside
// the second element.
std::optional<Wording> find_wording(const std::vector<Line>& lines, const LabelWords& words);

}  // namespace assay::label
