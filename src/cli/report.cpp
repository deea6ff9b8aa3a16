// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "cli/assessment.h"
#include "cli/command.h"

namespace assay::cli {
namespace {

// The run asked for, or the last that reached its verdicts.
Result<RunHeader> pick_run(const Session& session, const evidence::Record& record) {
  const auto runs = TRY(record.runs());
  const std::string wanted = session.value("--run").value_or("");
  for (auto run = runs.rbegin(); run != runs.rend(); ++run)
    if (wanted.empty() ? run->concluded : run->run.starts_with(wanted)) return run->header;
  return Error{
      Code::not_found,
      wanted.empty() ? "the record holds no run with verdicts" : "no run " + printable(wanted), 0,
      session.first("RECORD"), "see: assay record list RECORD"};
}

Result<int> run_report(Session& session) {
  const auto record = TRY(evidence::Record::open(session.first("RECORD"), evidence::Access::read));
  TRY(record->require_whole());
  const RunHeader header = TRY(pick_run(session, *record));
  const Content* content = TRY(session.content());
  if (content->digest != header.content_digest)
    session.note(fmt::format(
        fmt::runtime(session.say(
            "注意：该评估依据内容 {}，当前为 {}，条款文字可能不同\n",
            "note: the run was held against content {}, this is {}: wording may differ\n")),
        header.content_version, content->manifest.version));
  const ReadRun run = TRY(read_run(*record, header));
  const std::string format = session.value("--format").value_or("text");
  const auto output = session.value("--output");
  if (output)
    TRY(write_report_file(*record, run, *content, format, session.language(), *output));
  else
    TRY(write_report(*record, run, *content, format, session.language(),
                     [&session](std::string_view bytes) {
                       session.out(bytes);
                       return session.output_error() != 0
                                  ? Status(Error{Code::io, "cannot write to standard output"})
                                  : Status(Done{});
                     }));
  return 0;
}

constexpr std::array<Positional, 1> kPositionals = {
    {{"RECORD", Arity::one, {"档案文件", "the record"}}}};
constexpr std::array<Option, 3> kOptions = {{
    {"--format", "NAME", {"html、json 或 text（默认）", "html, json or text (default)"}},
    {"--run",
     "ID",
     {"哪次评估（默认最近一次有结论的）", "which run (default: the last with verdicts)"}},
    {"-o,--output",
     "FILE",
     {"写到文件（默认标准输出）", "write to a file (default: standard output)"}},
}};
constexpr std::array<std::string_view, 2> kExamples = {
    "assay report lantern.assay",
    "assay report lantern.assay --format html -o report.html --lang zh"};
constexpr std::array<Command, 1> kCommands = {
    {{"report",
      {"由档案重新出具报告", "write a report again from a record"},
      kPositionals,
      kOptions,
      kExamples,
      run_report}}};

}  // namespace

extern const Group report_group;
const Group report_group = {"report", {"报告：由档案出具", "reports from a record"}, kCommands};

}  // namespace assay::cli
