// SPDX-License-Identifier: Apache-2.0
//
// A library of keywords for filtering: rows of keyword, risk, added?, updated?.
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "formats/table/table.h"

namespace assay::corpus {

namespace table = formats::table;

struct KeywordRules {
  std::vector<std::string> risks;   // ids that a keyword may name
  std::size_t min_code_points = 2;  // a shorter keyword hits too much to filter with
  Date as_of;
};

// What a library holds. A keyword is a term in canonical spelling (text/normalise.h): variants in
// case and width count once. Too short ones are not counted, nor those with an unknown risk alone:
// the text names what a library must cover, and nothing says that other words make up its size.
struct KeywordLibrary {
  table::Totals totals;
  std::uint64_t keywords = 0;
  std::uint64_t unplaced = 0;           // rows that name no known risk
  std::vector<std::uint64_t> per_risk;  // in the order of KeywordRules::risks
  Date updated;                         // latest day up to as_of; none where no row has one
};

// Notes, with their arguments: keyword-duplicate (keyword, first line), keyword-conflicting-risk
// (keyword, risk, first line), keyword-too-short (keyword), keyword-unknown-risk (keyword, risk),
// date-invalid (column, value), date-in-future (column, value), and those of rows.
Result<KeywordLibrary> read_keyword_library(const fs::path& path, const KeywordRules& rules,
                                            const table::Hooks& hooks);

}  // namespace assay::corpus
