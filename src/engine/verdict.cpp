// SPDX-License-Identifier: Apache-2.0
#include "engine/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/messages.h"
#include "model/threshold.h"

namespace assay {
namespace {

// Far below any step of a share or count, far above the rounding of a division.
constexpr double kRounding = 1e-9;

std::optional<bool> compare(Op op, double value, double limit) {
  switch (op) {
    case Op::at_least: return value >= limit - kRounding;
    case Op::at_most: return value <= limit + kRounding;
    case Op::equal: return std::abs(value - limit) <= kRounding;
    default: return std::nullopt;
  }
}

// What is known of one control.
enum class Answer : std::uint8_t { holds, fails, failed_check, open, moot };

struct Gathered {
  ClauseResult result;
  std::vector<Answer> answers;
  Text why;
  bool required_fails = false;  // not merely a recommended part of the limit
};

void say(Text& why, const Text& more) {
  if (!why.zh.empty()) {
    why.zh += "；";
    why.en += "; ";
  }
  why.zh += more.zh;
  why.en += more.en;
}

std::string plain(double value) { return number_text(value, 2, Digits::plain); }

Text measured_text(const Measurement& m, const Text& title, const std::string& zh,
                   const std::string& en) {
  const std::string value = plain(m.value) + (m.unit == "%" ? " %" : "");
  std::string limits;
  if (m.low && m.high && *m.low != *m.high)
    limits = fmt::format(" [{}, {}]", plain(*m.low), plain(*m.high));
  return {fmt::format("{} = {}{}（{}）", title.zh, value, limits, zh),
          fmt::format("{} = {}{} ({})", title.en, value, limits, en)};
}

Text title_of(const Facts& facts, const Measurement& m) {
  const auto at = facts.titles.find(m.check + "." + m.name);
  return at == facts.titles.end() ? Text{m.name, m.name} : at->second;
}

const ThresholdPart* part_of(const Threshold& threshold, const Measure& measure) {
  const auto at = std::ranges::find(threshold.parts, measure.name, &ThresholdPart::name);
  return at == threshold.parts.end() ? nullptr : &*at;
}

Text limit_of(const Threshold& threshold, const Measure& measure) {
  if (measure.faults) return limit_text(Op::equal, 0);
  if (const ThresholdPart* part = part_of(threshold, measure))
    return limit_text(part->op, part->value);
  return threshold_text(threshold);
}

bool recommended(const Threshold& threshold, const Measure& measure) {
  const ThresholdPart* part = part_of(threshold, measure);
  return part != nullptr && part->force == Force::should;
}

void add_evidence(ClauseResult& result, const Facts& facts, const std::string& check) {
  const auto at = facts.evidence.find(check);
  if (at == facts.evidence.end()) return;
  for (const Evidence& evidence : at->second)
    if (std::ranges::find(result.evidence, evidence.digest) == result.evidence.end())
      result.evidence.push_back(evidence.digest);
}

// What is measured is known between its limits only: kept or broken where both ends say the same,
// and no value between them is kept where both are not ("equal 1" between 0 and 2).
std::optional<bool> keeps_whole(const Threshold& threshold, const Measure& measure,
                                const Measurement& measured) {
  constexpr double kBeyond = std::numeric_limits<double>::infinity();
  const double from = measured.low.value_or(-kBeyond), to = measured.high.value_or(kBeyond);
  const auto low = keeps(threshold, measure, from), high = keeps(threshold, measure, to);
  if (low != high) return std::nullopt;
  const ThresholdPart* part = part_of(threshold, measure);
  for (const std::optional<double> limit :
       {measure.faults ? std::optional<double>(0) : std::nullopt,
        part == nullptr ? std::nullopt : std::optional<double>(part->value), threshold.value,
        threshold.low, threshold.high})
    if (limit && *limit > from && *limit < to && keeps(threshold, measure, *limit) != low)
      return std::nullopt;
  return low;
}

// The check has looked, and there is nothing of the kind that the measure speaks of.
bool nothing_to_judge(Gathered& gathered, const Measure& measure, const Facts& facts) {
  if (measure.of.empty()) return false;
  const auto at = facts.measurements.find(measure.check + "." + measure.of);
  if (at == facts.measurements.end() || at->second.value != 0 || at->second.high.value_or(0) != 0)
    return false;
  const Text title = title_of(facts, at->second);
  say(gathered.why, {title.zh + " = 0", title.en + " = 0"});
  return true;
}

Answer by_measure(Gathered& gathered, const Clause& clause, const Measure& measure,
                  const Facts& facts) {
  const auto end = facts.ends.find(measure.check);
  if (end != facts.ends.end() && !end->second.finished) {
    const std::string where = end->second.where.empty() ? "" : end->second.where + ": ";
    say(gathered.why,
        {fmt::format("检查 {} 未能完成：{}{}", measure.check, where,
                     in(end->second.error, Language::zh)),
         fmt::format("check {} did not finish: {}{}", measure.check, where, end->second.error)});
    return Answer::failed_check;
  }
  if (nothing_to_judge(gathered, measure, facts)) return Answer::moot;
  const auto at = facts.measurements.find(measure.check + "." + measure.value);
  if (end == facts.ends.end() || at == facts.measurements.end()) return Answer::open;
  const Measurement& measured = at->second;
  const Text limit = limit_of(clause.threshold, measure);
  const auto kept = measure.interval ? keeps_whole(clause.threshold, measure, measured)
                                     : keeps(clause.threshold, measure, measured.value);
  gathered.result.measurements.push_back({measured, limit.en, kept});
  add_evidence(gathered.result, facts, measure.check);
  if (!kept) return Answer::open;
  say(gathered.why, measured_text(at->second, title_of(facts, at->second), "要求 " + limit.zh,
                                  "limit " + limit.en));
  if (!*kept && !recommended(clause.threshold, measure)) gathered.required_fails = true;
  return *kept ? Answer::holds : Answer::fails;
}

// What people attested of the control or the clause; one word against it decides.
std::optional<Answer> by_attestation(Gathered& gathered, const Facts& facts,
                                     const std::string& target) {
  const auto at = facts.attested.find(target);
  if (at == facts.attested.end()) return std::nullopt;
  std::optional<Answer> answer;
  for (const Attested& attested : at->second) {
    if (!attested.refused.empty()) {
      say(gathered.why, {fmt::format("{} 于 {} 签署的证明未被接受：{}", attested.signer,
                                     attested.date.text(), attested.refused.zh),
                         fmt::format("the attestation by {} of {} is not accepted: {}",
                                     attested.signer, attested.date.text(), attested.refused.en)});
      continue;
    }
    if (!attested.satisfied) answer = Answer::fails;
    if (!answer) answer = Answer::holds;
    gathered.result.attested.push_back(fmt::format("{}, {}, {} – {}", attested.target,
                                                   attested.signer, attested.date.text(),
                                                   attested.valid_until.text()));
    for (const Evidence& evidence : attested.evidence)
      gathered.result.evidence.push_back(evidence.digest);
    say(gathered.why,
        {fmt::format("{} 于 {} 证明{}，有效期至 {}", attested.signer, attested.date.text(),
                     attested.satisfied ? "符合" : "不符合", attested.valid_until.text()),
         fmt::format("{} attested on {} that it {}, valid until {}", attested.signer,
                     attested.date.text(), attested.satisfied ? "holds" : "does not hold",
                     attested.valid_until.text())});
  }
  return answer;
}

// The measures of a control together: in a limit of "any", one that holds is enough.
Answer by_measures(Gathered& gathered, const Clause& clause, const Control& control,
                   const Facts& facts) {
  std::vector<Answer> answers;
  for (const Measure& measure : control.measures)
    answers.push_back(by_measure(gathered, clause, measure, facts));
  const auto has = [&answers](Answer answer) {
    return std::ranges::find(answers, answer) != answers.end();
  };
  if (clause.threshold.op == Op::any) {
    for (const Answer answer : {Answer::holds, Answer::failed_check, Answer::open})
      if (has(answer)) return answer;
  }
  for (const Answer answer : {Answer::fails, Answer::failed_check, Answer::open, Answer::holds})
    if (has(answer)) return answer;
  return answers.empty() ? Answer::open : Answer::moot;
}

Answer answer_control(Gathered& gathered, const Clause& clause, const Control& control,
                      const Facts& facts) {
  const Answer measured = by_measures(gathered, clause, control, facts);
  auto attested = by_attestation(gathered, facts, control.id);
  if (!attested) attested = by_attestation(gathered, facts, clause.id);
  if (attested == Answer::fails) {
    gathered.required_fails = true;
    return Answer::fails;
  }
  if (measured == Answer::open && attested) return *attested;
  if (measured == Answer::open) say(gathered.why, control.ask);
  return measured;
}

double findings_about(const Facts& facts, const Measurement& measurement) {
  const auto at = facts.findings.find(measurement.check + "." + measurement.name);
  return at == facts.findings.end() ? 0 : static_cast<double>(at->second);
}

Verdict conclude(const std::vector<Answer>& answers) {
  const auto has = [&answers](Answer answer) {
    return std::ranges::find(answers, answer) != answers.end();
  };
  if (has(Answer::fails)) return Verdict::not_satisfied;
  if (has(Answer::failed_check)) return Verdict::could_not_run;
  if (has(Answer::open) || answers.empty()) return Verdict::needs_person;
  return has(Answer::holds) ? Verdict::satisfied : Verdict::not_applicable;
}

}  // namespace

std::optional<bool> keeps(const Threshold& threshold, const Measure& measure, double value) {
  if (measure.faults) return value == 0;
  if (threshold.op == Op::all || threshold.op == Op::any) {
    const ThresholdPart* part = part_of(threshold, measure);
    return part == nullptr ? std::nullopt : compare(part->op, value, part->value);
  }
  if (threshold.op == Op::between && threshold.low && threshold.high)
    return value >= *threshold.low && value <= *threshold.high;
  if (!threshold.value) return std::nullopt;
  return compare(threshold.op, value, *threshold.value);
}

ClauseResult judge(const PlannedClause& planned, const Content& content, const Facts& facts) {
  const Clause& clause = *planned.clause;
  Gathered gathered;
  gathered.result.clause = clause.id;
  gathered.result.standard = clause.standard;
  gathered.result.verified = verified(clause);
  gathered.result.force = clause.force;
  if (!planned.applies) {
    gathered.result.verdict = Verdict::not_applicable;
    gathered.result.reason = planned.reason;
    return gathered.result;
  }
  for (const std::string& id : clause.controls)
    if (const Control* control = find_control(content, id))
      gathered.answers.push_back(answer_control(gathered, clause, *control, facts));
  gathered.result.verdict = conclude(gathered.answers);
  if (gathered.result.verdict == Verdict::not_satisfied && !gathered.required_fails)
    gathered.result.force = Force::should;
  gathered.result.reason = std::move(gathered.why);
  gathered.result.checks = planned.checks;
  gathered.result.missing = planned.missing;
  for (const Judged& judged : gathered.result.measurements)
    gathered.result.findings += findings_about(facts, judged.measurement);
  return gathered.result;
}

std::vector<ClauseResult> judge_all(const Plan& plan, const Content& content, const Facts& facts) {
  std::vector<ClauseResult> out;
  out.reserve(plan.clauses.size());
  for (const PlannedClause& planned : plan.clauses) out.push_back(judge(planned, content, facts));
  return out;
}

Totals totals(const std::vector<ClauseResult>& results) {
  Totals out;
  for (const ClauseResult& result : results)
    ++(result.verified ? out.verified : out.unverified)[static_cast<std::size_t>(result.verdict)];
  return out;
}

int exit_code(const std::vector<ClauseResult>& results) {
  const Totals t = totals(results);
  if (t.count(Verdict::not_satisfied) > 0) return 1;
  if (t.count(Verdict::needs_person) + t.count(Verdict::could_not_run) > 0) return 3;
  return t.count(Verdict::satisfied) > 0 ? 0 : 3;
}

}  // namespace assay
