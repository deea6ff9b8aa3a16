// SPDX-License-Identifier: Apache-2.0
//
// The summary a terminal shows: plain text, no colours, one language.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/messages.h"
#include "base/strings.h"
#include "model/json.h"
#include "report/phrase.h"
#include "report/sheet.h"
#include "report/summary.h"
#include "report/text/table.h"

namespace assay::report::text {
namespace {

constexpr std::size_t kColumns = 96;
constexpr std::size_t kLabelColumns = 10;
constexpr std::size_t kNameColumns = 44;
// A summary: the whole list stands in the HTML and JSON reports.
constexpr std::size_t kMaxTasks = 20;
constexpr std::size_t kMaxInputFaults = 10;
constexpr std::size_t kShortDigest = 16;
constexpr std::size_t kMaxBytes = 2000;

struct Page {
  const Input& input;
  const Summary& summary;
  Sheet& sheet;

  std::string_view say(StaticText text) const { return text.in(input.language); }
  std::string safe(const Text& text) const { return printable(text.in(input.language), kMaxBytes); }
  void line(std::string_view text = {}) const {
    sheet.put(text);
    sheet.put("\n");
  }
  void heading(StaticText title, std::size_t count) const {
    line();
    line(fmt::format("{} ({})", say(title), count));
  }
  void more(std::uint64_t count) const {
    line(fmt::format(fmt::runtime(say({"另有 {} 项，见 HTML 或 JSON 报告。",
                                       "{} more: see the HTML or JSON report."})),
                     count));
  }
  // `label` in a column of its own, `text` wrapped beside it.
  void field(std::size_t indent, StaticText label, std::string_view text) const {
    const std::size_t used = indent + kLabelColumns;
    line(std::string(indent, ' ') + pad_right(say(label), kLabelColumns) +
         wrap(text, kColumns - used, used));
  }
};

void put_header(const Page& page) {
  const RunHeader& header = page.input.header;
  const System& system = page.input.system;
  page.line(page.say({"人工智能安全标准评估", "Assessment against the AI security standards"}));
  page.line();
  page.field(0, {"系统", "system"},
             fmt::format("{} ({}), {}", page.safe(system.name), printable(system.id),
                         row(system.kind).name.in(page.input.language)));
  page.field(0, {"提供者", "provider"},
             fmt::format("{} ({})", page.safe(system.provider.name),
                         printable(system.provider.credit_code)));
  page.field(0, {"依据日期", "as of"}, header.as_of.text());
  page.field(0, {"标准内容", "content"},
             fmt::format("{}, sha256 {}…", printable(header.content_version),
                         printable(header.content_digest.substr(0, kShortDigest))));
  page.field(0, {"程序版本", "engine"}, "assay " + printable(header.engine_version));
}

void put_totals(const Page& page) {
  const Tally& all = page.summary.all;
  page.heading({"结论（按条款）", "Verdicts by clause"}, all.all_verified() + all.all_unverified());
  std::vector<std::vector<std::string>> rows = {
      {"", std::string(page.say(kSourced)), std::string(page.say(kUnverified))}};
  for (const Verdict verdict : kVerdicts)
    rows.push_back({std::string(row(verdict).name.in(page.input.language)),
                    fmt::format("{}", all.count(verdict)),
                    fmt::format("{}", all.count_unverified(verdict))});
  rows.push_back({std::string(page.say({"合计", "total"})), fmt::format("{}", all.all_verified()),
                  fmt::format("{}", all.all_unverified())});
  page.sheet.put(table(rows));
  if (const std::uint64_t unmet = all.count_recommended(Verdict::not_satisfied); unmet > 0)
    page.line(fmt::format(
        fmt::runtime(page.say({"不符合中有 {} 条是推荐性要求（宜），单独列出。",
                               "Of those not satisfied {} are recommendations (should): listed "
                               "apart."})),
        unmet));
  if (all.all_unverified() > 0) page.line(page.say(kUnverifiedMeans));
  if (!page.summary.strengths.empty())
    page.line(fmt::format("{}{}", page.say({"全部条款的依据：", "What the clauses rest on: "}),
                          strengths_text(page.summary).in(page.input.language)));
}

void put_standards(const Page& page) {
  page.heading({"按标准", "By standard"}, page.summary.standards.size());
  std::vector<std::vector<std::string>> rows(1);
  rows[0].emplace_back(page.say({"标准", "standard"}));
  for (const Verdict verdict : kVerdicts)
    rows[0].emplace_back(row(verdict).name.in(page.input.language));
  rows[0].emplace_back(page.say(kUnverified));
  std::size_t rest = 0;
  for (const StandardSummary& standard : page.summary.standards) {
    if (!standard.tally.concerns()) {
      ++rest;
      continue;
    }
    auto& cells = rows.emplace_back(
        1, cut(page.safe(short_name(standard.standard, standard.id)), kNameColumns));
    for (const Verdict verdict : kVerdicts)
      cells.push_back(fmt::format("{}", standard.tally.count(verdict)));
    cells.push_back(fmt::format("{}", standard.tally.all_unverified()));
  }
  page.sheet.put(table(rows));
  if (rest > 0)
    page.line(fmt::format(
        fmt::runtime(page.say({"另有 {} 项标准没有条款适用于本系统。",
                               "Of {} more standards no clause applies to this system."})),
        rest));
}

std::string clause_name(const Page& page, const ClauseResult& result) {
  const Standard* standard = find_standard(page.input.content, result.standard);
  const Clause* clause = find_clause(page.input.content, result.clause);
  std::string out =
      page.safe(short_name(standard, result.standard)) + "  " + printable(code_of(result));
  if (clause != nullptr && !clause->place.empty()) out += "  " + page.safe(clause->place);
  if (result.force == Force::should)
    out += fmt::format("  [{}]", page.say(row(Force::should).name));
  if (!result.verified) out += fmt::format("  [{}]", page.say(kUnverified));
  return out;
}

// "total = 8,120 [95 % limits 1–2]; limit ≥ 10,000 terms".
std::string measured(const Page& page, const Clause* clause, const Judged& judged) {
  const Measurement& m = judged.measurement;
  std::string out =
      page.safe(measurement_title(page.input, m.check, m.name)) + " = " + number_text(m.value);
  out += page.safe(unit_after(m));
  if (m.low && m.high) out += fmt::format(" [{}–{}]", number_text(*m.low), number_text(*m.high));
  if (m.n) out += fmt::format(", n = {}", number_text(*m.n));
  const Text limit = limit_of(page.input.content, clause, judged).text;
  if (limit.empty()) return out;
  return out + std::string(page.say({"；要求 ", "; limit "})) + page.safe(limit);
}

std::vector<const ClauseResult*> with_verdict(const Page& page, Verdict verdict) {
  std::vector<const ClauseResult*> out;
  for (const ClauseResult& result : page.input.results)
    if (result.verdict == verdict) out.push_back(&result);
  // Verified clauses decide the outcome: they come first.
  std::stable_partition(out.begin(), out.end(),
                        [](const ClauseResult* result) { return result->verified; });
  return out;
}

void put_broken(const Page& page, const ClauseResult& result) {
  const Clause* clause = find_clause(page.input.content, result.clause);
  page.line("- " + clause_name(page, result));
  if (clause != nullptr) page.field(2, {"要求", "demands"}, page.safe(clause->statement));
  bool shown = false;
  for (const Judged& judged : result.measurements) {
    if (judged.holds != false) continue;
    page.field(2, {"测量", "measured"}, measured(page, clause, judged));
    shown = true;
  }
  if (!shown) page.field(2, {"原因", "reason"}, page.safe(result.reason));
  if (clause == nullptr) return;
  for (const Control* control : controls_to_mend(page.input.content, *clause, result))
    page.field(2, {"整改", "mend"}, page.safe(control->mend));
}

// Requirements first, then recommendations, then what has no effect on the outcome.
void put_broken(const Page& page) {
  struct List {
    StaticText title;
    bool (*takes)(const ClauseResult&);
  };
  constexpr List kLists[] = {
      {{"不符合的条款", "Clauses not satisfied"},
       [](const ClauseResult& result) { return result.verified && result.force == Force::shall; }},
      {kRecommendedBroken,
       [](const ClauseResult& result) { return result.verified && result.force == Force::should; }},
      {{"未核实的条款中不符合的", "Unverified clauses not satisfied"},
       [](const ClauseResult& result) { return !result.verified; }},
  };
  const auto broken = with_verdict(page, Verdict::not_satisfied);
  for (const List& list : kLists) {
    std::vector<const ClauseResult*> rows;
    std::ranges::copy_if(broken, std::back_inserter(rows),
                         [&list](const ClauseResult* result) { return list.takes(*result); });
    if (rows.empty()) continue;
    page.heading(list.title, rows.size());
    for (const ClauseResult* result : rows) put_broken(page, *result);
  }
}

void put_failed(const Page& page) {
  const auto failed = with_verdict(page, Verdict::could_not_run);
  if (failed.empty()) return;
  page.heading({"未能执行的条款", "Clauses that could not be checked"}, failed.size());
  for (const ClauseResult* result : failed) {
    page.line("- " + clause_name(page, *result));
    page.field(2, {"原因", "reason"}, page.safe(result->reason));
  }
}

// What one control asks of people, and for which clauses.
struct Task {
  const Control* control;
  std::vector<std::string> clauses;
  bool verified = false;
};

std::vector<Task> tasks(const Page& page) {
  std::vector<Task> out;
  for (const ClauseResult* result : with_verdict(page, Verdict::needs_person)) {
    const Clause* clause = find_clause(page.input.content, result->clause);
    if (clause == nullptr) continue;
    for (const Control* control : controls_to_ask(page.input.content, *clause, *result)) {
      auto at = std::ranges::find(out, control, &Task::control);
      if (at == out.end()) at = out.insert(out.end(), Task{control, {}, false});
      const std::string code = printable(code_of(*result));
      if (std::ranges::find(at->clauses, code) == at->clauses.end()) at->clauses.push_back(code);
      at->verified = at->verified || result->verified;
    }
  }
  return out;
}

void put_tasks(const Page& page) {
  const std::vector<Task> all = tasks(page);
  if (all.empty()) return;
  page.heading({"需要人工完成", "What people must do"}, all.size());
  for (std::size_t i = 0; i < std::min(all.size(), kMaxTasks); ++i) {
    const std::string title =
        fmt::format("{}  [{}]", page.safe(all[i].control->title), join(all[i].clauses, ", "));
    page.line("- " + wrap(title, kColumns - 2, 2));
    page.line("  " + wrap(page.safe(all[i].control->ask), kColumns - 2, 2));
  }
  if (all.size() > kMaxTasks) page.more(all.size() - kMaxTasks);
}

// What is wrong with the inputs themselves: an attestation refused, rows or a file not read.
// Findings about a measurement show at their clauses.
Status put_inputs(const Page& page) {
  std::vector<Finding> shown;
  std::uint64_t all = 0;
  for (const FindingGroup& group : page.input.groups) {
    if (!group.measurement.empty()) continue;
    bool serious = false;
    Status read = Done{};
    const auto visit = [&](std::string_view json) {
      const auto finding = from_json<Finding>(json);
      if (!finding.ok()) {
        read = finding.error();
        return;
      }
      serious = serious || finding->severity >= Severity::high;
      if (finding->severity >= Severity::high && shown.size() < kMaxInputFaults)
        shown.push_back(*finding);
    };
    TRY(page.input.each_finding(&group, kMaxInputFaults, visit));
    TRY(read);
    if (serious) all += group.count;
  }
  if (shown.empty()) return Done{};
  page.heading({"输入本身的问题", "Faults of the inputs themselves"}, all);
  for (const Finding& finding : shown) {
    const std::string line =
        printable(place_in_both(finding.where).in(page.input.language), kMaxBytes) + ": " +
        page.safe(finding.message);
    page.line("- " + wrap(line, kColumns - 2, 2));
    if (!finding.mend.empty()) page.line("  " + wrap(page.safe(finding.mend), kColumns - 2, 2));
  }
  if (all > shown.size()) page.more(all - shown.size());
  return Done{};
}

void put_errors(const Page& page) {
  const Summary& summary = page.summary;
  page.line();
  page.field(0, {"发现", "findings"}, number_text(static_cast<double>(summary.findings)));
  page.line(fmt::format(fmt::runtime(page.say({"因基础设施错误未能完成的检查：{} / {}（{}）",
                                               "checks stopped by infrastructure errors: {} of {} "
                                               "({})"})),
                        summary.checks_failed, summary.checks,
                        share_text(summary.checks_failed, summary.checks)));
  for (const auto& [id, end] : page.input.ends) {
    if (end.finished) continue;
    std::string why = printable(in(end.error, page.input.language), kMaxBytes);
    if (!end.where.empty()) why = printable(end.where, kMaxBytes) + ": " + why;
    if (!end.mend.empty())
      why += " (" + printable(in(end.mend, page.input.language), kMaxBytes) + ")";
    page.line("- " + page.safe(check_title(page.input, id)));
    page.line("  " + wrap(why, kColumns - 2, 2));
  }
}

Status write(const Input& input, const Out& out) {
  const Summary summary = summarise(input);
  Sheet sheet(out);
  const Page page{input, summary, sheet};
  put_header(page);
  put_totals(page);
  put_standards(page);
  put_broken(page);
  put_failed(page);
  TRY(put_inputs(page));
  put_tasks(page);
  put_errors(page);
  page.line();
  page.line(fmt::format("{} sha256 {}", page.say({"结果摘要", "results digest"}),
                        printable(input.results_digest)));
  return sheet.finish();
}

}  // namespace

extern const Writer kWriter;
const Writer kWriter = {"text", "txt", {"终端摘要", "terminal summary"}, write};

}  // namespace assay::report::text
