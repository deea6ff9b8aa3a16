// SPDX-License-Identifier: Apache-2.0
#include "evidence/schema.h"

#include <array>
#include <string>

#include "evidence/record.h"

namespace assay::evidence {
namespace {

// "assy"
constexpr const char* kApplicationId = "PRAGMA application_id = 0x61737379;";
constexpr std::int64_t kApplicationNumber = 0x61737379;

// Steps[i] leads from version i to version i + 1; version 0 is an empty file. Version 2 keeps the
// database itself from changing or removing entries and finds results by index.
constexpr std::array<const char*, kRecordVersion> kSteps = {
    "CREATE TABLE entry (seq INTEGER PRIMARY KEY, time TEXT NOT NULL, run INTEGER NOT NULL,"
    " check_id TEXT NOT NULL, attempt INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,"
    " about TEXT NOT NULL, body TEXT NOT NULL, digest BLOB NOT NULL) STRICT;"
    "CREATE TABLE blob (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;"
    "PRAGMA user_version = 1;",
    "CREATE INDEX entry_by_kind ON entry (run, kind, check_id, attempt);"
    "CREATE INDEX run_by_name ON entry (name) WHERE kind = 'run';"
    "CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry BEGIN"
    " SELECT RAISE(ABORT, 'the record is append-only'); END;"
    "CREATE TRIGGER entry_is_not_removed BEFORE DELETE ON entry BEGIN"
    " SELECT RAISE(ABORT, 'the record is append-only'); END;"
    "PRAGMA user_version = 2;",
};

Result<std::int64_t> pragma(const Sqlite& db, const char* sql) {
  Statement statement = TRY(Statement::prepare(db, sql));
  TRY(statement.step());
  return statement.number(0);
}

void add(Sha256& hash, std::int64_t number) {
  std::array<std::byte, 8> raw{};
  for (std::size_t i = 0; i < raw.size(); ++i)
    raw[i] = static_cast<std::byte>(static_cast<std::uint64_t>(number) >> (8 * i) & 0xFF);
  hash.update(raw);
}

void add(Sha256& hash, std::string_view text) {
  add(hash, static_cast<std::int64_t>(text.size()));
  hash.update(as_raw(text));
}

Status run_steps(const Sqlite& db, std::int64_t from) {
  for (auto version = static_cast<std::size_t>(from); version < kSteps.size(); ++version)
    TRY(db.exec(kSteps[version]));
  return Done{};
}

}  // namespace

const char* const kInsertEntry =
    "INSERT INTO entry (seq, time, run, check_id, attempt, kind, name, about, body, digest)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

Digest chain(const Digest& previous, const ChainedEntry& entry) {
  Sha256 hash;
  hash.update(previous);
  add(hash, entry.seq);
  add(hash, entry.time);
  add(hash, entry.run);
  add(hash, entry.check);
  add(hash, entry.attempt);
  add(hash, entry.kind);
  add(hash, entry.name);
  add(hash, entry.about);
  add(hash, entry.body);
  return hash.finish();
}

Result<std::int64_t> schema_version(const Sqlite& db) {
  const std::int64_t application = TRY(pragma(db, "PRAGMA application_id"));
  if (application != kApplicationNumber) return 0;
  return pragma(db, "PRAGMA user_version");
}

Status create_if_empty(const Sqlite& db) {
  const std::int64_t tables = TRY(pragma(db, "SELECT count(*) FROM sqlite_master"));
  if (tables > 0) return Done{};
  TRY(db.exec("BEGIN IMMEDIATE"));
  TRY(db.exec(kApplicationId));
  TRY(run_steps(db, 0));
  return db.exec("COMMIT");
}

Status upgrade(const Sqlite& db) {
  const std::int64_t version = TRY(schema_version(db));
  TRY(db.exec("BEGIN IMMEDIATE"));
  TRY(run_steps(db, version));
  return db.exec("COMMIT");
}

}  // namespace assay::evidence
