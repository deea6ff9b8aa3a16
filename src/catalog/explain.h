// SPDX-License-Identifier: Apache-2.0
//
// What any id of the content is, why it is there, where it is used, how it is checked and how sure
// we are. "Where it is used" is computed: nothing in the data points upwards.
#pragma once

#include <span>
#include <variant>

#include "catalog/documents.h"

namespace assay::catalog {

// What explain() says of a check; the caller gives them, since checks live above this room.
struct CheckInfo {
  std::string id;
  Text title;
  std::vector<std::string> measurements;
};

// A word of one of the model's enumerations: "derived", "in-force".
struct WordInfo {
  StaticText list;  // "confidence"
  std::string_view list_word;
  std::string_view word;
  StaticText name;
  StaticText meaning;
};

using Thing = std::variant<const Standard*, const Clause*, const Control*, const Framework*,
                           std::pair<const Framework*, const Item*>, const Condition*,
                           const CheckInfo*, const Part*, const Lexicon*, const Edition*,
                           const MappingSet*, const Source*, const ReferenceNote*, const WordInfo*>;

struct Fact {
  std::string_view key;
  StaticText label;
  std::vector<Text> values;
};

struct Explanation {
  std::string_view kind;
  StaticText kind_name;
  std::string id;
  Text title;
  std::vector<Fact> facts;
};

// "clause:gbt-45654/GAI-KW-001": the one way of naming a thing that is never ambiguous.
std::string qualified_id(const Thing& thing);

// Everything that `word` names; exact ids before tolerant readings. Empty: nothing.
std::vector<Thing> things_named(const Content& content, std::span<const CheckInfo> checks,
                                std::string_view word);

// Every id that things_named() knows, to offer the nearest ones.
std::vector<std::string> known_ids(const Content& content, std::span<const CheckInfo> checks);

Explanation explain(const Content& content, std::span<const CheckInfo> checks, const Thing& thing,
                    const Date& as_of);

// What a confidence means, in a sentence.
StaticText meaning_of(Confidence confidence);

std::span<const WordInfo> all_words();

}  // namespace assay::catalog
