// SPDX-License-Identifier: Apache-2.0
#include "evidence/record.h"

#include <fmt/format.h>

#include <array>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "cli/command.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;
using evidence::Access;
using evidence::Record;

Result<int> list(Session& session) {
  const auto record = TRY(Record::open(session.first("RECORD"), Access::read));
  const auto runs = TRY(record->runs());
  for (const evidence::RunInfo& run : runs) {
    const RunHeader& h = run.header;
    if (session.json())
      session.out(JsonObject()
                      .text("run", run.run)
                      .text("time", run.time)
                      .text("system", h.system)
                      .text("as_of", h.as_of.text())
                      .text("content", h.content_version)
                      .boolean("concluded", run.concluded)
                      .str() +
                  "\n");
    else
      session.out(fmt::format("{}  {}  {}  {} {}  {} {}  {}\n", run.run, run.time, h.system,
                              session.say("截至", "as of"), h.as_of.text(),
                              session.say("内容", "content"), h.content_version,
                              run.concluded ? session.say("已得出结论", "concluded")
                                            : session.say("未完成", "interrupted")));
  }
  if (runs.empty() && !session.json()) session.out(session.say("（没有评估）\n", "(no runs)\n"));
  return 0;
}

Result<std::optional<Digest>> noted_head(const Session& session) {
  const auto text = session.value("--head");
  if (!text) return std::optional<Digest>();
  const Result<Digest> digest = parse_digest(*text);
  if (!digest.ok())
    return Error{Code::invalid, "not a digest: '" + printable(*text, 80) + "'", 0, "--head",
                 "give the 64 hexadecimal digits noted beside the report"};
  return std::optional<Digest>(*digest);
}

Text appended(std::uint64_t noted_at, std::uint64_t entries) {
  return {fmt::format("所记链头是第 {} 条，此后追加了 {} 条", noted_at, entries - noted_at),
          fmt::format("the noted head is entry {}; {} were appended since", noted_at,
                      entries - noted_at)};
}

Result<int> verify(Session& session) {
  const auto noted = TRY(noted_head(session));
  const auto record = TRY(Record::open(session.first("RECORD"), Access::read));
  const evidence::Verification found = TRY(record->verify(noted));
  std::vector<Text> faults = found.faults;
  if (noted && !found.noted_at)
    faults.push_back({fmt::format("档案中没有所记的链头 {}：它之后的条目被移除或改写", hex(*noted)),
                      fmt::format("the noted head {} is not in the record: entries were removed or "
                                  "rewritten since",
                                  hex(*noted))});
  if (session.json()) {
    std::vector<std::string> texts;
    for (const Text& fault : faults) texts.push_back(fault.en);
    JsonObject out;
    out.number("entries", static_cast<double>(found.entries)).text("head", found.head);
    if (found.noted_at) out.number("noted_at", static_cast<double>(*found.noted_at));
    session.out(out.strings("faults", texts).str() + "\n");
  } else {
    session.out(fmt::format("{}: {}\n{}: {}\n", session.say("条目", "entries"), found.entries,
                            session.say("链头", "head"), found.head));
    if (found.noted_at) session.out(session.say(appended(*found.noted_at, found.entries)) + "\n");
    for (const Text& fault : faults) session.out(session.say(fault) + "\n");
    session.out(faults.empty() ? session.say("链完整\n", "the chain is whole\n")
                               : session.say("链已损坏\n", "the chain is broken\n"));
  }
  return faults.empty() ? 0 : 1;
}

Result<int> backup(Session& session) {
  const auto record = TRY(Record::open(session.first("RECORD"), Access::read));
  TRY(record->backup(session.first("TO")));
  session.note(
      fmt::format("{}: {}\n", session.say("已备份到", "backed up to"), session.first("TO")));
  return 0;
}

