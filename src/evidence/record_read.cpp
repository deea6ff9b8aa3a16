// SPDX-License-Identifier: Apache-2.0
//
// Reading a record: its runs, sealed results, verification and copies.
#include <fmt/format.h>

#include "evidence/database.h"
#include "evidence/schema.h"
#include "model/json.h"

namespace assay::evidence {
namespace {

// The entries of one kind that count: those of the last sealed attempt of each check.
constexpr const char* kSealed =
    "SELECT e.body FROM entry e JOIN (SELECT check_id, max(attempt) AS attempt FROM entry"
    " WHERE run = ?1 AND kind = 'end' GROUP BY check_id) s"
    " ON e.check_id = s.check_id AND e.attempt = s.attempt"
    " WHERE e.run = ?1 AND e.kind = ?2 ORDER BY e.check_id, e.seq";
constexpr const char* kFindings =
    "SELECT e.body FROM entry e JOIN (SELECT check_id, max(attempt) AS attempt FROM entry"
    " WHERE run = ?1 AND kind = 'end' GROUP BY check_id) s"
    " ON e.check_id = s.check_id AND e.attempt = s.attempt"
    " WHERE e.run = ?1 AND e.kind = 'finding'"
    " AND (?2 = '' OR (e.check_id = ?2 AND e.name = ?3 AND e.about = ?4))"
    " ORDER BY e.check_id, e.seq LIMIT ?5";
constexpr const char* kGroups =
    "SELECT e.check_id, e.name, e.about, count(*) FROM entry e JOIN (SELECT check_id,"
    " max(attempt) AS attempt FROM entry WHERE run = ?1 AND kind = 'end' GROUP BY check_id) s"
    " ON e.check_id = s.check_id AND e.attempt = s.attempt"
    " WHERE e.run = ?1 AND e.kind = 'finding' GROUP BY e.check_id, e.name, e.about"
    " ORDER BY e.check_id, e.name, e.about";

template <class T>
Result<std::vector<T>> parse_all(Statement& statement) {
  std::vector<T> out;
  while (TRY(statement.step())) out.push_back(TRY(from_json<T>(statement.text(0))));
  return out;
}

Text entry_fault(std::int64_t seq, const char* zh, const char* en) {
  return {fmt::format("第 {} 条：{}", seq, zh), fmt::format("entry {}: {}", seq, en)};
}

constexpr std::size_t kMaxFaults = 100;

}  // namespace

Result<std::vector<RunInfo>> Record::runs() const {
  const std::scoped_lock guard(mutex_);
  Statement rows = TRY(Statement::prepare(
      db_->sql,
      "SELECT r.time, r.body,"
      " EXISTS (SELECT 1 FROM entry c WHERE c.run = r.seq AND c.kind = 'concluded'),"
      " EXISTS (SELECT 1 FROM entry c WHERE c.run = r.seq AND c.kind = 'reported')"
      " FROM entry r WHERE r.kind = 'run' ORDER BY r.seq"));
  std::vector<RunInfo> out;
  while (TRY(rows.step())) {
    RunHeader header = TRY(from_json<RunHeader>(rows.text(1)));
    const std::string run = header.run;
    out.push_back({run, std::string(rows.text(0)), std::move(header), rows.number(2) != 0,
                   rows.number(3) != 0});
  }
  return out;
}

template <class T>
Result<std::vector<T>> Record::sealed(const std::string& run, std::string_view kind) const {
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  Statement rows = TRY(Statement::prepare(db_->sql, kSealed));
  rows.bind(number);
  rows.bind(kind);
  return parse_all<T>(rows);
}

Result<std::map<std::string, CheckEnd>> Record::ends(const std::string& run) const {
  const auto rows = TRY(sealed<CheckEnd>(run, "end"));
  std::map<std::string, CheckEnd> out;
  for (const CheckEnd& end : rows) out[end.check] = end;
  return out;
}

Result<std::vector<Measurement>> Record::measurements(const std::string& run) const {
  return sealed<Measurement>(run, "measurement");
}
Result<std::vector<Evidence>> Record::evidence(const std::string& run) const {
  return sealed<Evidence>(run, "evidence");
}
Result<std::vector<Attested>> Record::attested(const std::string& run) const {
  return sealed<Attested>(run, "attested");
}

Result<std::vector<ClauseResult>> Record::verdicts(const std::string& run) const {
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  // Those of the last conclusion: after the conclusion before it.
  Statement rows = TRY(Statement::prepare(db_->sql,
                                          "SELECT body FROM entry WHERE run = ?1 AND kind = "
                                          "'verdict' AND seq > coalesce((SELECT seq FROM"
                                          " entry WHERE run = ?1 AND kind = 'concluded' ORDER BY "
                                          "seq DESC LIMIT 1 OFFSET 1), 0) ORDER BY seq"));
  rows.bind(number);
  return parse_all<ClauseResult>(rows);
}

Result<std::string> Record::results_digest(const std::string& run) const {
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  Statement last = TRY(Statement::prepare(
      db_->sql,
      "SELECT name FROM entry WHERE run = ? AND kind = 'concluded' ORDER BY seq DESC LIMIT 1"));
  last.bind(number);
  if (TRY(last.step())) return std::string(last.text(0));
  return Error{Code::not_found, "run " + run + " was interrupted and has no verdicts", 0,
               db_->sql.path(), "run the same assay assess again: it goes on where it stopped"};
}

Status Record::each_finding(const std::string& run, const FindingGroup* group, std::uint64_t limit,
                            const std::function<void(std::string_view)>& visit) const {
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  Statement rows = TRY(Statement::prepare(db_->sql, kFindings));
  rows.bind(number);
  rows.bind(group == nullptr ? "" : std::string_view(group->check));
  rows.bind(group == nullptr ? "" : std::string_view(group->id));
  rows.bind(group == nullptr ? "" : std::string_view(group->measurement));
  rows.bind(static_cast<std::int64_t>(limit));
  while (TRY(rows.step())) visit(rows.text(0));
  return Done{};
}

Result<std::vector<FindingGroup>> Record::finding_groups(const std::string& run) const {
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  Statement rows = TRY(Statement::prepare(db_->sql, kGroups));
  rows.bind(number);
  std::vector<FindingGroup> out;
  while (TRY(rows.step()))
    out.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)),
                   static_cast<std::uint64_t>(rows.number(3))});
  return out;
}

