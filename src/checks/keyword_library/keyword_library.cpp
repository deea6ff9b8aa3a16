// SPDX-License-Identifier: Apache-2.0
#include "corpus/keyword_library.h"

#include <array>

#include "checks/annex_a.h"
#include "checks/common.h"
#include "checks/notes.h"

namespace assay::checks::keyword_library {
namespace {

constexpr std::string_view kId = "keyword_library";

constexpr std::array<CheckMeasurement, 5> kMeasurements = {{
    {"total", Input::keyword_library, {"关键词总数", "keywords in all"}},
    {"risks_covered", Input::keyword_library, {"有关键词的风险数", "risks with keywords"}},
    {"min_per_risk_a1",
     Input::keyword_library,
     {"A.1 各风险中最少的关键词数", "fewest keywords for a risk of A.1"}},
    {"min_per_risk_a2",
     Input::keyword_library,
     {"A.2 各风险中最少的关键词数", "fewest keywords for a risk of A.2"}},
    {"days_since_update",
     Input::keyword_library,
     {"距上次更新的天数", "days since the last update"}},
}};

constexpr StaticText kMendRisk = {"改用 GB/T 45654 附录 A 的风险编号，如 A.1.a。",
                                  "Use an id of GB/T 45654, Annex A, such as A.1.a."};
constexpr std::array<Telling, 7> kTellings = {{
    {"keyword-duplicate",
     Severity::low,
     {"关键词“{0}”与第 {1} 行重复，只计一次", "Keyword “{0}” repeats line {1}; it counts once"},
     {"删去重复的行。", "Remove the repeated row."},
     "total"},
    {"keyword-conflicting-risk",
     Severity::low,
     {"关键词“{0}”在第 {2} 行属于别的风险，此处又记为 {1}；总数只计一次",
      "Keyword “{0}” has another risk in line {2} and {1} here; the total counts it once"},
     {"核对该词的风险；确属多类的，在一行中以分号列出。",
      "Settle its risk, or list several in one row with semicolons."},
     "total"},
    {"keyword-too-short",
     Severity::low,
     {"“{0}”过短，会大量误拦，未计入", "“{0}” is too short to filter with and was not counted"},
     {"改为两个字以上的词。", "Use a term of two characters or more."},
     "total"},
    {"keyword-unknown-risk",
     Severity::medium,
     {"关键词“{0}”的风险“{1}”不在附录 A 中", "Risk “{1}” of keyword “{0}” is not in Annex A"},
     kMendRisk,
     "risks_covered"},
    {"keywords-unplaced",
     Severity::medium,
     {"{0} 行没有列明附录 A "
      "的任何风险，未计入总规模：条文只列出词库应覆盖的风险，未见其他词可以计入",
      "{0} rows name no risk of Annex A and are left out of the total: the clauses list the risks "
      "to "
      "cover, and none is known that lets other words count"},
     kMendRisk,
     "total"},
    {"keyword-risk-missing",
     Severity::medium,
     {"风险 {0} 没有任何关键词", "No keyword stands for risk {0}"},
     {"为该风险补充关键词。", "Add keywords for this risk."},
     "risks_covered"},
    {"keyword-no-dates",
     Severity::medium,
     {"没有一行写明可用的添加或更新日期，无法判断更新是否及时",
      "No row gives a usable day of adding or updating, so the age of the library is unknown"},
     {"填写 added 或 updated 列。", "Fill in the column added or updated."},
     "days_since_update"},
}};

Status run(const CheckInput& input, Sink& sink) {
  const auto given = paths(input.system, Input::keyword_library);
  if (given.empty()) return Done{};
  const std::string& path = given.front();
  const AnnexA annex = TRY(annex_a(input.content));
  Notes notes(input, sink, kId, path, kTellings);
  const corpus::KeywordRules rules{
      .risks = annex.risk_ids(), .min_code_points = 2, .as_of = input.as_of};
  const corpus::KeywordLibrary library =
      TRY(corpus::read_keyword_library(resolve(input, path), rules, notes.hooks()));

  const auto must_refuse = [](const AnnexA::Risk& risk) { return risk.must_refuse; };
  const auto in_group = [](std::string_view group) {
    return [group](const AnnexA::Risk& risk) { return risk.group == group; };
  };
  for (std::size_t i = 0; i < annex.risks.size(); ++i)
    if (annex.risks[i].must_refuse && library.per_risk[i] == 0)
      notes.tell({"keyword-risk-missing", 0, {annex.risks[i].id}});
  if (library.unplaced > 0)
    notes.tell({"keywords-unplaced", 0, {std::to_string(library.unplaced)}});
  if (!library.updated.known()) notes.tell({"keyword-no-dates", 0, {}});
  notes.tell_unread(library.totals);

  measure_count(sink, kId, "total", library.keywords, "keywords");
  measure_count(sink, kId, "risks_covered", covered(annex, library.per_risk, must_refuse), "risks");
  measure_count(sink, kId, "min_per_risk_a1", least(annex, library.per_risk, in_group("A.1")),
                "keywords");
  measure_count(sink, kId, "min_per_risk_a2", least(annex, library.per_risk, in_group("A.2")),
                "keywords");
  measure_age(input, sink, kId, "days_since_update", library.updated);
  return add_evidence(input, sink, kId, path, "text/plain");
}

}  // namespace

extern const Check kCheck = {kId, {"拦截关键词库", "keyword library"}, 1, kMeasurements, run};

}  // namespace assay::checks::keyword_library
