// SPDX-License-Identifier: Apache-2.0
#include "report/phrase.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/threshold.h"

namespace assay::report {
namespace {

// The units that checks name.
constexpr std::array<StaticText, 18> kUnits = {{
    {"次审核通过", "approvals"},
    {"份证明", "attestations"},
    {"个字符", "characters"},
    {"个编码", "codes"},
    {"处", "conflicts"},
    {"天", "days"},
    {"处", "fields"},
    {"个文件", "files"},
    {"处导入和调用", "imports and calls"},
    {"个字段", "keys"},
    {"个关键词", "keywords"},
    {"个标识", "labels"},
    {"题", "questions"},
    {"种风险", "risks"},
    {"套规则", "rule sets"},
    {"个部分", "sections"},
    {"个来源", "sources"},
    {"个数据流", "streams"},
}};

const Measure* measure_of(const Content& content, const Clause& clause, const Measurement& m) {
  for (const std::string& id : clause.controls) {
    const Control* control = find_control(content, id);
    if (control == nullptr) continue;
    for (const Measure& measure : control->measures)
      if (measure.check == m.check && measure.value == m.name) return &measure;
  }
  return nullptr;
}

void set_bounds(Limit& limit, Op op, double value) {
  limit.op = op;
  if (op == Op::at_least || op == Op::equal) limit.low = value;
  if (op == Op::at_most || op == Op::equal) limit.high = value;
}

const Judged* judged_for(const ClauseResult& result, const Measure& measure) {
  for (const Judged& judged : result.measurements)
    if (judged.measurement.check == measure.check && judged.measurement.name == measure.value)
      return &judged;
  return nullptr;
}

bool answered(const Control& control, const ClauseResult& result) {
  return !control.measures.empty() &&
         std::ranges::all_of(control.measures, [&result](const Measure& measure) {
           return judged_for(result, measure) != nullptr;
         });
}

bool broken(const Control& control, const ClauseResult& result) {
  return std::ranges::any_of(control.measures, [&result](const Measure& measure) {
    const Judged* judged = judged_for(result, measure);
    return judged != nullptr && judged->holds == false;
  });
}

std::vector<const Control*> controls_of(const Content& content, const Clause& clause) {
  std::vector<const Control*> out;
  for (const std::string& id : clause.controls)
    if (const Control* control = find_control(content, id)) out.push_back(control);
  return out;
}

}  // namespace

std::string share_text(std::uint64_t part, std::uint64_t whole) {
  const double share =
      whole == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
  return number_text(share, 1) + " %";
}

Text unit_after(const Measurement& measurement) {
  if (measurement.unit.empty()) return {};
  const auto known = std::ranges::find(kUnits, measurement.unit, &StaticText::en);
  const std::string zh = known == kUnits.end() ? measurement.unit : std::string(known->zh);
  return {" " + zh, " " + measurement.unit};
}

Limit limit_of(const Content& content, const Clause* clause, const Judged& judged) {
  Limit limit{Op::none, {}, {}, {judged.threshold, judged.threshold}};
  if (clause == nullptr) return limit;
  const Measure* measure = measure_of(content, *clause, judged.measurement);
  const Threshold& threshold = clause->threshold;
  if (measure != nullptr && measure->faults) {
    set_bounds(limit, Op::equal, 0);
    limit.text = {"= 0", "= 0"};
    return limit;
  }
  if (measure != nullptr) {
    const auto part = std::ranges::find(threshold.parts, measure->name, &ThresholdPart::name);
    if (part != threshold.parts.end()) {
      set_bounds(limit, part->op, part->value);
      limit.text = limit_text(part->op, part->value, Digits::grouped);
      return limit;
    }
  }
  if (threshold.op == Op::none) return limit;
  if (threshold.op == Op::between) {
    limit.op = Op::between;
    limit.low = threshold.low;
    limit.high = threshold.high;
  } else if (threshold.value) {
    set_bounds(limit, threshold.op, *threshold.value);
  }
  limit.text = threshold_text(threshold, Digits::grouped);
  return limit;
}

std::vector<const Control*> controls_to_mend(const Content& content, const Clause& clause,
                                             const ClauseResult& result) {
  const std::vector<const Control*> all = controls_of(content, clause);
  std::vector<const Control*> out;
  for (const Control* control : all)
    if (broken(*control, result)) out.push_back(control);
  return out.empty() ? all : out;
}

std::vector<const Control*> controls_to_ask(const Content& content, const Clause& clause,
                                            const ClauseResult& result) {
  std::vector<const Control*> out;
  for (const Control* control : controls_of(content, clause))
    if (!answered(*control, result)) out.push_back(control);
  return out;
}

Text short_name(const Standard* standard, const std::string& id) {
  if (standard == nullptr) return {id, id};
  if (!standard->number.empty()) return {standard->number, standard->number};
  return standard->title;
}

std::string_view code_of(const ClauseResult& result) {
  const std::string_view clause = result.clause;
  return clause.substr(clause.find('/') + 1);
}

Text measurement_title(const Input& input, const std::string& check, const std::string& name) {
  const auto at = input.measurement_titles.find(check + "." + name);
  return at == input.measurement_titles.end() || at->second.empty() ? Text{name, name} : at->second;
}

Text check_title(const Input& input, const std::string& check) {
  const auto at = input.check_titles.find(check);
  return at == input.check_titles.end() || at->second.empty() ? Text{check, check} : at->second;
}

}  // namespace assay::report