Result<std::string> Record::evidence_bytes(const std::string& digest) const {
  const std::scoped_lock guard(mutex_);
  Statement find = TRY(Statement::prepare(db_->sql, "SELECT bytes FROM blob WHERE digest = ?"));
  find.bind(digest);
  if (TRY(find.step())) return std::string(find.text(0));
  return Error{Code::not_found, "the bytes of " + digest + " are not kept in the record", 0,
               db_->sql.path(), "evidence over 1 MiB is kept by its digest alone"};
}

Result<std::string> Record::head() const {
  const std::scoped_lock guard(mutex_);
  Statement last =
      TRY(Statement::prepare(db_->sql, "SELECT digest FROM entry ORDER BY seq DESC LIMIT 1"));
  if (!TRY(last.step())) return hex(Digest{});
  return hex(last.blob(0));
}

Result<Verification> Record::verify(const std::optional<Digest>& noted) const {
  const std::scoped_lock guard(mutex_);
  Verification out;
  Digest previous{};
  std::int64_t want = 1;
  const auto fault = [&out](Text text) {
    if (out.faults.size() < kMaxFaults) out.faults.push_back(std::move(text));
  };
  Statement rows = TRY(Statement::prepare(db_->sql,
                                          "SELECT seq, time, run, check_id, attempt, kind, name, "
                                          "about, body, digest FROM entry ORDER BY seq"));
  while (TRY(rows.step())) {
    const std::int64_t seq = rows.number(0);
    if (seq != want) fault(entry_fault(want, "缺失", "missing"));
    const Digest digest =
        chain(previous, {seq, rows.text(1), rows.number(2), rows.text(3), rows.number(4),
                         rows.text(5), rows.text(6), rows.text(7), rows.text(8)});
    const Bytes stored = rows.blob(9);
    if (!std::equal(digest.begin(), digest.end(), stored.begin(), stored.end()))
      fault(
          entry_fault(seq, "内容或次序与摘要不符", "changed or moved: its digest does not match"));
    // Go on from what is stored, so that one changed entry is one fault.
    previous = {};
    std::copy_n(stored.begin(), std::min(stored.size(), previous.size()), previous.begin());
    want = seq + 1;
    ++out.entries;
    if (noted && previous == *noted) out.noted_at = out.entries;
  }
  out.head = hex(previous);
  Statement blobs = TRY(Statement::prepare(db_->sql, "SELECT digest, bytes FROM blob"));
  while (TRY(blobs.step()))
    if (const Digest digest = sha256(blobs.blob(1)); hex(digest) != blobs.text(0))
      fault({fmt::format("证据 {}：字节与摘要不符", blobs.text(0)),
             fmt::format("evidence {}: its bytes do not match the digest", blobs.text(0))});
  Statement lost = TRY(Statement::prepare(db_->sql,
                                          "SELECT seq, name FROM entry WHERE kind = 'evidence' AND "
                                          "about = ? AND name NOT IN (SELECT digest FROM blob)"));
  lost.bind(kKept);
  while (TRY(lost.step()))
    fault({fmt::format("条目 {}：所存证据 {} 已缺失", lost.number(0), lost.text(1)),
           fmt::format("entry {}: the evidence {} that it kept is missing", lost.number(0),
                       lost.text(1))});
  return out;
}

