// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <csignal>
#include <thread>

#include "base/digest.h"
#include "base/strings.h"
#include "catalog/json_object.h"
#include "checks/checks.h"
#include "cli/assessment.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "model/json.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;

constexpr std::uint64_t kFindingsPerClause = 100;

// What a signal handler may touch.
std::atomic<bool> interrupted = false;
void on_interrupt(int) { interrupted = true; }

// Turns Ctrl-C into a stop request while it lives; a second Ctrl-C ends the program at once.
class Interrupt {
 public:
  Interrupt() {
    struct sigaction action {};
    action.sa_handler = on_interrupt;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    watcher_ = std::jthread([this](const std::stop_token& end) {
      while (!end.stop_requested()) {
        if (interrupted) source_.request_stop();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
    });
  }
  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::jthread watcher_;
};

std::string measurement_json(const Judged& judged) {
  const Measurement& m = judged.measurement;
  const auto number = [](const std::optional<double>& value) {
    return value ? json_number(*value) : std::string("null");
  };
  JsonObject out;
  out.text("name", m.name)
      .number("value", m.value)
      .text("unit", m.unit)
      .raw("n", number(m.n))
      .raw("low", number(m.low))
      .raw("high", number(m.high))
      .text("threshold", judged.threshold)
      .text("check", m.check);
  if (judged.holds) out.boolean("holds", *judged.holds);
  return out.str();
}

// The first findings about what the clause measures; `findings_total` says how many there are.
Result<std::vector<std::string>> clause_findings(const evidence::Record& record, const ReadRun& run,
                                                 const ClauseResult& result) {
  std::vector<std::string> out;
  for (const Judged& judged : result.measurements)
    for (const FindingGroup& group : run.groups) {
      if (group.check != judged.measurement.check || group.measurement != judged.measurement.name)
        continue;
      if (out.size() >= kFindingsPerClause) return out;
      TRY(record.each_finding(run.header.run, &group, kFindingsPerClause - out.size(),
                              [&out](std::string_view json) { out.emplace_back(json); }));
    }
  return out;
}

Status print_json(Session& session, const evidence::Record& record, const ReadRun& run) {
  for (const ClauseResult& result : run.results) {
    std::vector<std::string> measurements;
    for (const Judged& judged : result.measurements)
      measurements.push_back(measurement_json(judged));
    const auto findings = TRY(clause_findings(record, run, result));
    session.out(JsonObject()
                    .text("clause", result.clause)
                    .text("standard", result.standard)
                    .text("verdict", word(result.verdict))
                    .boolean("verified", result.verified)
                    .text("force", word(result.force))
                    .list("measurements", measurements)
                    .list("findings", findings)
                    .number("findings_total", result.findings)
                    .strings("evidence", result.evidence)
                    .text("reason_zh", result.reason.zh)
                    .text("reason_en", result.reason.en)
                    .strings("checks", result.checks)
                    .strings("missing", result.missing)
                    .strings("attested", result.attested)
                    .str() +
                "\n");
  }
  return Done{};
}

RunHeader make_header(const Described& described, const Content& content, const Date& as_of,
                      const std::string& seed) {
  return {{},
          described.system.id,
          to_json(described.system),
          described.digest,
          content.manifest.version,
          content.digest,
          ASSAY_VERSION,
          as_of,
          seed};
}

Result<std::uint64_t> seed_of(const Session& session) {
  const std::string text = session.value("--seed").value_or("0");
  const auto seed = to_number<std::uint64_t>(text);
  if (!seed)
    return Error{Code::invalid, "not a number: '" + printable(text) + "'", 0, "--seed",
                 "give a whole number"};
  return *seed;
}

Result<std::optional<std::chrono::milliseconds>> check_timeout_of(const Session& session) {
  using Budget = std::optional<std::chrono::milliseconds>;
  constexpr std::int64_t kMost = 30LL * 24 * 3600;
  const auto text = session.value("--check-timeout");
  if (!text) return Budget();
  const auto seconds = to_number<std::int64_t>(*text);
  if (!seconds || *seconds < 1 || *seconds > kMost)
    return Error{Code::invalid, "not a number of seconds: '" + printable(*text) + "'", 0,
                 "--check-timeout", "give 1 to 2592000"};
  return Budget(std::chrono::seconds(*seconds));
}

// The formats of --format that become files; checked before anything runs.
Result<std::vector<std::string>> file_formats(const Session& session) {
  std::vector<std::string> formats = session.all("--format");
  if (formats.empty()) formats = {"html", "json"};
  for (const std::string& format : formats) TRY(find_writer(format));
  return formats;
}

// The reports; then the record notes them, so that a run that was killed before is not begun anew;
// then beside them what the record says of itself: its head and the digest of the results.
Status write_reports(Session& session, evidence::Record& record, const ReadRun& run,
                     const Content& content, const std::vector<std::string>& formats,
                     const fs::path& folder) {
  TRY(make_folder(folder));
  for (const std::string& format : formats) {
    const report::Writer* writer = TRY(find_writer(format));
    const fs::path path = folder / fmt::format("report.{}", writer->extension);
    TRY(write_report_file(record, run, content, format, session.language(), path));
    session.note(fmt::format("{}: {}\n", session.say(writer->title), path.string()));
  }
  TRY(record.reported(run.header.run, folder));
  const std::string head = TRY(record.head());
  return write_file_atomic(folder / "record-head.txt",
                           fmt::format("record-head {}\nresults {}\n", head, run.digest));
}

Result<int> run_assess(Session& session) {
  const Described described = TRY(read_description(session, session.first("SYSTEM")));
  const Content* content = TRY(session.content());
  const Date as_of = TRY(session.as_of());
  const std::uint64_t seed = TRY(seed_of(session));
  const unsigned jobs = TRY(session.jobs());
  const auto timeout = TRY(check_timeout_of(session));
  const auto formats = TRY(file_formats(session));
  const fs::path record_path = session.value("--record").value_or(described.system.id + ".assay");
  const fs::path folder = session.value("--output").value_or(described.system.id + "-report");

  const auto record = TRY(evidence::Record::open(record_path, evidence::Access::write));
  TRY(record->require_whole());
  RunHeader header = make_header(described, *content, as_of, std::to_string(seed));
  header.run = TRY(choose_run(*record, run_key(described, header)));
  TRY(record->begin_run(header));

  const Plan plan = make_plan(described.system, *content, as_of, all_checks());
  const auto journal = TRY(RecordJournal::make(*record, header.run, described.root));
  {
    const Interrupt interrupt;
    TerminalWatcher watcher(session, plan.checks.size());
    const CheckInput input{described.system, described.root, *content, as_of, seed,
                           interrupt.token()};
    TRY(run_checks(plan, input, jobs, *journal, watcher, timeout));
  }
  const Facts facts = TRY(gather_facts(*record, header.run));
  const auto results = judge_all(plan, *content, facts);
  const std::string digest = TRY(results_digest(*record, header.run, header, results));
  TRY(record->conclude(header.run, results, digest));

  const ReadRun run = TRY(read_run(*record, header));
  TRY(write_reports(session, *record, run, *content, formats, folder));
  if (session.json())
    TRY(print_json(session, *record, run));
  else
    TRY(write_report(*record, run, *content, "text", session.language(),
                     [&session](std::string_view bytes) {
                       session.out(bytes);
                       return Status(Done{});
                     }));
  return exit_code(results);
}

constexpr std::array<Positional, 1> kPositionals = {
    {{"SYSTEM", Arity::one, {"系统描述文件 system.yaml", "the description, system.yaml"}}}};
constexpr std::array<Option, 8> kOptions = {{
    {"--as-of",
     "DATE",
     {"按此日期的标准状态与有效期（默认今天，UTC）",
      "standards and validity as of that day (default: today, UTC)"}},
    {"--record", "FILE", {"档案文件（默认 ID.assay）", "the record (default: ID.assay)"}},
    {"-o,--output",
     "DIR",
     {"报告目录（默认 ID-report）", "folder of the reports (default: ID-report)"}},
    {"--format",
     "NAME",
     {"报告格式 html、json、text，可多次给出", "report format: html, json, text; repeatable"},
     true},
    {"--seed", "N", {"抽样种子（默认 0）", "seed of samples (default 0)"}},
    kJobs,
    {"--check-timeout",
     "SECONDS",
     {"每项检查的时间上限，超过即作“未能执行”（默认 1800）",
      "time for each check; over it the check could not run (default 1800)"}},
    {"--json",
     "",
     {"每个条款一行 JSON 写到标准输出", "one JSON object per clause and line on standard output"}},
}};
constexpr std::array<std::string_view, 3> kExamples = {
    "assay assess system.yaml", "assay assess system.yaml --as-of 2026-11-22 --lang zh",
    "assay assess system.yaml --json | jq -r 'select(.verdict==\"not-satisfied\").clause'"};
constexpr std::array<Command, 1> kCommands = {
    {{"assess",
      {"执行检查，逐条得出结论，写入档案并出具报告；被中断后重新执行同一命令即可继续",
       "run the checks, conclude clause by clause, record and report; interrupted, the same "
       "command goes on"},
      kPositionals,
      kOptions,
      kExamples,
      run_assess}}};

}  // namespace

extern const Group assess_group;
const Group assess_group = {
    "assess",
    {"评估：检查、结论、档案与报告", "assess: checks, verdicts, record and reports"},
    kCommands};

}  // namespace assay::cli
