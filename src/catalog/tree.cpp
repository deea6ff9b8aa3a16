// SPDX-License-Identifier: Apache-2.0
#include "catalog/tree.h"

#include <algorithm>

namespace assay::catalog {
namespace {

// Parents are walked down at most this deep; the structure has two levels.
constexpr int kDepth = 8;

TreeNode node(const Content& content, const Part& part,
              const std::vector<const Standard*>& documents, const Date& as_of, int depth) {
  TreeNode out;
  out.part = &part;
  for (const Standard* standard : documents) {
    if (standard->part != part.id) continue;
    out.documents.push_back(standard);
    ++out.counts[standard->status(as_of)];
  }
  if (depth == 0) return out;
  for (const Part& child : content.parts) {
    if (child.parent != part.id) continue;
    out.children.push_back(node(content, child, documents, as_of, depth - 1));
    for (const auto& [status, n] : out.children.back().counts) out.counts[status] += n;
  }
  return out;
}

SlotView slot_view(const Content& content, const Slot& slot) {
  SlotView out{&slot, Filling::unnamed, {}};
  if (const Standard* member = find_standard(content, slot.member)) {
    out.filling = Filling::member;
    out.documents.push_back(member);
    return out;
  }
  for (const std::string& id : slot.candidates)
    if (const Standard* candidate = find_standard(content, id)) out.documents.push_back(candidate);
  if (!out.documents.empty()) out.filling = Filling::candidates;
  return out;
}

void count(KindCount& row, const SlotView& view, const Date& as_of) {
  ++row.slots;
  if (view.filling == Filling::unnamed) ++row.unnamed;
  if (view.filling == Filling::member) ++row.members;
  if (view.filling == Filling::candidates) ++row.candidates;
  auto& counts = view.filling == Filling::member ? row.now : row.candidates_now;
  for (const Standard* document : view.documents) ++counts[document->status(as_of)];
}

}  // namespace

bool is_v1_node(const Part& part) {
  const auto dot = part.id.find('.');
  return dot != std::string::npos && part.id.size() > dot + 2 && part.id[dot + 1] == 'n' &&
         part.id.find_first_not_of("0123456789", dot + 2) == std::string::npos;
}

std::vector<TreeNode> structure(const Content& content, const Date& as_of) {
  const std::vector<const Standard*> documents = list_documents(content, {.as_of = as_of});
  std::vector<TreeNode> out;
  for (const Part& part : content.parts)
    if (part.parent.empty()) out.push_back(node(content, part, documents, as_of, kDepth));
  TreeNode rest;
  for (const Standard* standard : documents) {
    if (find_part(content, standard->part) != nullptr) continue;
    rest.documents.push_back(standard);
    ++rest.counts[standard->status(as_of)];
  }
  out.push_back(std::move(rest));
  return out;
}

const Edition* first_edition(const Content& content) {
  return content.editions.empty() ? nullptr : &content.editions.front();
}

std::size_t EditionView::count(SlotState state, Kind kind) const {
  for (const KindCount& row : counts)
    if (row.state == state && row.kind == kind) return row.slots;
  return 0;
}

EditionView edition_view(const Content& content, const Edition& edition, const Date& as_of) {
  EditionView out{&edition, {}, {}};
  for (const Slot& slot : edition.slots) {
    out.slots.push_back(slot_view(content, slot));
    auto row = std::ranges::find_if(out.counts, [&](const KindCount& have) {
      return have.state == slot.state && have.kind == slot.kind;
    });
    if (row == out.counts.end()) {
      out.counts.push_back({.state = slot.state, .kind = slot.kind});
      row = out.counts.end() - 1;
    }
    count(*row, out.slots.back(), as_of);
  }
  return out;
}

}  // namespace assay::catalog
