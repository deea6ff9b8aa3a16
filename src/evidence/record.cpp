// SPDX-License-Identifier: Apache-2.0
#include "evidence/record.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
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

// Beside the file itself, whatever links lead to it.
Result<Fd> lock(const fs::path& record) {
  std::error_code unknown;
  fs::path path = fs::weakly_canonical(record, unknown);
  if (unknown) path = record;
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

Error no_record(const std::string& path) {
  return {Code::invalid, "not a record of assay", 0, path, "name the file that assay assess wrote"};
}

Status check_magic(const fs::path& path) {
  constexpr std::string_view kMagic = "SQLite format 3";
  std::array<std::byte, kMagic.size()> head{};
  FileReader file = TRY(FileReader::open(path));
  const std::size_t have = TRY(file.read_at(0, head));
  return as_text(Bytes(head).first(have)) == kMagic ? Status(Done{}) : no_record(path.string());
}

Status check_version(const Sqlite& db) {
  const std::int64_t version = TRY(schema_version(db));
  const Error wrong{version > kRecordVersion ? Code::unsupported : Code::invalid,
                    "the record has version " + std::to_string(version) +
                        ", this assay reads version " + std::to_string(kRecordVersion),
                    0, db.path(),
                    version > kRecordVersion ? "use a newer assay"
                                             : "assay record migrate " + db.path() + " NEW_RECORD"};
  if (version == 0) return no_record(db.path());
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
  if (!db_ || !db_->insert) return;
  [[maybe_unused]] const Status committed = commit();
  db_->insert.reset();
  db_->insert_blob.reset();
  // Without a write-ahead log the record can be read from a folder that cannot be written.
  [[maybe_unused]] const Status closed = db_->sql.exec("PRAGMA journal_mode=DELETE");
}

Result<std::unique_ptr<Record>> Record::open(const fs::path& path, Access access) {
  auto database = std::make_unique<Database>();
  const bool write = access == Access::write;
  std::error_code missing;
  if (!write && !fs::exists(path, missing))
    return Error{Code::not_found, "no such record", 0, path.string(), "assay assess writes one"};
  const bool has_bytes = fs::exists(path, missing) && fs::file_size(path, missing) > 0;
  if (!write && !has_bytes)
    return Error{Code::not_found, "the record is empty", 0, path.string(),
                 "assay assess with the same record begins it"};
  // Before a lock file is left beside something that is no record.
  if (write && has_bytes) TRY(check_magic(path));
  if (write) database->lock = TRY(lock(path));
  // A reader too may have to clear up after a writer that was killed; it changes no entry.
  database->sql =
      TRY(Sqlite::open(path.string(), SQLITE_OPEN_READWRITE | (write ? SQLITE_OPEN_CREATE : 0)));
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
  if (const Status status = db_->sql.exec("COMMIT"); !status.ok()) return fail(status.error());
  db_->in_transaction = false;
  db_->last_commit = std::chrono::steady_clock::now();
  return Done{};
}

// What was not committed is gone, and the chain in memory with it: nothing more may be appended
// until the record is opened anew.
Error Record::fail(const Error& error) {
  if (db_->in_transaction) [[maybe_unused]]
    const Status ignored = db_->sql.exec("ROLLBACK");
  db_->in_transaction = false;
  db_->failed = error;
  return error;
}

Status Record::append(const Row& row) {
  if (db_->failed) return *db_->failed;
  if (const Status status = insert(row); !status.ok()) return fail(status.error());
  return Done{};
}

// Commits what has waited for long, so that a kill loses little.
Status Record::commit_if_due() {
  if (std::chrono::steady_clock::now() - db_->last_commit > kCommitEvery) return commit();
  return Done{};
}

Status Record::insert(const Row& row) {
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
  return Done{};
}

Status Record::append_soon(const Row& row) {
  TRY(append(row));
  return commit_if_due();
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
  return append_soon({number, check, attempt, "measurement", m.name, "", body});
}

Status Record::add(const std::string& run, std::string_view check, std::uint64_t attempt,
                   const Finding& f) {
  const std::string body = to_json(f);
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  return append_soon({number, check, attempt, "finding", f.id, f.measurement, body});
}

Status Record::add(const std::string& run, std::string_view check, std::uint64_t attempt,
                   const Attested& a) {
  const std::string body = to_json(a);
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  return append_soon({number, check, attempt, "attested", a.target, "", body});
}

Status Record::add(const std::string& run, std::string_view check, std::uint64_t attempt,
                   const Evidence& e, std::string_view bytes) {
  const std::string body = to_json(e);
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  TRY(append({number, check, attempt, "evidence", e.digest,
              bytes.empty() ? std::string_view{} : kKept, body}));
  if (!bytes.empty()) {
    Statement& insert = *db_->insert_blob;
    insert.rewind();
    insert.bind(e.digest);
    insert.bind(as_raw(bytes));
    if (const auto stored = insert.step(); !stored.ok()) return fail(stored.error());
  }
  return commit_if_due();
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
  // All in one transaction: verdicts without their conclusion would stand before the next one's.
  TRY(commit());
  for (const ClauseResult& result : results) {
    const std::string body = to_json(result);
    TRY(append({number, "", 0, "verdict", result.clause, "", body}));
  }
  return append_committed({number, "", 0, "concluded", results_digest, "", "{}"});
}

Status Record::reported(const std::string& run, const fs::path& folder) {
  const std::scoped_lock guard(mutex_);
  const std::int64_t number = TRY(run_number(run));
  return append_committed({number, "", 0, "reported", "", folder.string(), "{}"});
}

}  // namespace assay::evidence
