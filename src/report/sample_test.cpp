// SPDX-License-Identifier: Apache-2.0
#include "report/sample_test.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/files.h"
#include "base/strings.h"
#include "model/json.h"

namespace assay::report {
namespace {

constexpr std::uint64_t kMaxGolden = 4 << 20;

Clause clause(std::string standard, std::string code, Text statement, std::string control) {
  Clause out;
  out.id = standard + "/" + code;
  out.standard = std::move(standard);
  out.code = std::move(code);
  out.place = PlainText("4.2 a)");
  out.statement = std::move(statement);
  out.controls = {std::move(control)};
  out.confidence = Confidence::sourced;
  out.sources = {"https://example.com/standard (summary)"};
  return out;
}

Threshold at_least(double value, Text unit) {
  Threshold out;
  out.op = Op::at_least;
  out.value = value;
  out.unit = std::move(unit);
  return out;
}

Control control(std::string id, Text title, std::vector<Measure> measures) {
  Control out;
  out.id = std::move(id);
  out.mend = {"整改：" + title.zh, "put right: " + title.en};
  out.ask = {"提供：" + title.zh, "show: " + title.en};
  out.title = std::move(title);
  out.measures = std::move(measures);
  return out;
}

Standard standard(std::string id, std::string number, Text title, std::vector<Clause> clauses) {
  Standard out;
  out.id = std::move(id);
  out.number = std::move(number);
  out.title = std::move(title);
  out.clauses = std::move(clauses);
  return out;
}

std::vector<Standard> standards() {
  Clause size =
      clause("gbt-1", "KW-001", {"关键词库的总规模。", "Total size of the library."}, "size");
  size.threshold = at_least(10000, {"个关键词", "keywords"});
  Clause rate =
      clause("gbt-1", "KW-002", {"有许可记录的比例。", "Share with a licence record."}, "rate");
  rate.threshold = at_least(95, {"%（开源条目）", "% of open-source entries"});
  Clause calls =
      clause("gbt-1", "MOD-001", {"模型文件不含危险调用。", "No dangerous calls."}, "calls");
  Clause person =
      clause("gbt-1", "GOV-001", {"有应急预案。", "There is an emergency plan."}, "plan");
  Clause video =
      clause("gb-2", "VID-001", {"视频起始画面有标识。", "Label in the first frames."}, "video");
  Clause recalled = clause("gb-2", "VID-002", {"凭记忆的条款。", "A recalled clause."}, "video");
  recalled.confidence = Confidence::recalled;
  recalled.note = {"未见原文。", "The text was not seen."};
  Clause age =
      clause("gbt-1", "KW-003", {"关键词库的更新间隔。", "Update interval of the library."}, "age");
  age.force = Force::should;
  age.threshold = at_least(7, {"天", "days"});
  age.threshold.op = Op::at_most;
  age.place = PlainText(Text{"附录 B", "Annex B"});
  Clause heading = clause("gb-2", "VID-003", {"仅知标题。", "Known by its title."}, "video");
  heading.source_strength = Strength::title;
  return {
      standard("gb-2", "GB 2-2025", {"标识方法", "Labelling method"}, {video, recalled, heading}),
      standard("gbt-1", "GB/T 1-2025", {"安全基本要求", "Basic security requirements"},
               {size, rate, calls, person, age})};
}

Framework framework() {
  Framework out;
  out.id = "risks";
  out.title = {"治理框架 1.0", "Governance framework 1.0"};
  Item group;
  group.id = "R1";
  group.kind = ItemKind::class_;
  group.number = "1";
  group.title = {"数据风险", "Data risks"};
  Item risk = group;
  risk.id = "R1.a";
  risk.kind = ItemKind::risk;
  risk.number = "1(a)";
  risk.parents = {"R1"};
  risk.title = {"数据泄露风险", "Data leakage"};
  out.items = {group, risk};
  return out;
}

MappingSet mapping() {
  MappingSet out;
  out.id = "standards-to-risks";
  Mapping row;
  row.subject = "standard:gbt-1";
  row.predicate = "assay:mitigates";
  row.object = "risks:R1.a";
  row.confidence = Confidence::derived;
  out.rows = {row, row};  // the same link twice counts once
  return out;
}

Sample base_run() {
  Sample out;
  out.content.manifest.version = "1.2.0";
  out.content.standards = standards();
  out.content.frameworks = {framework()};
  out.content.mappings = {mapping()};
  out.content.controls = {
      control("size", {"关键词库规模", "size of the library"}, {{"total", "keywords", "total"}}),
      control("rate", {"许可记录", "licence records"}, {{"share", "ledger", "licensed_share"}}),
      control("calls", {"调用", "calls"}, {{"calls", "pickle", "unsafe_calls", true}}),
      control("age", {"更新间隔", "update interval"}, {{"age", "keywords", "days"}}),
      control("plan", {"应急预案", "emergency plan"}, {}),
      control("video", {"视频标识", "video label"}, {})};
  out.header = {"11111111-2222-5333-8444-555555555555",
                "chat",
                {},
                std::string(64, 'a'),
                "1.2.0",
                std::string(64, 'b'),
                "0.1.0",
                {2026, 8, 22},
                "1"};
  out.system.id = "chat";
  out.system.name = {"示例助手", "Sample assistant"};
  out.system.provider = {{"示例公司", "Sample company"}, "91110108MA01C5XL3T"};
  out.system.kind = SystemKind::generative_service;
  out.system.modalities = {Modality::text, Modality::image};
  out.system.audience = {Audience::public_};
  return out;
}

ClauseResult result(std::string clause_id, Verdict verdict, Text reason) {
  ClauseResult out;
  out.standard = clause_id.substr(0, clause_id.find('/'));
  out.clause = std::move(clause_id);
  out.verdict = verdict;
  out.verified = true;
  out.reason = std::move(reason);
  return out;
}

Judged judged(Measurement measurement, std::string threshold, double low, double high) {
  const bool holds = measurement.value >= low && measurement.value <= high;
  return {std::move(measurement), std::move(threshold), holds};
}

std::string finding_json(const FindingGroup& group, std::uint64_t number) {
  Finding out{group.check,
              group.id,
              Severity::medium,
              fmt::format("data.csv:{}", number + 2),
              {"重复的关键词", "duplicate keyword"},
              {"删去一条", "remove one"},
              group.measurement};
  if (group.id == "rows-unread") out.severity = Severity::high;
  if (group.id == "hostile") {
    out.severity = Severity::critical;
    out.where = kHostile;
    out.message = {std::string(kHostile), std::string(kHostile) + " en"};
    out.mend = out.message;
  }
  return to_json(out);
}

bool same_group(const FindingGroup& a, const FindingGroup& b) {
  return a.check == b.check && a.id == b.id && a.measurement == b.measurement;
}

}  // namespace

const std::string_view kHostile =
    "</script></style><script>alert(1)</script><img src=x onerror=alert(2)>\" onclick=\"alert(3)' "
    "&amp; \xE2\x80\xAEtxt.exe\xE2\x81\xA6 \x01\x7F \xFF\xFE]]>-->";

Input Sample::input(Language language) const {
  const auto each = [this](const FindingGroup* wanted, std::uint64_t limit,
                           const std::function<void(std::string_view)>& visit) -> Status {
    for (const FindingGroup& group : groups) {
      if (wanted != nullptr && !same_group(*wanted, group)) continue;
      for (std::uint64_t i = 0; i < group.count && limit > 0; ++i, --limit)
        visit(finding_json(group, i));
    }
    return Done{};
  };
  return {header,
          system,
          content,
          results,
          ends,
          evidence,
          groups,
          check_titles,
          measurement_titles,
          std::string(64, 'c'),
          language,
          each};
}

Sample empty_run() { return base_run(); }

Sample mixed_run() {
  Sample out = base_run();
  const std::string digest(64, 'd');
  out.check_titles = {{"keywords", {"关键词库", "keyword library"}},
                      {"ledger", {"来源台账", "source ledger"}},
                      {"pickle", {"模型文件中的调用", "calls in model files"}}};
  out.measurement_titles = {{"keywords.total", {"关键词总数", "keywords in all"}},
                            {"keywords.days", {"距上次更新的天数", "days since the last update"}}};
  ClauseResult size = result("gbt-1/KW-001", Verdict::not_satisfied,
                             {"total = 8120（要求 ≥ 10000）", "total = 8120 (limit ≥ 10000)"});
  size.checks = {"keywords"};
  size.measurements = {
      judged({"keywords", "total", 8120, "keywords", {}, {}, {}, "count"}, "≥ 10000", 10000, 1e9)};
  size.evidence = {digest};
  size.findings = 3;
  ClauseResult rate = result("gbt-1/KW-002", Verdict::satisfied, {"达到", "reached"});
  rate.checks = {"ledger"};
  rate.measurements = {
      judged({"ledger", "licensed_share", 97.5, "%", 400, 95.4512, 98.79, "Clopper-Pearson"},
             "≥ 95", 95, 100)};
  rate.evidence = {digest};
  ClauseResult calls =
      result("gbt-1/MOD-001", Verdict::could_not_run,
             {"检查 pickle 未能完成：权限不足", "check pickle did not finish: permission denied"});
  calls.checks = {"pickle"};
  ClauseResult person =
      result("gbt-1/GOV-001", Verdict::needs_person, {"提供：应急预案", "show: emergency plan"});
  person.missing = {"subjects.attestations"};
  ClauseResult age = result("gbt-1/KW-003", Verdict::not_satisfied,
                            {"days = 30（要求 ≤ 7）", "days = 30 (limit ≤ 7)"});
  age.force = Force::should;
  age.checks = {"keywords"};
  age.measurements = {
      judged({"keywords", "days", 30, "days", {}, {}, {}, "count"}, "≤ 7", -1e9, 7)};
  out.results = {
      result("gb-2/VID-001", Verdict::not_applicable, {"系统不生成视频", "it makes no video"}),
      size,
      rate,
      calls,
      person,
      age};
  out.ends = {
      {"keywords", {"keywords", true, {}, {}, {}, 3}},
      {"ledger", {"ledger", true, {}, {}, {}, 0}},
      {"pickle", {"pickle", false, "permission denied", "model/a.pt", "make it readable", 0}}};
  out.evidence = {{"keywords", "keywords.csv", digest, 123456, "text/csv"},
                  {"ledger", "ledger.csv", digest, 123456, "text/csv"}};
  out.groups = {{"keywords", "keyword-duplicate", "total", 3}};
  return out;
}

Sample everything_run() {
  Sample out = mixed_run();
  out.system.name = {"示例<助手>&", std::string(kHostile)};
  out.header.seed = kHostile;
  ClauseResult recalled = result("gb-2/VID-002", Verdict::satisfied, {"证明有效", "attested"});
  recalled.verified = false;
  recalled.attested = {"video, 王敏, 2026-03-01 – 2027-02-28", std::string(kHostile)};
  ClauseResult unknown =
      result("gone/OLD-001", Verdict::needs_person, {std::string(kHostile), "en"});
  unknown.missing = {std::string(kHostile)};
  unknown.evidence.assign(20, std::string(64, 'e'));
  out.results.push_back(recalled);
  ClauseResult heading = result("gb-2/VID-003", Verdict::not_satisfied, {"无标识", "no label"});
  heading.verified = false;
  out.results.push_back(heading);
  out.results.push_back(unknown);
  out.ends["zz"] = {
      "zz", false, std::string(kHostile), std::string(kHostile), std::string(kHostile), 1};
  out.groups.push_back({"ledger", "rows-unread", "", 12});
  out.groups.push_back({"zz", "hostile", "", 2});
  out.evidence.front().name = kHostile;
  return out;
}

const std::vector<std::pair<std::string, Sample>>& standard_runs() {
  static const std::vector<std::pair<std::string, Sample>> kRuns = {
      {"empty", empty_run()}, {"mixed", mixed_run()}, {"everything", everything_run()}};
  return kRuns;
}

const Writer& writer_named(std::string_view id) {
  const auto writers = all_writers();
  const auto at = std::ranges::find(writers, id, &Writer::id);
  EXPECT_NE(at, writers.end()) << id;
  return **at;
}

std::string written(std::string_view writer, const Input& input) {
  std::string out;
  const Status status = writer_named(writer).write(input, [&out](std::string_view bytes) -> Status {
    out += bytes;
    return Done{};
  });
  EXPECT_TRUE(status.ok());
  return out;
}

testing::AssertionResult matches_golden(std::string_view writer, const std::string& file,
                                        const std::string& actual) {
  const fs::path path = fs::path(ASSAY_SOURCE_DIR) / "src/report" / writer / "golden" / file;
  const char* accept = std::getenv("ASSAY_ACCEPT");
  if (accept != nullptr && std::string_view(accept) == "1") {
    const Status status = write_file_atomic(path, actual);
    return status.ok() ? testing::AssertionSuccess()
                       : testing::AssertionFailure() << status.error().text();
  }
  const auto golden = read_file(path, kMaxGolden);
  if (!golden.ok())
    return testing::AssertionFailure() << golden.error().text() << "; ASSAY_ACCEPT=1 writes it";
  if (*golden == actual) return testing::AssertionSuccess();
  const auto [differs, unused] = std::ranges::mismatch(*golden, actual);
  return testing::AssertionFailure()
         << path << " differs from byte " << differs - golden->begin() << ": "
         << printable(actual.substr(static_cast<std::size_t>(differs - golden->begin())))
         << "; ASSAY_ACCEPT=1 accepts the change";
}

}  // namespace assay::report
