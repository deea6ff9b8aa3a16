// SPDX-License-Identifier: Apache-2.0
#include "content/thresholds.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::content {
namespace {

struct Key {
  const char* name;
  bool (*set)(const Threshold&);
};
constexpr Key kKeys[] = {
    {"value", [](const Threshold& t) { return t.value.has_value(); }},
    {"text", [](const Threshold& t) { return !t.text.empty(); }},
    {"values", [](const Threshold& t) { return !t.values.empty(); }},
    {"low", [](const Threshold& t) { return t.low.has_value(); }},
    {"high", [](const Threshold& t) { return t.high.has_value(); }},
    {"parts", [](const Threshold& t) { return !t.parts.empty(); }},
};

// The keys an op takes, all needed; `equal` takes one of its two.
struct Shape {
  Op op;
  std::vector<std::string_view> takes;
  bool one_is_enough = false;
};

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> kShapes = {
      {Op::none, {}},           {Op::at_least, {"value"}},
      {Op::at_most, {"value"}}, {Op::equal, {"value", "text"}, true},
      {Op::one_of, {"values"}}, {Op::between, {"low", "high"}},
      {Op::all, {"parts"}},     {Op::any, {"parts"}},
      {Op::levels, {"parts"}},
  };
  return kShapes;
}

constexpr Op kPartOps[] = {Op::at_least, Op::at_most, Op::equal};

}  // namespace

std::string text_of(double number) { return fmt::format("{}", number); }

void check_threshold(const Threshold& threshold,
                     const std::function<void(FaultId, std::vector<std::string>)>& report) {
  const Shape& shape = *std::ranges::find(shapes(), threshold.op, &Shape::op);
  const std::string op(word(threshold.op));
  std::size_t found = 0;
  for (const Key& key : kKeys) {
    const bool takes = std::ranges::find(shape.takes, key.name) != shape.takes.end();
    const bool set = key.set(threshold);
    found += takes && set ? 1 : 0;
    if (set && (!takes || (shape.one_is_enough && found > 1)))
      report(FaultId::threshold_refuses, {op, key.name});
    if (!set && takes && !shape.one_is_enough) report(FaultId::threshold_wants, {op, key.name});
  }
  if (shape.one_is_enough && found == 0) report(FaultId::threshold_wants, {op, "value"});
  if (threshold.low && threshold.high && *threshold.low > *threshold.high)
    report(FaultId::threshold_order, {text_of(*threshold.low), text_of(*threshold.high)});
  for (const ThresholdPart& part : threshold.parts)
    if (part.op != Op::none && std::ranges::find(kPartOps, part.op) == std::end(kPartOps))
      report(FaultId::bad_word, {"op", std::string(word(part.op)), "at-least, at-most, equal"});
}

}  // namespace assay::content
