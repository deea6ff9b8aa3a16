// SPDX-License-Identifier: Apache-2.0
//
// The structure of the standards system with its documents, and an edition's slots with what has
// become of them.
#pragma once

#include "catalog/documents.h"

namespace assay::catalog {

// Is this node a box of the V1.0 diagram? Its ids are "<part>.n<number>"; what later reports hang
// on the five parts carries the report's name ("B.tr005-1").
bool is_v1_node(const Part& part);

struct TreeNode {
  const Part* part = nullptr;              // null: the documents without a place
  std::vector<const Standard*> documents;  // of this node itself
  StatusCounts counts;                     // of this node and everything below
  std::vector<TreeNode> children;
};

// The top parts in order of id, and last a node without part.
std::vector<TreeNode> structure(const Content& content, const Date& as_of);

enum class Filling : std::uint8_t { unnamed, candidates, member };

struct SlotView {
  const Slot* slot = nullptr;
  Filling filling{};
  std::vector<const Standard*> documents;  // the member, or the candidates
};

struct KindCount {
  SlotState state{};
  Kind kind{};
  std::size_t slots = 0;
  std::size_t members = 0;
  std::size_t candidates = 0;
  std::size_t unnamed = 0;
  StatusCounts now = {};             // of the members, on the day asked
  StatusCounts candidates_now = {};  // of every candidate document, on the day asked
};

struct EditionView {
  const Edition* edition = nullptr;
  std::vector<SlotView> slots;
  std::vector<KindCount> counts;  // by state and kind, in the order of the slots

  std::size_t count(SlotState state, Kind kind) const;
};

// The first edition of the content ("v1.0"); null where it has none.
const Edition* first_edition(const Content& content);
EditionView edition_view(const Content& content, const Edition& edition, const Date& as_of);

}  // namespace assay::catalog
