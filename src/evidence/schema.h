// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "base/digest.h"
#include "evidence/sqlite.h"

namespace assay::evidence {

// The columns of an entry that its digest covers, in order.
struct ChainedEntry {
  std::int64_t seq = 0;
  std::string_view time;
  std::int64_t run = 0;
  std::string_view check;
  std::int64_t attempt = 0;
  std::string_view kind;
  std::string_view name;
  std::string_view about;
  std::string_view body;
};

// SHA-256 over the digest before it and every column, each with its length
// (docs/formats/record.md).
Digest chain(const Digest& previous, const ChainedEntry& entry);

extern const char* const kInsertEntry;

// 0 for a file that is no record of ours.
Result<std::int64_t> schema_version(const Sqlite& db);

// Writes the present schema into an empty database; leaves any other as it is.
Status create_if_empty(const Sqlite& db);

// Brings `db` from its version to the present one, a step a version, in one transaction.
Status upgrade(const Sqlite& db);

}  // namespace assay::evidence
