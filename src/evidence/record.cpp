// SPDX-License-Identifier: Apache-2.0
#include "evidence/record.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>

#include "evidence/database.h"
#include "evidence/schema.h"
#include "model/json.h"

namespace assay::evidence {
namespace {

// How long results may wait for the disk while a check is running; its end always commits.
constexpr auto kCommitEvery = std::chrono::milliseconds(500);

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

const char* mend_of(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR: return "make the folder first, or name another record with --record";
    case EACCES:
    case EPERM:
    case EROFS: return "may you write to this folder? if not, name another record with --record";
    default: return "";
  }
}

Result<Fd> lock(const fs::path& record) {
  fs::path path = record;
  path += ".lock";
  Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (fd.get() < 0) {
    const int why = errno;
    Error error = io_error(path, "cannot lock the record", why);
    error.mend = mend_of(why);
    return error;
  }
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    char holder[32] = {};
    [[maybe_unused]] const auto n = ::pread(fd.get(), holder, sizeof holder - 1, 0);
    return Error{Code::io,
                 "another assay is writing to this record (process " + std::string(holder) + ")", 0,
                 record.string(), "wait for it to end, or name another record with --record"};
  }
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(fd.get(), 0) != 0 || ::pwrite(fd.get(), pid.data(), pid.size(), 0) < 0)
    return io_error(path, "cannot write the lock", errno);
  return fd;
}

Status check_version(const Sqlite& db) {
  const std::int64_t version = TRY(schema_version(db));
  const Error wrong{version > kRecordVersion ? Code::unsupported : Code::invalid,
                    "the record has version " + std::to_string(version) +
                        ", this assay reads version " + std::to_string(kRecordVersion),
                    0, db.path(),
                    version > kRecordVersion ? "use a newer assay"
                                             : "assay record migrate " + db.path() + " NEW_RECORD"};
  if (version == 0)
    return Error{Code::invalid, "not a record of assay", 0, db.path(),
                 "name the file that assay assess wrote"};
  if (version != kRecordVersion) return wrong;
  return Done{};
}

}  // namespace

struct Record::Row {
  std::int64_t run = 0;
  std::string_view check;
  std::uint64_t attempt = 0;
  std::string_view kind;
  std::string_view name;
  std::string_view about;
  std::string_view body;
};

Record::Record(std::unique_ptr<Database> database) : db_(std::move(database)) {}

Record::~Record() {
  // Nothing left to report to: what was promised durable has been committed before.
  if (db_ && db_->in_transaction) [[maybe_unused]]
    const Status ignored = commit();
}

