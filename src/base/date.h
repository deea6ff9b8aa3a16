// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

// A day, or a month or year where no day is known (`day`, `month` are 0 then). No date at all is
// {0, 0, 0}. Compared by last_day(), so that a partial date never claims to be earlier than known.
struct Date {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;

  bool known() const { return year != 0; }
  bool complete() const { return day != 0; }
  Date last_day() const;
  std::string text() const;  // "2025", "2025-01", "2025-01-26" or ""

  friend bool operator==(const Date&, const Date&) = default;
};

// Order by last day; equal last days compare equal here though `2025-01` is not `2025-01-31`.
std::weak_ordering order(const Date& a, const Date& b);

// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD` and refuses days that do not exist.
Result<Date> parse_date(std::string_view text);

// Days from 1970-01-01 to the date's last day (proleptic Gregorian).
std::int64_t day_number(const Date& date);

// Today in UTC.
Date today();

}  // namespace assay
