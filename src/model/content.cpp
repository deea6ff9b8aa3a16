// SPDX-License-Identifier: Apache-2.0
#include "model/content.h"

#include <algorithm>

namespace assay {
namespace {

template <class Row>
const Row* find_by_id(const std::vector<Row>& rows, std::string_view id) {
  const auto at = std::ranges::find(rows, id, &Row::id);
  return at == rows.end() ? nullptr : &*at;
}

}  // namespace

DocumentStatus Standard::status(const Date& date) const {
  DocumentStatus out = DocumentStatus::not_started;
  for (const HistoryEvent& event : history)
    if (order(event.date, date) <= 0) out = event.status;
  return history.empty() ? DocumentStatus::unknown : out;
}

bool verified(const Clause& clause) {
  return clause.confidence != Confidence::recalled && clause.source_strength != Strength::title;
}

const Standard* find_standard(const Content& content, std::string_view id) {
  return find_by_id(content.standards, id);
}

const Clause* find_clause(const Content& content, std::string_view id) {
  const Standard* standard = find_standard(content, id.substr(0, id.find('/')));
  return standard == nullptr ? nullptr : find_by_id(standard->clauses, id);
}

const Control* find_control(const Content& content, std::string_view id) {
  return find_by_id(content.controls, id);
}

const Condition* find_condition(const Content& content, std::string_view id) {
  return find_by_id(content.conditions, id);
}

const Framework* find_framework(const Content& content, std::string_view id) {
  return find_by_id(content.frameworks, id);
}

const Item* find_item(const Framework& framework, std::string_view id) {
  return find_by_id(framework.items, id);
}

const Lexicon* find_lexicon(const Content& content, std::string_view id) {
  return find_by_id(content.lexicons, id);
}

}  // namespace assay
