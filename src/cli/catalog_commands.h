// SPDX-License-Identifier: Apache-2.0
//
// The commands of `assay catalog` and what they share.
#pragma once

#include "catalog/documents.h"
#include "catalog/explain.h"
#include "cli/command.h"

namespace assay::cli {

Result<int> catalog_list(Session& session);
Result<int> catalog_show(Session& session);
Result<int> catalog_search(Session& session);
Result<int> catalog_tree(Session& session);
Result<int> catalog_map(Session& session);
Result<int> catalog_gaps(Session& session);
Result<int> catalog_timeline(Session& session);
Result<int> catalog_diff(Session& session);
Result<int> catalog_crosswalk(Session& session);
Result<int> catalog_export(Session& session);
Result<int> catalog_diagram(Session& session);
Result<int> catalog_matrix(Session& session);

// "--kind does not know 'x'", with the words that it knows.
Error bad_word(const Session& session, std::string_view option, std::string_view given,
               std::string_view known);

// The option as a word of E, by its word or its name in either language; nothing where not given.
template <Worded E>
Result<std::optional<E>> option_word(const Session& session, std::string_view option) {
  const auto text = session.value(option);
  if (!text) return std::optional<E>();
  std::string known;
  for (const Word<E>& row : Words<E>::table) {
    if (row.word == *text || row.name.zh == *text || row.name.en == *text)
      return std::optional<E>(row.value);
    if (row.word == "unstated") continue;
    known += known.empty() ? "" : ", ";
    known += row.word;
  }
  return bad_word(session, option, *text, known);
}

// Which day a partial date stands for: "2025" is 1 January where a span begins.
enum class Edge : std::uint8_t { first_day, last_day };
Result<Date> option_date(const Session& session, std::string_view option, Edge edge,
                         const Date& otherwise);

// The one document that `word` names; not found and ambiguous are errors that name the nearest.
Result<const Standard*> one_document(const Session& session, const Content& content,
                                     std::string_view word);

// The framework of --edition; "1.0" where it is not given.
Result<const Framework*> edition_option(const Session& session, const Content& content);

// Writes to --output (atomically), else to standard output.
Result<int> deliver(Session& session, std::string_view bytes);

// "现行 3、已发布 2".
std::string counts_text(const catalog::StatusCounts& counts, Language language);
std::string counts_json(const catalog::StatusCounts& counts);
std::string text_json(const Text& text);

// What explain() says of checks, from the checks themselves.
std::vector<catalog::CheckInfo> check_infos();

std::string explanation_text(const catalog::Explanation& explanation, Language language);
std::string explanation_json(const catalog::Explanation& explanation, Language language);

}  // namespace assay::cli
