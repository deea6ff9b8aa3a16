// SPDX-License-Identifier: Apache-2.0
//
// A bank of test questions: rows of id?, text, risk or aspect, language?, modality?, added?,
// updated?, reviewed?.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/date.h"
#include "formats/table/table.h"

namespace assay::probe {

namespace table = formats::table;

struct BankRules {
  std::vector<std::string> topics;  // ids of the risks or aspects that a question may name
  Date as_of;
  double near = 0.8;     // Jaccard index at which two questions are nearly the same
  bool aspects = false;  // the topics are aspects, not risks
};

// Modality and primary language subtag, lower case, as the bank writes them.
using Pair = std::pair<std::string, std::string>;

// What a bank holds. Questions with the same canonical spelling (text/normalise.h) count once.
struct Bank {
  table::Totals totals;
  std::uint64_t questions = 0;
  std::vector<std::uint64_t> per_topic;  // in the order of BankRules::topics
  std::set<Pair> pairs;
  bool tells_pairs = false;        // has columns for modality and language
  Date updated;                    // latest day of `added` and `updated` up to as_of
  std::uint64_t not_compared = 0;  // questions left out of the search for near duplicates
  std::uint64_t unreviewed = 0;    // of the rows, where the bank has a column `reviewed`
  std::vector<std::uint64_t> questions_hashed;  // sorted, to compare banks
};

// Notes, with their arguments: question-empty (a text of invisible characters; the row does not
// count), question-duplicate (question, first line), question-near-duplicate
// (line of the other, likeness in percent), question-unknown-topic (topic),
// question-id-repeated (id, first line), date-invalid, date-in-future (column, value), and those of
// rows. Those on near duplicates come last.
Result<Bank> read_bank(const fs::path& path, const BankRules& rules, const table::Hooks& hooks);

// How many questions stand in both banks.
std::uint64_t shared_questions(const Bank& a, const Bank& b);

}  // namespace assay::probe
