// SPDX-License-Identifier: Apache-2.0
//
// What a Record holds; shared by record.cpp (writing) and record_read.cpp (reading).
#pragma once

#include <chrono>
#include <map>
#include <optional>

#include "base/digest.h"
#include "base/files.h"
#include "evidence/record.h"
#include "evidence/sqlite.h"

namespace assay::evidence {

// What an evidence entry is about when its bytes are kept beside it, so that their loss shows.
inline constexpr std::string_view kKept = "kept";

struct Record::Database {
  Fd lock;
  Sqlite sql;
  std::optional<Statement> insert;
  std::optional<Statement> insert_blob;
  std::map<std::string, std::int64_t, std::less<>> run_numbers;
  Digest head{};
  std::int64_t seq = 0;
  bool in_transaction = false;
  std::optional<Error> failed;  // the first write that could not be made
  std::chrono::steady_clock::time_point last_commit{};
};

}  // namespace assay::evidence