Status Record::require_whole() const {
  const Verification found = TRY(verify());
  if (found.faults.empty()) return Done{};
  return Error{Code::invalid, "the record is damaged: " + found.faults.front().en, 0,
               db_->sql.path(), "assay record verify shows all that is wrong; go on from a backup"};
}

namespace {

Status copy_database(const Sqlite& from, const fs::path& to) {
  std::error_code error;
  if (fs::exists(to, error))
    return Error{Code::invalid, "the file is already there", 0, to.string(), "name a new one"};
  const Sqlite target = TRY(Sqlite::open(to.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", from.get(), "main");
  if (backup == nullptr) return target.error("cannot copy the record");
  sqlite3_backup_step(backup, -1);
  const int code = sqlite3_backup_finish(backup);
  if (code == SQLITE_OK) return Done{};
  Error failed = target.error("cannot copy the record");
  fs::remove(to, error);
  return failed;
}

}  // namespace

Status Record::backup(const fs::path& to) const {
  const std::scoped_lock guard(mutex_);
  return copy_database(db_->sql, to);
}

Status restore(const fs::path& from, const fs::path& to) {
  const auto record = TRY(Record::open(from, Access::read));
  TRY(record->require_whole());
  return record->backup(to);
}

Status migrate(const fs::path& from, const fs::path& to) {
  const Sqlite source = TRY(Sqlite::open(from.string(), SQLITE_OPEN_READONLY));
  const std::int64_t version = TRY(schema_version(source));
  if (version <= 0 || version > kRecordVersion)
    return Error{version > 0 ? Code::unsupported : Code::invalid,
                 fmt::format("cannot migrate version {}", version), 0, from.string(),
                 "use the assay that wrote it"};
  TRY(copy_database(source, to));
  const Sqlite copy = TRY(Sqlite::open(to.string(), SQLITE_OPEN_READWRITE));
  return upgrade(copy);
}

}  // namespace assay::evidence
