// SPDX-License-Identifier: Apache-2.0
//
// The ledger of where training data comes from: one row a source. README.md beside this file names
// the columns and what each kind of source must have on record.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "base/date.h"
#include "formats/table/table.h"

namespace assay::corpus {

namespace table = formats::table;

struct Share {
  std::uint64_t of = 0;
  std::uint64_t have = 0;
};

// Recorded files named in SourceLedger::robots_files.
inline constexpr std::size_t kMaxRobotsFiles = 10'000;

struct SourceLedger {
  table::Totals totals;
  std::uint64_t types = 0;         // pairs of language and modality
  std::uint64_t min_per_type = 0;  // different sources of the pair that has fewest
  Share open_source_licensed;      // licence and its record
  Share bought_contracted;         // contract and the supplier's proof
  Share user_authorised;
  Share synthetic_recorded;  // version of the model and day of acquisition
  Share collected_recorded;  // of self-collected data, websites too: a record of the collection
  Share complete;            // all that the kind of source asks for
  std::uint64_t robots_disallowed = 0;
  std::uint64_t robots_unread =
      0;  // self-collected from the web, rules not on record or unreadable
  std::set<std::string> robots_files;  // those read, below the ledger's folder; the first of many
};

// Paths in the ledger start at its own folder. Words such as "none", "待补" and "-" are no value,
// except where a site has no robots rules; a cell that names a file is none where the file is not
// there. Notes, with their arguments:
// source-incomplete (id, names of what is missing) and, for what its kind asks for, one of
// source-unlicensed, source-uncontracted, source-unauthorised, source-version-unrecorded and
// source-collection-unrecorded (the same arguments), source-file-missing (id, column, path),
// source-robots-disallowed (id, url),
// source-robots-unreadable (id, path, why), source-kind-unknown (id, kind), source-id-repeated (id,
// first line), source-foreign-only (language, modality), date-invalid, date-in-future (column,
// value), and those of rows.
Result<SourceLedger> read_source_ledger(const fs::path& path, const Date& as_of,
                                        const table::Hooks& hooks);

}  // namespace assay::corpus
