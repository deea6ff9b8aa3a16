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
  std::size_t page = 0;   // of those that were read together
};
using Line = std::vector<Word>;

// What `tesseract … tsv` prints: a heading, then a row of twelve columns for each page, block,
// paragraph, line and word. Rows that do not fit are passed over: they come from a program that has
// read the file of a stranger. A line for each of `pages`.
std::vector<Line> parse_tsv(std::string_view tsv, std::size_t pages);

// Reads a line of text from each page, in Chinese and English: dark letters on white. A page on
// which nothing is read gives a line without words.
Result<std::vector<Line>> read_lines(const std::vector<Plane>& pages);

}  // namespace assay::label
