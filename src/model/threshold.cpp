// SPDX-License-Identifier: Apache-2.0
#include "model/threshold.h"

#include <fmt/format.h>

#include <cmath>

#include "base/strings.h"
#include "model/json.h"

namespace assay {
namespace {

// A limit is never rounded: more digits than any standard writes.
constexpr int kLimitDecimals = 9;

std::string exact(double value, Digits digits) {
  return number_text(value, kLimitDecimals, digits);
}

// Above this a double no longer holds every whole number, and separators would feign exactness.
constexpr double kExactWhole = 9e15;

std::string with_separators(std::string digits) {
  const std::size_t start = digits.starts_with('-') ? 1 : 0;
  std::size_t end = std::min(digits.find('.'), digits.size());
  while (end > start + 3) {
    end -= 3;
    digits.insert(end, ",");
  }
  return digits;
}

std::string unit_after(const Text& unit, Language language) {
  return unit.empty() ? std::string() : " " + unit.in(language);
}

std::string parts_text(const Threshold& threshold, Language language, Digits digits) {
  std::vector<std::string> parts;
  for (const ThresholdPart& part : threshold.parts)
    parts.push_back(fmt::format(
        "{} {}{}", part.title.empty() ? part.name : part.title.in(language),
        limit_text(part.op, part.value, digits).in(language),
        part.force == Force::shall ? "" : (language == Language::zh ? "（宜）" : " (should)")));
  return fmt::format("{}{}{}", row(threshold.op).name.in(language),
                     language == Language::zh ? "：" : ": ",
                     join(parts, language == Language::zh ? "；" : "; "));
}

// A yes-or-no limit, whose unit says what must be true: "signature valid".
bool asks_whether(const Threshold& threshold) {
  return threshold.op == Op::equal && threshold.value == 1 && !threshold.unit.empty();
}

std::string threshold_in(const Threshold& threshold, Language language, Digits digits) {
  const std::string unit = unit_after(threshold.unit, language);
  switch (threshold.op) {
    case Op::none: return {};
    case Op::one_of:
      return fmt::format("{} {}{}", row(threshold.op).name.in(language),
                         join(threshold.values, ", "), unit);
    case Op::between:
      return fmt::format("{}–{}{}", exact(threshold.low.value_or(0), digits),
                         exact(threshold.high.value_or(0), digits), unit);
    case Op::all:
    case Op::any:
    case Op::levels: return parts_text(threshold, language, digits) + unit;
    default:
      if (asks_whether(threshold))
        return threshold.unit.in(language) + (language == Language::zh ? "（= 1）" : " (= 1)");
      return fmt::format("{} {}{}", row(threshold.op).name.in(language),
                         threshold.value ? exact(*threshold.value, digits) : threshold.text, unit);
  }
}

}  // namespace

std::string number_text(double value, int decimals, Digits digits) {
  if (!std::isfinite(value) || std::abs(value) >= kExactWhole) return json_number(value);
  std::string out = fmt::format("{:.{}f}", value, decimals);
  if (out.find('.') != std::string::npos) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.')) out.pop_back();
  }
  if (out == "-0") out = "0";
  return digits == Digits::grouped ? with_separators(out) : out;
}

Text limit_text(Op op, double value, Digits digits) {
  const Text name = row(op).name.text();
  const std::string number = exact(value, digits);
  return {name.zh + " " + number, name.en + " " + number};
}

Text threshold_text(const Threshold& threshold, Digits digits) {
  return {threshold_in(threshold, Language::zh, digits),
          threshold_in(threshold, Language::en, digits)};
}

}  // namespace assay
