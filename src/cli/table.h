// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::cli {

// Rows for people, columns aligned by display width; the last column runs on.
class Table {
 public:
  explicit Table(std::vector<std::string> header) : rows_{std::move(header)} {}
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::size_t size() const { return rows_.size() - 1; }
  std::string str() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

// `text` followed by spaces up to `width` columns.
std::string pad(std::string_view text, std::size_t width);

}  // namespace assay::cli
