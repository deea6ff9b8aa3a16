// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>

#include "base/strings.h"
#include "checks/annex_a.h"
#include "checks/common.h"
#include "checks/notes.h"
#include "probe/bank.h"

namespace assay::checks::question_bank {
namespace {

constexpr std::string_view kId = "question_bank";

// Both refusal banks are needed for the age, so it stands with each of their inputs.
constexpr std::array<CheckMeasurement, 12> kMeasurements = {{
    {"generation.total",
     Input::generation_bank,
     {"生成内容测试题总数", "questions of the generated-content bank"}},
    {"generation.risks_covered",
     Input::generation_bank,
     {"有测试题的风险数", "risks with questions"}},
    {"generation.min_per_risk_a1_a2",
     Input::generation_bank,
     {"A.1、A.2 各风险中最少的题数", "fewest questions for a risk of A.1 or A.2"}},
    {"generation.min_per_risk_a3_a5",
     Input::generation_bank,
     {"A.3 至 A.5 各风险中最少的题数", "fewest questions for a risk of A.3 to A.5"}},
    {"generation.days_since_update",
     Input::generation_bank,
     {"生成内容测试题库距上次更新的天数", "days since the generated-content bank was updated"}},
    {"generation.pairs_covered",
     Input::generation_bank,
     {"有测试题的模态与语言组合", "pairs of modality and language with questions"}},
    {"must_refuse.total", Input::must_refuse_bank, {"应拒答题总数", "should-refuse questions"}},
    {"must_refuse.min_per_risk",
     Input::must_refuse_bank,
     {"各风险中最少的应拒答题数", "fewest should-refuse questions for a risk"}},
    {"must_not_refuse.total",
     Input::must_not_refuse_bank,
     {"非拒答题总数", "should-not-refuse questions"}},
    {"must_not_refuse.min_per_aspect",
     Input::must_not_refuse_bank,
     {"各方面中最少的非拒答题数", "fewest should-not-refuse questions for an aspect"}},
    {"refusal.days_since_update",
     Input::must_refuse_bank,
     {"两个拒答题库中较旧者距上次更新的天数", "days since the older refusal bank was updated"}},
    {"refusal.days_since_update",
     Input::must_not_refuse_bank,
     {"两个拒答题库中较旧者距上次更新的天数", "days since the older refusal bank was updated"}},
}};

constexpr StaticText kMendAdd = {"补充相应的测试题。", "Add questions for it."};
constexpr std::array<Telling, 12> kTellings = {{
    {"question-empty",
     Severity::medium,
     {"题目只有不可见字符，未计入",
      "The question has invisible characters only; it was not counted"},
     {"补写题目，或删去该行。", "Write the question, or remove the row."},
     "total"},
    {"question-duplicate",
     Severity::low,
     {"与第 {1} 行重复，只计一次：{0}", "Repeats line {1} and counts once: {0}"},
     {"删去重复的题目。", "Remove the repeated question."},
     "total"},
    {"question-near-duplicate",
     Severity::low,
     {"与第 {0} 行近似（相似度 {1}%）", "Nearly the same as line {0} (likeness {1} %)"},
     {"核对两题是否需要并存；近似题仍计入总数。",
      "See whether both are needed; such questions still count."},
     "total"},
    {"question-unknown-topic",
     Severity::medium,
     {"“{0}”不是附录 A 的风险或题库要求的方面",
      "“{0}” is neither a risk of Annex A nor an aspect that the bank must cover"},
     {"改用附录 A 的风险编号（如 A.1.a）或方面编号（如 NR.1）。",
      "Use the id of a risk of Annex A (A.1.a) or of an aspect (NR.1)."}},
    {"question-id-repeated",
     Severity::low,
     {"编号“{0}”与第 {1} 行相同", "Id “{0}” is that of line {1}"},
     {"每题使用不同编号。", "Give each question its own id."}},
    {"question-topic-missing",
     Severity::medium,
     {"没有针对 {0} 的题目", "No question is about {0}"},
     kMendAdd},
    {"question-pair-missing",
     Severity::medium,
     {"没有“{0} × {1}”的题目，而服务支持该模态和语言",
      "No question is for “{0} × {1}”, which the service offers"},
     kMendAdd,
     "pairs_covered"},
    {"question-pairs-unstated",
     Severity::medium,
     {"题库没有 modality 和 language 两列，无法判断模态与语言是否覆盖",
      "The bank lacks the columns modality and language, so their coverage is unknown"},
     {"为每题标明模态和语言。", "State modality and language of each question."},
     "pairs_covered"},
    {"question-no-dates",
     Severity::medium,
     {"没有一行写明可用的添加或更新日期，无法判断更新是否及时",
      "No row gives a usable day of adding or updating, so the age of the bank is unknown"},
     {"填写 added 或 updated 列。", "Fill in the column added or updated."}},
    {"question-unreviewed",
     Severity::low,
     {"{0} 道题没有审核日期", "{0} questions have no day of review"},
     {"审核后填写 reviewed 列。", "Review them and fill in the column reviewed."}},
    {"question-not-compared",
     Severity::info,
     {"{0} 道题未能完成近似重复比对", "{0} questions were not compared with all others"},
     {"题目多由同一模板生成时，请抽查。",
      "Look at some by hand where many come from one pattern."}},
    {"question-in-both-banks",
     Severity::medium,
     {"{0} 道题同时在应拒答题库和非拒答题库中",
      "{0} questions stand in both the should-refuse and the should-not-refuse bank"},
     {"确定每题应属哪个题库。", "Decide for each question which bank it belongs to."}},
}};

using Topics = std::vector<std::string>;

Result<probe::Bank> read(const CheckInput& input, Sink& sink, Notes& notes, const std::string& path,
                         const Topics& topics, bool aspects = false) {
  const probe::BankRules rules{.topics = topics, .as_of = input.as_of, .aspects = aspects};
  probe::Bank bank = TRY(probe::read_bank(resolve(input, path), rules, notes.hooks()));
  if (!bank.updated.known()) notes.tell({"question-no-dates", 0, {}});
  if (bank.unreviewed > 0)
    notes.tell({"question-unreviewed", 0, {std::to_string(bank.unreviewed)}});
  if (bank.not_compared > 0)
    notes.tell({"question-not-compared", 0, {std::to_string(bank.not_compared)}});
  notes.tell_unread(bank.totals);
  TRY(add_evidence(input, sink, kId, path, "text/plain"));
  return bank;
}

bool same_language(std::string_view bank, std::string_view service) {
  const std::string primary = to_lower(service.substr(0, service.find_first_of("-_")));
  return bank == primary || (primary == "zh" && bank == "中文") ||
         (primary == "en" && (bank == "英文" || bank == "english"));
}

bool has_pair(const probe::Bank& bank, Modality modality, std::string_view language) {
  return std::ranges::any_of(bank.pairs, [&](const probe::Pair& pair) {
    const Word<Modality>& known = row(modality);
    return (pair.first == known.word || pair.first == known.name.zh) &&
           same_language(pair.second, language);
  });
}

void measure_pairs(const CheckInput& input, Sink& sink, Notes& notes, const probe::Bank& bank) {
  if (!bank.tells_pairs) {
    notes.tell({"question-pairs-unstated", 0, {}});
    return;
  }
  std::uint64_t pairs = 0;
  std::uint64_t with_questions = 0;
  for (const Modality modality : input.system.modalities)
    for (const std::string& language : input.system.languages) {
      ++pairs;
      if (has_pair(bank, modality, language)) {
        ++with_questions;
      } else {
        notes.tell({"question-pair-missing", 0, {std::string(word(modality)), language}});
      }
    }
  measure_share(sink, kId, "generation.pairs_covered", with_questions, pairs);
}

Status check_generation(const CheckInput& input, Sink& sink, const AnnexA& annex,
                        const std::string& path) {
  Notes notes(input, sink, kId, path, kTellings, "generation.");
  const probe::Bank bank = TRY(read(input, sink, notes, path, annex.risk_ids()));
  const auto any = [](const AnnexA::Risk&) { return true; };
  const auto first_two = [](const AnnexA::Risk& risk) {
    return risk.group == "A.1" || risk.group == "A.2";
  };
  const auto others = [&](const AnnexA::Risk& risk) { return !first_two(risk); };
  for (std::size_t i = 0; i < annex.risks.size(); ++i)
    if (bank.per_topic[i] == 0) notes.tell({"question-topic-missing", 0, {annex.risks[i].id}});
  measure_count(sink, kId, "generation.total", bank.questions, "questions");
  measure_count(sink, kId, "generation.risks_covered", covered(annex, bank.per_topic, any),
                "risks");
  measure_count(sink, kId, "generation.min_per_risk_a1_a2", least(annex, bank.per_topic, first_two),
                "questions");
  measure_count(sink, kId, "generation.min_per_risk_a3_a5", least(annex, bank.per_topic, others),
                "questions");
  measure_age(input, sink, kId, "generation.days_since_update", bank.updated);
  measure_pairs(input, sink, notes, bank);
  return Done{};
}

Result<probe::Bank> check_must_refuse(const CheckInput& input, Sink& sink, const AnnexA& annex,
                                      const std::string& path) {
  Notes notes(input, sink, kId, path, kTellings, "must_refuse.");
  probe::Bank bank = TRY(read(input, sink, notes, path, annex.risk_ids()));
  const auto must_refuse = [](const AnnexA::Risk& risk) { return risk.must_refuse; };
  for (std::size_t i = 0; i < annex.risks.size(); ++i)
    if (must_refuse(annex.risks[i]) && bank.per_topic[i] == 0)
      notes.tell({"question-topic-missing", 0, {annex.risks[i].id}});
  measure_count(sink, kId, "must_refuse.total", bank.questions, "questions");
  measure_count(sink, kId, "must_refuse.min_per_risk", least(annex, bank.per_topic, must_refuse),
                "questions");
  return bank;
}

Result<probe::Bank> check_must_not_refuse(const CheckInput& input, Sink& sink, const AnnexA& annex,
                                          const std::string& path) {
  Notes notes(input, sink, kId, path, kTellings, "must_not_refuse.");
  probe::Bank bank = TRY(read(input, sink, notes, path, annex.aspects, true));
  for (std::size_t i = 0; i < annex.aspects.size(); ++i)
    if (bank.per_topic[i] == 0) notes.tell({"question-topic-missing", 0, {annex.aspects[i]}});
  measure_count(sink, kId, "must_not_refuse.total", bank.questions, "questions");
  if (!bank.per_topic.empty())
    measure_count(sink, kId, "must_not_refuse.min_per_aspect", std::ranges::min(bank.per_topic),
                  "questions");
  return bank;
}

// The age of the older of both refusal banks.
void compare_refusal_banks(const CheckInput& input, Sink& sink, const std::string& path,
                           const probe::Bank& must, const probe::Bank& must_not) {
  Notes notes(input, sink, kId, path, kTellings, "refusal.");
  const std::uint64_t shared = probe::shared_questions(must, must_not);
  if (shared > 0) notes.tell({"question-in-both-banks", 0, {std::to_string(shared)}});
  if (!must.updated.known() || !must_not.updated.known()) return;
  const bool older = order(must.updated, must_not.updated) < 0;
  measure_age(input, sink, kId, "refusal.days_since_update",
              older ? must.updated : must_not.updated);
}

Status run(const CheckInput& input, Sink& sink) {
  const auto generation = paths(input.system, Input::generation_bank);
  const auto must_path = paths(input.system, Input::must_refuse_bank);
  const auto must_not_path = paths(input.system, Input::must_not_refuse_bank);
  const AnnexA annex = TRY(annex_a(input.content));
  if (!generation.empty()) TRY(check_generation(input, sink, annex, generation.front()));
  std::optional<probe::Bank> must;
  std::optional<probe::Bank> must_not;
  if (!must_path.empty()) must = TRY(check_must_refuse(input, sink, annex, must_path.front()));
  if (!must_not_path.empty())
    must_not = TRY(check_must_not_refuse(input, sink, annex, must_not_path.front()));
  if (must && must_not) compare_refusal_banks(input, sink, must_path.front(), *must, *must_not);
  return Done{};
}

}  // namespace

extern const Check kCheck = {kId, {"测试题库", "question banks"}, 1, kMeasurements, run};

}  // namespace assay::checks::question_bank
