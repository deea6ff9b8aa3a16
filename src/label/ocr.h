// SPDX-License-Identifier: Apache-2.0
//
// The text of a picture, read by tesseract in the sandbox.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "label/pixels.h"

namespace assay::label {

struct Word {
  std::string text;
  Box box;
  double confidence = 0;  // of 100
};
using Line = std::vector<Word>;

// What `tesseract … tsv` prints: a heading, then a row of twelve columns for each page, block,
// paragraph, line and word. Rows that do not fit are passed over: they come from a program that has
// read the file of a stranger.
std::vector<Line> parse_tsv(std::string_view tsv);

// Looks for text anywhere on the page, in Chinese and English.
Result<std::vector<Line>> read_text(const Plane& page);

}  // namespace assay::label
