// SPDX-License-Identifier: Apache-2.0
#include "catalog/crosswalk.h"

#include <algorithm>
#include <set>

namespace assay::catalog {
namespace {

constexpr std::string_view kNoMatch = "assay:noMatch";

struct Inverse {
  std::string_view predicate;
  std::string_view inverse;
};
constexpr std::array<Inverse, 6> kInverses = {{
    {"skos:broadMatch", "skos:narrowMatch"},
    {"skos:narrowMatch", "skos:broadMatch"},
    {"assay:mitigates", "assay:mitigatedBy"},
    {"assay:mitigatedBy", "assay:mitigates"},
    {"assay:addressedBy", "assay:addresses"},
    {"assay:addresses", "assay:addressedBy"},
}};

std::string invert(const std::string& predicate) {
  const auto at = std::ranges::find(kInverses, predicate, &Inverse::predicate);
  return at == kInverses.end() ? predicate : std::string(at->inverse);
}

// What two steps say together. An exact step hands the other on; steps of one direction keep it;
// everything else is only related.
std::string compose(const std::string& first, const std::string& second) {
  if (first == "skos:exactMatch") return second;
  if (second == "skos:exactMatch" || first == second)
    return first == "skos:closeMatch" && second == "skos:closeMatch" ? "skos:relatedMatch" : first;
  if (first.starts_with("assay:") && second.starts_with("skos:")) return first;
  if (second.starts_with("assay:") && first.starts_with("skos:")) return second;
  return "skos:relatedMatch";
}

// `end` is a prefix, or the id of one document or item.
bool belongs(std::string_view id, std::string_view end) {
  return id == end || split_ref(id).prefix == end;
}

CrossRow forward(const Mapping& row) {
  return {row.subject, row.predicate, row.object, row.score, row.confidence, {}, {&row}};
}

CrossRow backward(const Mapping& row) {
  return {row.object, invert(row.predicate), row.subject, row.score, row.confidence, {}, {&row}};
}

CrossRow chain(const CrossRow& first, const CrossRow& second) {
  CrossRow out{first.subject,
               compose(first.predicate, second.predicate),
               second.object,
               {},
               {},
               {first.object},
               first.steps};
  out.steps.insert(out.steps.end(), second.steps.begin(), second.steps.end());
  if (first.score && second.score) out.score = *first.score * *second.score;
  out.confidence = std::min({first.confidence, second.confidence, Confidence::derived});
  return out;
}

void sort_rows(std::vector<CrossRow>& rows) {
  std::ranges::stable_sort(rows, [](const CrossRow& a, const CrossRow& b) {
    return std::tie(a.subject, a.object, a.path) < std::tie(b.subject, b.object, b.path);
  });
  const auto same = [](const CrossRow& a, const CrossRow& b) {
    return std::tie(a.subject, a.object, a.path, a.predicate) ==
           std::tie(b.subject, b.object, b.path, b.predicate);
  };
  rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
}

}  // namespace

std::vector<std::string> crosswalk_prefixes(const Content& content) {
  std::set<std::string> out;
  for (const Framework& framework : content.frameworks) out.insert(framework.id);
  for (const MappingSet& set : content.mappings)
    for (const Mapping& row : set.rows) {
      out.emplace(split_ref(row.subject).prefix);
      out.emplace(split_ref(row.object).prefix);
    }
  return {out.begin(), out.end()};
}

std::optional<std::string> crosswalk_end(const Content& content, std::string_view word) {
  const std::vector<std::string> prefixes = crosswalk_prefixes(content);
  if (std::ranges::find(prefixes, word) != prefixes.end()) return std::string(word);
  if (find_item_by_ref(content, word) != nullptr) return std::string(word);
  const auto documents = documents_named(content, word);
  if (documents.size() == 1) return document_ref(*documents.front());
  return std::nullopt;
}

std::vector<CrossRow> crosswalk(const Content& content, std::string_view from,
                                std::string_view to) {
  std::vector<CrossRow> out;
  for (const MappingSet& set : content.mappings)
    for (const Mapping& row : set.rows) {
      if (row.predicate == kNoMatch) continue;
      if (belongs(row.subject, from) && belongs(row.object, to))
        out.push_back(forward(row));
      else if (belongs(row.object, from) && belongs(row.subject, to))
        out.push_back(backward(row));
    }
  sort_rows(out);
  return out;
}

std::vector<CrossRow> crosswalk_via(const Content& content, std::string_view from,
                                    std::string_view via, std::string_view to) {
  const std::vector<CrossRow> first = crosswalk(content, from, via);
  const std::vector<CrossRow> second = crosswalk(content, via, to);
  std::vector<CrossRow> out;
  for (const CrossRow& a : first)
    for (const CrossRow& b : second)
      if (a.object == b.subject && a.subject != b.object) out.push_back(chain(a, b));
  sort_rows(out);
  return out;
}

std::vector<std::string> crosswalk_bridges(const Content& content, std::string_view from,
                                           std::string_view to) {
  std::vector<std::string> out;
  for (const std::string& via : crosswalk_prefixes(content)) {
    if (via == from || via == to || via == "standard") continue;
    if (!crosswalk_via(content, from, via, to).empty()) out.push_back(via);
  }
  return out;
}

Text label_of(const Content& content, std::string_view ref, std::string_view fallback) {
  if (const Item* item = find_item_by_ref(content, ref)) return item->title;
  if (const Standard* standard = find_standard_by_ref(content, ref)) return standard->title;
  return {std::string(fallback), std::string(fallback)};
}

}  // namespace assay::catalog
