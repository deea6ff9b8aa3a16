// SPDX-License-Identifier: Apache-2.0
//
// What `assay document coverage` found, for its pages and pictures.
#pragma once

#include <string>
#include <vector>

#include "document/coverage.h"
#include "document/outline.h"
#include "document/sentences.h"
#include "model/content.h"

namespace assay::cli {

// A framework whose items can be found in texts: those with names, in their order.
struct Taxonomy {
  const Framework* framework = nullptr;
  std::vector<const Item*> items;
  document::CoverageReader reader;
};

struct Covered {
  std::string path;
  document::Document document;
  document::Outline outline;
  document::TextLanguage language{};
  // By taxonomy, then by item; empty where the language is not read.
  std::vector<std::vector<document::TopicCoverage>> ratings;
};

// "Article 10 (2), p. 48"; empty where the document has neither numbers nor pages.
std::string cited(const Covered& covered, std::size_t offset, Language language);

inline constexpr StaticText kNotRated = {"既非中文也非英文，或没有文字：未评定",
                                         "neither Chinese nor English, or without text: not rated"};
// A quotation on a line of the terminal; cells of a row stand apart by a space.
std::string quoted(std::string_view text, std::size_t most);

// The page as JSON: null for a document without pages.
std::string page_json(const document::Document& document, std::size_t offset);

std::string_view word(
    document::CoverageLevel level);  // none, minimal, good: in JSON and as a class
StaticText level_text(document::CoverageLevel level);
// "2 more sentences, 1 of them with a duty", or nothing at the highest level.
std::string lacking_text(const document::TopicCoverage& coverage,
                         const document::CoverageRules& rules, Language language);

// One self-contained page: documents against the items of each taxonomy, then each document with
// its passages; of a single one the whole text, with the passages marked.
std::string coverage_page(const std::vector<Taxonomy>& taxonomies,
                          const std::vector<Covered>& documents, Language language);

// Documents against the items of one taxonomy.
std::string coverage_svg(const Taxonomy& taxonomy, const std::vector<Covered>& documents,
                         std::size_t at, Language language);

}  // namespace assay::cli
