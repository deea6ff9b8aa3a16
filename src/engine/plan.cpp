// SPDX-License-Identifier: Apache-2.0
#include "engine/plan.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay {
namespace {

constexpr int kMaxDepth = 16;

bool holds_at(const Condition& condition, const System& system, const Content& content, int depth);

bool holds_id(const std::string& id, const System& system, const Content& content, int depth) {
  const Condition* condition = find_condition(content, id);
  return condition != nullptr && depth < kMaxDepth &&
         holds_at(*condition, system, content, depth + 1);
}

bool holds_at(const Condition& condition, const System& system, const Content& content, int depth) {
  const auto one = [&](const std::string& id) { return holds_id(id, system, content, depth); };
  if (condition.always) return true;
  if (!condition.field.empty()) {
    const auto words = field_words(system, condition.field);
    return words && std::ranges::find_first_of(*words, condition.any_of) != words->end();
  }
  if (!condition.all_of.empty()) return std::ranges::all_of(condition.all_of, one);
  if (!condition.one_of.empty()) return std::ranges::any_of(condition.one_of, one);
  return !condition.none_of.empty() && std::ranges::none_of(condition.none_of, one);
}

struct Decision {
  bool applies;
  Text reason;
};

const Standard* successor(const Content& content, const Standard& standard) {
  for (const Standard& other : content.standards)
    if (std::ranges::find(other.supersedes, standard.id) != other.supersedes.end()) return &other;
  return nullptr;
}

bool is_national_standard(Kind kind) {
  return kind == Kind::mandatory_standard || kind == Kind::recommended_standard;
}

std::string label(const Standard& standard) {
  return standard.number.empty() ? standard.title.en : standard.number;
}

std::string label_zh(const Standard& standard) {
  return standard.number.empty() ? "《" + standard.title.zh + "》" : standard.number;
}

Decision superseded(const Content& content, const Standard& standard) {
  const Standard* next = successor(content, standard);
  if (next == nullptr) return {false, {"该文件已被替代", "the document has been superseded"}};
  return {false,
          {fmt::format("该文件已被 {} 替代", label_zh(*next)),
           fmt::format("superseded by {}", label(*next))}};
}

// Whether the document asks anything of anyone on `as_of`.
Decision by_status(const Content& content, const Standard& standard, const Date& as_of) {
  const DocumentStatus status = standard.status(as_of);
  switch (status) {
    case DocumentStatus::in_force: return {true, {}};
    case DocumentStatus::published:
      if (!is_national_standard(standard.kind)) return {true, {}};
      if (!standard.effective.known())
        return {false,
                {fmt::format("{} 已发布，没有查到实施日期", label_zh(standard)),
                 "published; the day it comes into force was not found"}};
      return {
          false,
          {fmt::format("{} 尚未实施（{} 起实施）", label_zh(standard), standard.effective.text()),
           fmt::format("not yet in force (from {})", standard.effective.text())}};
    case DocumentStatus::superseded: return superseded(content, standard);
    case DocumentStatus::unknown: return {true, {}};
    default:
      return {false,
              {fmt::format("文件状态为“{}”，尚无生效要求", row(status).name.zh),
               fmt::format("the document is {}: it asks nothing yet", row(status).name.en)}};
  }
}

Decision by_condition(const Content& content, const std::string& id, const System& system) {
  const Condition* condition = find_condition(content, id);
  if (condition == nullptr) return {true, {}};
  return holds(*condition, system, content) ? Decision{true, condition->yes}
                                            : Decision{false, condition->no};
}

Decision decide(const Content& content, const Standard& standard, const Clause& clause,
                const System& system, const Date& as_of) {
  Decision status = by_status(content, standard, as_of);
  if (!status.applies) return status;
  Decision document = by_condition(content, standard.applies, system);
  if (!document.applies || clause.applies.empty()) return document;
  Decision own = by_condition(content, clause.applies, system);
  if (!own.applies || document.reason.empty()) return own;
  return {true,
          {document.reason.zh + "；" + own.reason.zh, document.reason.en + "; " + own.reason.en}};
}

const Check* find_check(std::span<const Check* const> checks, std::string_view id) {
  const auto at = std::ranges::find(checks, id, &Check::id);
  return at == checks.end() ? nullptr : *at;
}

Input input_of(const Check& check, std::string_view measurement) {
  for (const CheckMeasurement& row : check.measurements)
    if (row.name == measurement) return row.input;
  return Input::none;
}

void add_once(std::vector<std::string>& list, std::string_view value) {
  if (std::ranges::find(list, value) == list.end()) list.emplace_back(value);
}

// Which checks speak for the clause, what they lack, and what is left to people.
void add_work(PlannedClause& planned, const System& system, const Content& content,
              std::span<const Check* const> checks) {
  for (const std::string& id : planned.clause->controls) {
    const Control* control = find_control(content, id);
    if (control == nullptr) continue;
    bool person = control->measures.empty();
    for (const Measure& measure : control->measures) {
      add_once(planned.checks, measure.check);
      const Check* check = find_check(checks, measure.check);
      const Input input = check == nullptr ? Input::none : input_of(*check, measure.value);
      if (input == Input::none || !paths(system, input).empty()) continue;
      add_once(planned.missing, word(input));
      person = true;
    }
    if (person) planned.ask.push_back(control->ask);
  }
}

bool has_input(const Check& check, const System& system) {
  return std::ranges::any_of(check.measurements, [&](const CheckMeasurement& row) {
    return !paths(system, row.input).empty();
  });
}

}  // namespace

bool holds(const Condition& condition, const System& system, const Content& content) {
  return holds_at(condition, system, content, 0);
}

Plan make_plan(const System& system, const Content& content, const Date& as_of,
               std::span<const Check* const> checks) {
  Plan plan;
  std::vector<std::string> wanted = {"attestation"};
  for (const Standard& standard : content.standards) {
    if (standard.applies.empty()) continue;
    for (const Clause& clause : standard.clauses) {
      const Decision decision = decide(content, standard, clause, system, as_of);
      PlannedClause planned{&standard, &clause, decision.applies, decision.reason, {}, {}, {}};
      if (planned.applies) {
        add_work(planned, system, content, checks);
        for (const std::string& id : planned.checks) add_once(wanted, id);
      }
      plan.clauses.push_back(std::move(planned));
    }
  }
  for (const Check* check : checks)
    if (std::ranges::find(wanted, check->id) != wanted.end() && has_input(*check, system))
      plan.checks.push_back(check);
  return plan;
}

}  // namespace assay
