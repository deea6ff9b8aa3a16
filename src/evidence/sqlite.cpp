// SPDX-License-Identifier: Apache-2.0
#include "evidence/sqlite.h"

namespace assay::evidence {
namespace {

Code code_of(int sqlite_code) {
  switch (sqlite_code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Code::invalid;
    case SQLITE_MISUSE: return Code::internal;
    default: return Code::io;
  }
}

const char* mend_of(int sqlite_code) {
  switch (sqlite_code & 0xFF) {
    case SQLITE_FULL:
      return "free space on the disk and run the same command again: nothing recorded is lost";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return "restore a backup: assay record restore BACKUP RECORD";
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN: return "is the folder there, and may you write to it?";
    default: return "";
  }
}

}  // namespace

Result<Sqlite> Sqlite::open(const std::string& path, int flags) {
  sqlite3* raw = nullptr;
  Sqlite out;
  out.path_ = path;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  out.db_.reset(raw);
  if (code != SQLITE_OK) return out.error("cannot open the record");
  sqlite3_busy_timeout(raw, 5000);
  sqlite3_extended_result_codes(raw, 1);
  // A hostile record must not run anything: no functions from its schema, no odd pointers.
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return out;
}

Error Sqlite::error(std::string_view doing) const {
  const int code = sqlite3_extended_errcode(db_.get());
  return Error{code_of(code), std::string(doing) + ": " + sqlite3_errmsg(db_.get()), 0, path_,
               mend_of(code)};
}

Status Sqlite::exec(const char* sql) const {
  if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error("record");
  return Done{};
}

Result<Statement> Statement::prepare(const Sqlite& db, const char* sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(db.get(), sql, -1, &raw, nullptr) != SQLITE_OK) return db.error("record");
  Statement out;
  out.statement_.reset(raw);
  out.db_ = &db;
  return out;
}

void Statement::rewind() {
  sqlite3_reset(statement_.get());
  bound_ = 0;
}

void Statement::bind(std::int64_t value) { sqlite3_bind_int64(statement_.get(), ++bound_, value); }

void Statement::bind(std::string_view text) {
  sqlite3_bind_text64(statement_.get(), ++bound_, text.data() == nullptr ? "" : text.data(),
                      text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void Statement::bind(Bytes blob) {
  sqlite3_bind_blob64(statement_.get(), ++bound_, blob.data(), blob.size(), SQLITE_TRANSIENT);
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return db_->error("record");
}

std::string_view Statement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string_view()
                          : std::string_view(bytes, static_cast<std::size_t>(size));
}

Bytes Statement::blob(int column) const { return as_raw(text(column)); }

}  // namespace assay::evidence
