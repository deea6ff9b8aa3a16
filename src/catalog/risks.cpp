// SPDX-License-Identifier: Apache-2.0
#include "catalog/risks.h"

#include <algorithm>

#include "catalog/tree.h"

namespace assay::catalog {
namespace {

constexpr std::string_view kMitigates = "assay:mitigates";
constexpr std::string_view kNoMatch = "assay:noMatch";

// The rows that lead from a document to a risk.
std::vector<const Mapping*> document_rows(const Content& content) {
  std::vector<const Mapping*> out;
  for (const MappingSet& set : content.mappings)
    for (const Mapping& row : set.rows)
      if (row.predicate == kMitigates && split_ref(row.subject).prefix == "standard")
        out.push_back(&row);
  return out;
}

// Puts a link in, or its route into the link of the same pair that is there.
void add_link(std::vector<RiskLink>& links, RiskLink link) {
  const auto at = std::ranges::find_if(links, [&](const RiskLink& have) {
    return have.risk == link.risk && have.standard == link.standard;
  });
  if (at == links.end()) return links.push_back(std::move(link));
  if (at->via.empty()) return;
  for (std::string& risk : link.via)
    if (std::ranges::find(at->via, risk) == at->via.end()) at->via.push_back(std::move(risk));
}

void add_through_concordance(const Content& content, const Framework& framework, const Mapping& row,
                             const Standard& standard, std::vector<RiskLink>& links) {
  for (std::string& risk : concordance(content, row.object, framework))
    // A chain of readings is our own, whatever its parts are.
    add_link(links, {std::move(risk),
                     &standard,
                     std::min(row.confidence, Confidence::derived),
                     {row.object},
                     row.comment});
}

std::size_t place(const Framework& framework, std::string_view ref) {
  const std::string_view local = split_ref(ref).local;
  const auto at = std::ranges::find(framework.items, local, &Item::id);
  return static_cast<std::size_t>(at - framework.items.begin());
}

void count_in(Gap& gap, const Standard& standard, const Date& as_of) {
  const Stage where = stage(standard, as_of);
  if (!normative(standard.kind) && where == Stage::not_started) return;
  auto& list = normative(standard.kind) ? gap.by_stage[where] : gap.others;
  if (std::ranges::find(list, &standard) == list.end()) list.push_back(&standard);
}

}  // namespace

bool is_risk(const Item& item) {
  return item.kind == ItemKind::risk || item.kind == ItemKind::agent_risk;
}

std::vector<const Framework*> governance_frameworks(const Content& content) {
  std::vector<const Framework*> out;
  for (const Framework& framework : content.frameworks) {
    const Standard* document = find_standard(content, framework.document);
    if (document != nullptr && document->kind == Kind::framework) out.push_back(&framework);
  }
  return out;
}

const Framework* framework_of_edition(const Content& content, std::string_view edition) {
  for (const Framework* framework : governance_frameworks(content))
    if (framework->edition == edition || framework->id == edition) return framework;
  return find_framework(content, edition);
}

std::vector<std::string> concordance(const Content& content, std::string_view risk,
                                     const Framework& other) {
  std::vector<std::string> out;
  for (const MappingSet& set : content.mappings)
    for (const Mapping& row : set.rows) {
      if (!row.predicate.starts_with("skos:") || row.predicate == kNoMatch) continue;
      if (row.subject == risk && split_ref(row.object).prefix == other.id)
        out.push_back(row.object);
      if (row.object == risk && split_ref(row.subject).prefix == other.id)
        out.push_back(row.subject);
    }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::string> qualify_item(const Content& content, std::string_view id) {
  const Ref ref = split_ref(id);
  if (!ref.prefix.empty()) return {std::string(id)};
  std::vector<std::string> out;
  for (const Framework& framework : content.frameworks)
    if (find_item(framework, id) != nullptr) out.push_back(framework.id + ":" + std::string(id));
  return out;
}

std::vector<RiskLink> risk_links(const Content& content, const Framework& framework) {
  std::vector<RiskLink> links;
  for (const Mapping* row : document_rows(content)) {
    const Standard* standard = find_standard_by_ref(content, row->subject);
    if (standard == nullptr) continue;
    if (split_ref(row->object).prefix == framework.id)
      add_link(links, {row->object, standard, row->confidence, {}, row->comment});
    else
      add_through_concordance(content, framework, *row, *standard, links);
  }
  std::ranges::stable_sort(links, {},
                           [&](const RiskLink& link) { return place(framework, link.risk); });
  return links;
}

std::vector<RiskLink> links_of_risk(const Content& content, std::string_view risk) {
  std::vector<RiskLink> out;
  for (const std::string& ref : qualify_item(content, risk)) {
    const Framework* framework = find_framework(content, split_ref(ref).prefix);
    if (framework == nullptr) continue;
    for (RiskLink& link : risk_links(content, *framework))
      if (link.risk == ref) out.push_back(std::move(link));
  }
  return out;
}

std::vector<RiskLink> links_of_document(const Content& content, const Standard& standard) {
  std::vector<RiskLink> out;
  const std::string wanted = document_ref(standard);
  for (const Mapping* row : document_rows(content))
    if (row->subject == wanted)
      add_link(out, {row->object, &standard, row->confidence, {}, row->comment});
  return out;
}

const RiskLink* RiskMatrix::at(const RiskRow& row, const Standard& standard) const {
  const auto found = std::ranges::find(row.links, &standard, &RiskLink::standard);
  return found == row.links.end() ? nullptr : *found;
}

RiskMatrix risk_matrix(const Content& content, const Framework& framework, const Date& as_of) {
  RiskMatrix out;
  out.framework = &framework;
  out.links = risk_links(content, framework);
  for (const Item& item : framework.items)
    if (is_risk(item)) out.rows.push_back({&item, item_ref(framework, item), {}});
  for (const RiskLink& link : out.links) {
    if (!link.via.empty()) out.through_concordance = true;
    const auto row = std::ranges::find(out.rows, link.risk, &RiskRow::ref);
    if (row != out.rows.end()) row->links.push_back(&link);
  }
  for (const Standard* standard : list_documents(content, {.as_of = as_of}))
    if (std::ranges::find(out.links, standard, &RiskLink::standard) != out.links.end())
      out.documents.push_back(standard);
  std::stable_partition(out.documents.begin(), out.documents.end(),
                        [](const Standard* standard) { return normative(standard->kind); });
  return out;
}

std::size_t Gap::count(Stage wanted) const {
  const auto at = by_stage.find(wanted);
  return at == by_stage.end() ? 0 : at->second.size();
}

std::string_view Gap::state() const {
  for (const Stage best : {Stage::in_force, Stage::issued, Stage::in_development})
    if (count(best) > 0) return kStages[static_cast<std::size_t>(best)].word;
  return mapped ? "none" : "not-mapped";
}

std::vector<Gap> risk_gaps(const Content& content, const Framework& framework, const Date& as_of) {
  std::vector<Gap> out;
  const RiskMatrix matrix = risk_matrix(content, framework, as_of);
  for (const RiskRow& row : matrix.rows) {
    Gap gap{row.ref, &row.item->title, {}, {}, matrix.through_concordance, !row.links.empty()};
    for (const RiskLink* link : row.links) count_in(gap, *link->standard, as_of);
    out.push_back(std::move(gap));
  }
  return out;
}

std::vector<Gap> part_gaps(const Content& content, const Date& as_of) {
  std::vector<Gap> out;
  for (const Part& part : content.parts) {
    if (part.level > 1 && !is_v1_node(part)) continue;
    Gap gap{part.id, &part.title, {}, {}, false, true};
    for (const Standard& standard : content.standards)
      if (within_part(content, standard.part, part.id)) count_in(gap, standard, as_of);
    out.push_back(std::move(gap));
  }
  return out;
}

}  // namespace assay::catalog
