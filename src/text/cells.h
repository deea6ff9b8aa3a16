// SPDX-License-Identifier: Apache-2.0
//
// What the cells of records that people keep mean.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace assay::text {

// A whole day: 2025-01-26, 2025/1/26, 2025.01.26, 20250126, 2025年1月26日, each with or without a
// time behind it. Nothing for a month or year alone, which does not say how old something is.
std::optional<Date> day_in(std::string_view cell);

// The latest of the days in many cells.
class LatestDay {
 public:
  explicit LatestDay(Date as_of) : as_of_(as_of) {}

  // What is wrong with the cell: date-invalid, date-in-future (after `as_of`), or nothing. An empty
  // cell is nothing; one with something wrong does not count.
  std::string_view take(std::string_view cell);

  Date day() const { return latest_; }  // none where no cell counted

 private:
  Date as_of_;
  Date latest_;
};

// yes, true, 1, y, 是, 通过 … or no, false, 0, n, 否, 未通过 …; nothing for other words.
std::optional<bool> yes_in(std::string_view cell);

// The parts between ; ；| and line ends, trimmed; empty ones are left out.
std::vector<std::string_view> list_in(std::string_view cell);

}  // namespace assay::text
