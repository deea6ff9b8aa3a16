// SPDX-License-Identifier: Apache-2.0
//
// The few calls of SQLite that the record needs, with Result for its errors. Included by record.cpp
// and its neighbours only.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/byte_reader.h"
#include "base/result.h"

namespace assay::evidence {

class Sqlite {
 public:
  // `flags` of sqlite3_open_v2.
  static Result<Sqlite> open(const std::string& path, int flags);
  Status exec(const char* sql) const;
  Error error(std::string_view doing) const;
  sqlite3* get() const { return db_.get(); }
  const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  };
  std::unique_ptr<sqlite3, Close> db_;
  std::string path_;
};

// A prepared statement. Bind in order with bind(), then step() until it gives false.
class Statement {
 public:
  static Result<Statement> prepare(const Sqlite& db, const char* sql);
  void rewind();
  void bind(std::int64_t value);
  void bind(std::string_view text);
  void bind(Bytes blob);
  Result<bool> step();
  std::int64_t number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
  std::string_view text(int column) const;  // valid until the next step()
  Bytes blob(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  const Sqlite* db_ = nullptr;
  int bound_ = 0;
};

}  // namespace assay::evidence
