// SPDX-License-Identifier: Apache-2.0
//
// How the items of one framework (or the risks of one document) meet those of another.
#pragma once

#include "catalog/documents.h"

namespace assay::catalog {

struct CrossRow {
  std::string subject;
  std::string predicate;  // read from subject to object, also where the row stands the other way
  std::string object;
  std::optional<double> score;    // product over the path; unknown where any step has none
  Confidence confidence{};        // the weakest of the path, at best derived on a longer one
  std::vector<std::string> path;  // the items in between
  std::vector<const Mapping*> steps;
};

// What `word` names as an end of a cross-walk: prefix "owasp-llm-2025", document "standard:<id>",
// or nothing.
std::optional<std::string> crosswalk_end(const Content& content, std::string_view word);

// Every prefix that rows use, and every framework.
std::vector<std::string> crosswalk_prefixes(const Content& content);

// Rows from `from` to `to` (ends as crosswalk_end() gives them), in order of subject.
std::vector<CrossRow> crosswalk(const Content& content, std::string_view from, std::string_view to);

// The same over one framework in between.
std::vector<CrossRow> crosswalk_via(const Content& content, std::string_view from,
                                    std::string_view via, std::string_view to);

// Frameworks through which `from` reaches `to` in two steps.
std::vector<std::string> crosswalk_bridges(const Content& content, std::string_view from,
                                           std::string_view to);

// The title of what an id names, else the label that the rows carry.
Text label_of(const Content& content, std::string_view ref, std::string_view fallback);

}  // namespace assay::catalog