Result<int> restore(Session& session) {
  TRY(evidence::restore(session.first("BACKUP"), session.first("RECORD")));
  session.note(
      fmt::format("{}: {}\n", session.say("已恢复到", "restored to"), session.first("RECORD")));
  return 0;
}

Result<int> migrate(Session& session) {
  TRY(evidence::migrate(session.first("RECORD"), session.first("TO")));
  session.note(fmt::format("{}: {}\n", session.say("已迁移到副本", "migrated on a copy"),
                           session.first("TO")));
  return 0;
}

Result<int> evidence_bytes(Session& session) {
  const auto record = TRY(Record::open(session.first("RECORD"), Access::read));
  session.out(TRY(record->evidence_bytes(session.first("DIGEST"))));
  return 0;
}

constexpr Positional kRecord = {"RECORD", Arity::one, {"档案文件", "the record"}};
constexpr Positional kTo = {"TO", Arity::one, {"新文件", "a new file"}};
constexpr std::array<Positional, 1> kOne = {kRecord};
constexpr std::array<Positional, 2> kCopy = {kRecord, kTo};
constexpr std::array<Positional, 2> kRestore = {
    {{"BACKUP", Arity::one, {"备份文件", "the backup"}}, kRecord}};
constexpr std::array<Positional, 2> kEvidence = {
    {kRecord, {"DIGEST", Arity::one, {"SHA-256", "SHA-256"}}}};
constexpr Option kJson = {"--json", "", {"以 JSON 输出", "as JSON"}};
constexpr std::array<Option, 1> kListOptions = {kJson};
constexpr std::array<Option, 2> kVerifyOptions = {
    {kJson,
     {"--head",
      "DIGEST",
      {"报告旁所记的链头，必须仍在链中",
       "a head noted beside a report: must still stand in the chain"}}}};
constexpr std::array<std::string_view, 1> kListExamples = {"assay record list lantern.assay"};
constexpr std::array<std::string_view, 2> kVerifyExamples = {
    "assay record verify lantern.assay",
    "assay record verify lantern.assay --head $(awk '/record-head/{print $2}' "
    "lantern-report/record-head.txt)"};
constexpr std::array<std::string_view, 1> kBackupExamples = {
    "assay record backup lantern.assay lantern-2026-11-22.assay"};
constexpr std::array<std::string_view, 1> kRestoreExamples = {
    "assay record restore lantern-2026-11-22.assay lantern.assay"};
constexpr std::array<std::string_view, 1> kMigrateExamples = {
    "assay record migrate old.assay new.assay"};
constexpr std::array<std::string_view, 1> kEvidenceExamples = {
    "assay record evidence lantern.assay DIGEST > keywords.csv"};

constexpr std::array<Command, 6> kCommands = {{
    {"record list",
     {"列出档案中的评估", "list the runs in a record"},
     kOne,
     kListOptions,
     kListExamples,
     list},
    {"record verify",
     {"校验摘要链与证据，显示链头", "verify the chain and the evidence, show the head"},
     kOne,
     kVerifyOptions,
     kVerifyExamples,
     verify},
    {"record backup",
     {"备份档案（评估进行中也可）", "copy a record, also while it is written"},
     kCopy,
     {},
     kBackupExamples,
     backup},
    {"record restore",
     {"校验备份并恢复为新文件", "verify a backup and restore it to a new file"},
     kRestore,
     {},
     kRestoreExamples,
     restore},
    {"record migrate",
     {"把旧版档案迁移到新副本", "bring an older record to the present version, on a copy"},
     kCopy,
     {},
     kMigrateExamples,
     migrate},
    {"record evidence",
     {"取出档案中保存的证据", "write kept evidence to standard output"},
     kEvidence,
     {},
     kEvidenceExamples,
     evidence_bytes},
}};

}  // namespace

extern const Group record_group;
const Group record_group = {
    "record",
    {"档案：列出、校验、备份、恢复、迁移", "the record: list, verify, back up, restore, migrate"},
    kCommands};

}  // namespace assay::cli
