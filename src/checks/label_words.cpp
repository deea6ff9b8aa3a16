// SPDX-License-Identifier: Apache-2.0
#include "checks/label_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "checks/label_flaws.h"

namespace assay::checks {
namespace {

// The least that a clause asks of a measurement; 0 where none asks for it.
double least(const Content& content, std::string_view measurement) {
  for (const std::string& id : label_clauses(content, {kExplicitCheck, measurement})) {
    const Clause* clause = find_clause(content, id);
    if (clause != nullptr && clause->threshold.value) return *clause->threshold.value;
  }
  return 0;
}

}  // namespace

Result<label::ExplicitRules> explicit_rules(const Content& content) {
  constexpr std::string_view kWords = "label-words";
  const Lexicon* words = find_lexicon(content, kWords);
  if (words == nullptr)
    return Error{Code::not_found, fmt::format("the content has no lexicon '{}'", kWords), 0,
                 "content/lexicons", "use the content that belongs to this program"};
  label::ExplicitRules out;
  for (const LexiconEntry& entry : words->entries) {
    out.seen.words.add(entry.argument, entry.value);
    // Words of others are looked for in pictures only.
    if (entry.argument.starts_with("other-")) continue;
    if (!out.text.add(entry.argument, entry.value))
      return Error{Code::invalid, fmt::format("'{}' is no role of a word", entry.argument), 0,
                   fmt::format("lexicon {}", kWords), "use a role that the lexicon's note names"};
  }
  out.least_height_percent = least(content, "picture_height");
  out.least_film_height_percent = least(content, "film_height");
  out.least_film_seconds = least(content, "film_seconds");
  return out;
}

}  // namespace assay::checks
