// SPDX-License-Identifier: Apache-2.0
//
// The records of data annotation, four tables: people, items, batches and rules. README.md beside
// this file names their columns. Items are streamed: what is kept grows with people, tasks and
// batches, not with items.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/date.h"
#include "corpus/source_ledger.h"
#include "formats/table/table.h"

namespace assay::corpus {

struct Person {
  bool annotates = false;  // roles on the register; both false where it names none
  bool reviews = false;
};

struct Annotators {
  table::Totals totals;
  Share trained;     // active people with a day of training up to as_of
  Share exam_valid;  // active people with an exam passed and not yet expired
  std::unordered_map<std::string, Person> people;
};

// Notes: annotator-untrained (id), annotator-exam-missing (id), annotator-exam-no-expiry (id),
// annotator-exam-expired (id, day), annotator-repeated (id, first line), value-unknown (column,
// value), date-invalid (column, value), and those of rows.
Result<Annotators> read_annotators(const fs::path& path, const Date& as_of,
                                   const table::Hooks& hooks);

struct AnnotationItems {
  table::Totals totals;
  std::uint64_t safety_items = 0;
  std::uint64_t functional_items = 0;
  // Items annotated and reviewed by one person, and people with both roles in a task by different
  // items of it.
  std::uint64_t role_conflicts = 0;
  std::uint64_t reviewed = 0;            // items that name a reviewer
  bool people_forgotten = false;         // more people in tasks than are remembered
  std::uint64_t min_reviews_safety = 0;  // approvals by others, of the item with fewest
  std::unordered_set<std::string> functional_batches;
  std::uint64_t kinds_unknown = 0;
};

// `people` may be null: then nobody is held against the register. Notes: item-role-conflict (item,
// person), item-both-roles-in-task (person, task), item-unreviewed (item), item-unknown-person
// (person), item-role-not-held (person, role), item-kind-unknown (item, kind), value-unknown
// (column, value), and those of rows.
Result<AnnotationItems> read_annotation_items(const fs::path& path,
                                              const std::unordered_map<std::string, Person>* people,
                                              const table::Hooks& hooks);

struct AnnotationBatches {
  table::Totals totals;
  Share sampled;  // functional batches with a record and a number of items sampled that they have
};

// `known` (may be null): batches that the items name; those without a row count as not sampled.
// Notes: batch-not-sampled (batch), batch-missing (batch), batch-sample-too-large (batch, sampled,
// items), item-kind-unknown (batch, kind), value-unknown (column, value), batch-repeated (batch,
// first line), and those of rows.
Result<AnnotationBatches> read_annotation_batches(const fs::path& path,
                                                  const std::unordered_set<std::string>* known,
                                                  const table::Hooks& hooks);

struct AnnotationRules {
  table::Totals totals;
  std::uint64_t sets = 0;          // of functional and safety: those that cover both roles
  std::uint64_t min_sections = 0;  // of goal, data format, method, quality metrics: of the set with
                                   // fewest
  std::uint64_t risks = 0;         // of `risks`, those that safety rules name
};

// Notes: rule-section-missing (rule set, section), rule-role-missing (rule set, role),
// rule-risk-missing (risk), rule-unknown-risk (risk), value-unknown (column, value), and those of
// rows.
Result<AnnotationRules> read_annotation_rules(const fs::path& path,
                                              const std::vector<std::string>& risks,
                                              const table::Hooks& hooks);

}  // namespace assay::corpus
