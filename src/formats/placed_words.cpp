// SPDX-License-Identifier: Apache-2.0
#include "formats/placed_words.h"

#include <cmath>
#include <optional>

#include "base/strings.h"

namespace assay::formats {
namespace {

enum Column {
  kLevel,
  kPage,
  kBlock,
  kParagraph,
  kLine,
  kWord,
  kLeft,
  kTop,
  kWidth,
  kHeight,
  kConfidence,
  kText,
  kColumns
};
constexpr double kFarthest = 1e6;

std::optional<PlacedRow> row_of(const std::vector<std::string_view>& columns) {
  PlacedRow row;
  const auto take = [&](Column column, double& into) {
    const auto number = to_number<double>(columns[column]);
    into = number.value_or(0);
    return number && std::isfinite(*number) && std::abs(*number) <= kFarthest;
  };
  const auto level = to_number<std::uint8_t>(columns[kLevel]);
  const auto page = to_number<std::size_t>(columns[kPage]);
  if (!level || !page || !take(kLeft, row.x) || !take(kTop, row.y) || !take(kWidth, row.width) ||
      !take(kHeight, row.height) || !take(kConfidence, row.confidence))
    return std::nullopt;
  row.level = static_cast<PlacedLevel>(*level);
  row.page = *page;
  row.text = columns[kText];
  return row;
}

}  // namespace

void each_placed_row(std::string_view tsv, const std::function<void(const PlacedRow&)>& take) {
  for (const std::string_view line : split(tsv, '\n')) {
    const std::vector<std::string_view> columns = split(line, '\t');
    if (columns.size() != kColumns) continue;
    if (const auto row = row_of(columns)) take(*row);
  }
}

}  // namespace assay::formats
