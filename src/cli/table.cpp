// SPDX-License-Identifier: Apache-2.0
#include "cli/table.h"

#include <algorithm>

#include "base/strings.h"

namespace assay::cli {

std::string pad(std::string_view text, std::size_t width) {
  const std::size_t have = display_width(text);
  return std::string(text) + std::string(have < width ? width - have : 0, ' ');
}

std::string Table::str() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == widths.size()) widths.push_back(0);
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  std::string out;
  for (std::size_t n = 0; n < rows_.size(); ++n) {
    std::string line;
    for (std::size_t i = 0; i < rows_[n].size(); ++i) {
      const bool last = i + 1 == rows_[n].size();
      line += last ? rows_[n][i] : pad(rows_[n][i], widths[i]) + "  ";
    }
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    if (n > 0) continue;
    std::size_t rule = 0;
    for (std::size_t i = 0; i < widths.size(); ++i)
      rule += std::min<std::size_t>(widths[i], 60) + 2;
    out += std::string(rule - 2, '-') + "\n";
  }
  return out;
}

}  // namespace assay::cli
