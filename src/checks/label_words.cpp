// SPDX-License-Identifier: Apache-2.0
#include "checks/label_words.h"

#include <fmt/format.h>

namespace assay::checks {

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
  return out;
}

}  // namespace assay::checks
