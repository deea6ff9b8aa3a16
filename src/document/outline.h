// SPDX-License-Identifier: Apache-2.0
//
// The parts of a document by their numbering: chapters, articles, clauses, items.
#pragma once

#include <string>
#include <vector>

#include "document/document.h"
#include "document/numbering.h"

namespace assay::document {

struct Node {
  Unit unit{};
  std::string label;  // as it stands: "第十二条", "Article 5", "5.2.1", "(a)"
  std::string title;  // empty where it has none
  int parent = -1;    // index; -1: none
  int depth = 0;
  Span head;  // the block that the number stands in
  Span span;  // to the next node of its rank or above
};

struct Outline {
  std::string title;
  std::vector<Node> nodes;  // in the order of the text; a parent stands before its children
};

// A number counts where it continues its sequence: a line that only begins with a reference to
// "Article 6" is none, nor is a table of contents.
Outline outline_of(const Document& document);

// Where an offset stands, as one cites it: "Article 10 (2)", "第十二条 （三）"; by chapter where
// there are no articles or clauses, empty where there is no number at all.
std::string place_of(const Outline& outline, std::size_t offset);

// A line of a table of contents: "Scope ........ 7", "适用范围……7"; an ellipsis within a sentence
// is none.
bool in_contents(std::string_view line);

}  // namespace assay::document
