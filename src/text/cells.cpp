// SPDX-License-Identifier: Apache-2.0
#include "text/cells.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/strings.h"

namespace assay::text {
namespace {

// The number at the front of `text`, which is moved past it.
std::optional<int> take_number(std::string_view& text, std::size_t max_digits) {
  int value = 0;
  const char* end = text.data() + std::min(max_digits, text.size());
  const auto [at, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || value < 0 || text.front() == '-') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(at - text.data()));
  return value;
}

bool take_any(std::string_view& text, std::initializer_list<std::string_view> marks) {
  for (const std::string_view mark : marks) {
    if (!text.starts_with(mark)) continue;
    text.remove_prefix(mark.size());
    return true;
  }
  return false;
}

struct Answer {
  std::string_view word;
  bool yes;
};
constexpr std::array<Answer, 22> kAnswers = {{
    {"yes", true},      {"y", true},      {"true", true},      {"t", true},    {"1", true},
    {"approved", true}, {"active", true}, {"是", true},        {"通过", true}, {"已通过", true},
    {"合格", true},     {"在岗", true},   {"no", false},       {"n", false},   {"false", false},
    {"f", false},       {"0", false},     {"rejected", false}, {"否", false},  {"未通过", false},
    {"不合格", false},  {"离岗", false},
}};

}  // namespace

std::optional<Date> day_in(std::string_view cell) {
  const std::size_t digits = std::min(cell.find_first_not_of("0123456789"), cell.size());
  const bool compact = digits == 8;
  const auto year = take_number(cell, 4);
  if (!year || (!compact && !take_any(cell, {"-", "/", ".", "年"}))) return std::nullopt;
  const auto month = take_number(cell, 2);
  if (!month || (!compact && !take_any(cell, {"-", "/", ".", "月"}))) return std::nullopt;
  const auto day = take_number(cell, 2);
  if (!day) return std::nullopt;
  take_any(cell, {"日"});
  if (!cell.empty() && cell.front() != 'T' && cell.front() != ' ') return std::nullopt;
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const std::string padded = std::to_string(*year) + "-" + two(*month) + "-" + two(*day);
  const auto date = parse_date(padded);
  if (!date.ok()) return std::nullopt;
  return *date;
}

std::string_view LatestDay::take(std::string_view cell) {
  if (cell.empty()) return {};
  const auto day = day_in(cell);
  if (!day) return "date-invalid";
  if (order(*day, as_of_) > 0) return "date-in-future";
  if (!latest_.known() || order(*day, latest_) > 0) latest_ = *day;
  return {};
}

std::optional<bool> yes_in(std::string_view cell) {
  const std::string word = to_lower(cell);
  const auto* at = std::ranges::find(kAnswers, word, &Answer::word);
  if (at == kAnswers.end()) return std::nullopt;
  return at->yes;
}

std::vector<std::string_view> list_in(std::string_view cell) {
  constexpr std::string_view kWideSemicolon = "；";
  std::vector<std::string_view> out;
  while (!cell.empty()) {
    const std::size_t narrow = cell.find_first_of(";|\n");
    const std::size_t at = std::min(narrow, cell.find(kWideSemicolon));
    const std::string_view part = trim(cell.substr(0, at));
    if (!part.empty()) out.push_back(part);
    if (at == std::string_view::npos) break;
    cell.remove_prefix(at + (at == narrow ? 1 : kWideSemicolon.size()));
  }
  return out;
}

}  // namespace assay::text
