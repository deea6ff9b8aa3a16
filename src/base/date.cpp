// SPDX-License-Identifier: Apache-2.0
#include "base/date.h"

#include <fmt/format.h>

#include <chrono>

#include "base/strings.h"

namespace assay {
namespace {

namespace chr = std::chrono;

chr::year_month_day_last end_of_month(int year, unsigned month) {
  return chr::year{year} / chr::month{month} / chr::last;
}

}  // namespace

Date Date::last_day() const {
  if (!known() || complete()) return *this;
  Date out = *this;
  if (out.month == 0) out.month = 12;
  out.day = static_cast<std::uint8_t>(static_cast<unsigned>(end_of_month(year, out.month).day()));
  return out;
}

std::string Date::text() const {
  if (!known()) return {};
  if (month == 0) return fmt::format("{:04}", year);
  if (day == 0) return fmt::format("{:04}-{:02}", year, month);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::weak_ordering order(const Date& a, const Date& b) {
  const Date x = a.last_day();
  const Date y = b.last_day();
  const auto key = [](const Date& d) { return d.year * 10000 + d.month * 100 + d.day; };
  return key(x) <=> key(y);
}

Result<Date> parse_date(std::string_view text) {
  const Error bad{Code::invalid,
                  "not a date: '" + std::string(text) + "'",
                  0,
                  {},
                  "write YYYY, YYYY-MM or YYYY-MM-DD"};
  const bool shape = text.size() == 4 || (text.size() == 7 && text[4] == '-') ||
                     (text.size() == 10 && text[4] == '-' && text[7] == '-');
  if (!shape) return bad;
  const auto year = to_number<unsigned>(text.substr(0, 4));
  const auto month = text.size() > 4 ? to_number<unsigned>(text.substr(5, 2)) : 0;
  const auto day = text.size() > 7 ? to_number<unsigned>(text.substr(8, 2)) : 0;
  if (!year || !month || !day || *year < 1000) return bad;
  if (text.size() > 4 && (*month < 1 || *month > 12)) return bad;
  const auto last =
      text.size() > 4 ? end_of_month(static_cast<int>(*year), *month).day() : chr::day{31};
  if (text.size() > 7 && (*day < 1 || *day > static_cast<unsigned>(last))) return bad;
  return Date{static_cast<std::int16_t>(*year), static_cast<std::uint8_t>(*month),
              static_cast<std::uint8_t>(*day)};
}

std::int64_t day_number(const Date& date) {
  const Date d = date.last_day();
  return chr::sys_days(chr::year{d.year} / chr::month{d.month} / chr::day{d.day})
      .time_since_epoch()
      .count();
}

Date today() {
  const chr::year_month_day now(chr::floor<chr::days>(chr::system_clock::now()));
  return Date{static_cast<std::int16_t>(static_cast<int>(now.year())),
              static_cast<std::uint8_t>(static_cast<unsigned>(now.month())),
              static_cast<std::uint8_t>(static_cast<unsigned>(now.day()))};
}

}  // namespace assay
