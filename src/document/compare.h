// SPDX-License-Identifier: Apache-2.0
//
// Two documents, or two versions of one, piece by piece: what stayed, changed, moved, came and
// went.
#pragma once

#include <string>
#include <vector>

#include "document/outline.h"

namespace assay::document {

// An article, clause, annex or heading with the text below it up to the next; a block where the
// document has none of these.
struct Piece {
  std::string label;  // "Article 5", "5.2.1"; empty without a number
  Span span;
};
std::vector<Piece> pieces_of(const Document& document, const Outline& outline);

enum class ChangeKind : std::uint8_t { same, changed, added, removed };

// A stretch that stands in one text only; of the other the span is empty and tells where.
struct Edit {
  Span before, after;
};

struct Change {
  ChangeKind kind{};
  bool moved = false;  // its place among those that stand in both
  int before = -1;     // index of a piece; -1: none
  int after = -1;
  double likeness = 0;      // 0 to 1: shared pairs of words (of characters in Chinese)
  std::vector<Edit> edits;  // by words; one over all of them where there are too many to tell apart
};

// Pairs pieces of the same text, then those nearly the same, those of the same label that are
// alike, and any that are alike. In the order of `after`, what was removed behind what it followed.
std::vector<Change> compare(const Document& before, const std::vector<Piece>& old_pieces,
                            const Document& after, const std::vector<Piece>& new_pieces);

}  // namespace assay::document