Result<std::unique_ptr<Record>> Record::open(const fs::path& path, Access access) {
  auto database = std::make_unique<Database>();
  const bool write = access == Access::write;
  std::error_code missing;
  if (!write && !fs::exists(path, missing))
    return Error{Code::not_found, "no such record", 0, path.string(), "assay assess writes one"};
  if (write) database->lock = TRY(lock(path));
  database->sql = TRY(Sqlite::open(
      path.string(), write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY));
  if (write) TRY(create_if_empty(database->sql));
  TRY(check_version(database->sql));
  if (write) {
    TRY(database->sql.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"));
    database->insert = TRY(Statement::prepare(database->sql, kInsertEntry));
    database->insert_blob =
        TRY(Statement::prepare(database->sql, "INSERT OR IGNORE INTO blob VALUES (?, ?)"));
    Statement last = TRY(Statement::prepare(
        database->sql, "SELECT seq, digest FROM entry ORDER BY seq DESC LIMIT 1"));
    if (TRY(last.step())) {
      database->seq = last.number(0);
      const Bytes digest = last.blob(1);
      std::copy_n(digest.begin(), std::min(digest.size(), database->head.size()),
                  database->head.begin());
    }
  }
  return std::unique_ptr<Record>(new Record(std::move(database)));
}

Status Record::commit() {
  if (!db_->in_transaction) return Done{};
  db_->in_transaction = false;
  db_->last_commit = std::chrono::steady_clock::now();
  const Status status = db_->sql.exec("COMMIT");
  if (!status.ok()) [[maybe_unused]]
    const Status ignored = db_->sql.exec("ROLLBACK");
  return status;
}

Status Record::append(const Row& row) {
  if (!db_->in_transaction) {
    TRY(db_->sql.exec("BEGIN IMMEDIATE"));
    db_->in_transaction = true;
  }
  const std::int64_t seq = db_->seq + 1;
  const std::string time = now_utc();
  const Digest digest =
      chain(db_->head, {seq, time, row.run, row.check, static_cast<std::int64_t>(row.attempt),
                        row.kind, row.name, row.about, row.body});
  Statement& insert = *db_->insert;
  insert.rewind();
  insert.bind(seq);
  insert.bind(time);
  insert.bind(row.run);
  insert.bind(row.check);
  insert.bind(static_cast<std::int64_t>(row.attempt));
  insert.bind(row.kind);
  insert.bind(row.name);
  insert.bind(row.about);
  insert.bind(row.body);
  insert.bind(Bytes(digest));
  TRY(insert.step());
  db_->seq = seq;
  db_->head = digest;
  if (std::chrono::steady_clock::now() - db_->last_commit > kCommitEvery) return commit();
  return Done{};
}

Status Record::append_committed(const Row& row) {
  TRY(append(row));
  return commit();
}

Result<std::int64_t> Record::run_number(const std::string& run) const {
  const auto known = db_->run_numbers.find(run);
  if (known != db_->run_numbers.end()) return known->second;
  Statement find =
      TRY(Statement::prepare(db_->sql, "SELECT seq FROM entry WHERE kind = 'run' AND name = ?"));
  find.bind(run);
  if (TRY(find.step())) return db_->run_numbers[run] = find.number(0);
  return Error{Code::not_found, "no run " + run + " in the record", 0, db_->sql.path(),
               "assay record list"};
}

Status Record::begin_run(const RunHeader& header) {
  const std::scoped_lock guard(mutex_);
  const auto known = run_number(header.run);
  if (known.ok()) return Done{};
  if (known.error().code != Code::not_found) return known.error();
  const std::string body = to_json(header);
  return append_committed({0, "", 0, "run", header.run, "", body});
}

Result<std::uint64_t> Record::begin_check(const std::string& run, std::string_view check) {
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  Statement count = TRY(
      Statement::prepare(db_->sql, "SELECT count(*) FROM entry WHERE run = ? AND kind = 'begin'"));
  count.bind(number);
  TRY(count.step());
  const auto attempt = static_cast<std::uint64_t>(count.number(0)) + 1;
  TRY(append_committed({number, check, attempt, "begin", "", "", "{}"}));
  return attempt;
}

Status Record::add(const std::string& run, std::string_view check, std::uint64_t attempt,
                   const Measurement& m) {
  const std::string body = to_json(m);
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  return append({number, check, attempt, "measurement", m.name, "", body});
}

Status Record::add(const std::string& run, std::string_view check, std::uint64_t attempt,
                   const Finding& f) {
  const std::string body = to_json(f);
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  return append({number, check, attempt, "finding", f.id, f.measurement, body});
}

Status Record::add(const std::string& run, std::string_view check, std::uint64_t attempt,
                   const Attested& a) {
  const std::string body = to_json(a);
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  return append({number, check, attempt, "attested", a.target, "", body});
}

Status Record::add(const std::string& run, std::string_view check, std::uint64_t attempt,
                   const Evidence& e, std::string_view bytes) {
  const std::string body = to_json(e);
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  TRY(append({number, check, attempt, "evidence", e.digest,
              bytes.empty() ? std::string_view{} : kKept, body}));
  if (bytes.empty()) return Done{};
  Statement& insert = *db_->insert_blob;
  insert.rewind();
  insert.bind(e.digest);
  insert.bind(as_raw(bytes));
  TRY(insert.step());
  return Done{};
}

Status Record::end_check(const std::string& run, std::uint64_t attempt, const CheckEnd& end) {
  const std::string body = to_json(end);
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  return append_committed({number, end.check, attempt, "end", "", "", body});
}

Status Record::conclude(const std::string& run, const std::vector<ClauseResult>& results,
                        const std::string& results_digest) {
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  Statement known = TRY(Statement::prepare(
      db_->sql,
      "SELECT name FROM entry WHERE run = ? AND kind = 'concluded' ORDER BY seq DESC LIMIT 1"));
  known.bind(number);
  if (TRY(known.step()) && known.text(0) == results_digest) return Done{};
  for (const ClauseResult& result : results) {
    const std::string body = to_json(result);
    TRY(append(
        {number, "", static_cast<std::uint64_t>(db_->seq), "verdict", result.clause, "", body}));
  }
  return append_committed({number, "", 0, "concluded", results_digest, "", "{}"});
}

}  // namespace assay::evidence
