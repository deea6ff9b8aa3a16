// SPDX-License-Identifier: Apache-2.0
//
// The table in which tesseract ("tsv") and poppler's "pdftotext -tsv" tell the pages, lines and
// words of a document with their places. It comes from a program that has read the file of a
// stranger.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace assay::formats {

// The kinds of rows that are told apart; a row of another kind comes with its own number.
enum class PlacedLevel : std::uint8_t { page = 1, line = 4, word = 5 };

struct PlacedRow {
  PlacedLevel level{};
  std::size_t page = 0;                        // from 1
  double x = 0, y = 0, width = 0, height = 0;  // pixels or points, from the top left of the page
  double confidence = 0;                       // of 100; -1 where it is no word
  std::string_view text;
};

// Calls `take` with each row of twelve columns whose numbers are finite and within a million;
// others, the heading too, are passed over.
void each_placed_row(std::string_view tsv, const std::function<void(const PlacedRow&)>& take);

}  // namespace assay::formats
