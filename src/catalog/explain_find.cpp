// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/strings.h"
#include "catalog/explain.h"

namespace assay::catalog {
namespace {

struct Namer {
  std::string operator()(const Standard* s) const { return "document:" + s->id; }
  std::string operator()(const Clause* c) const { return "clause:" + c->id; }
  std::string operator()(const Control* c) const { return "control:" + c->id; }
  std::string operator()(const Framework* f) const { return "framework:" + f->id; }
  std::string operator()(const std::pair<const Framework*, const Item*>& i) const {
    return i.first->id + ":" + i.second->id;
  }
  std::string operator()(const Condition* c) const { return "condition:" + c->id; }
  std::string operator()(const CheckInfo* c) const { return "check:" + c->id; }
  std::string operator()(const Part* p) const { return "part:" + p->id; }
  std::string operator()(const Lexicon* l) const { return "lexicon:" + l->id; }
  std::string operator()(const Edition* e) const { return "edition:" + e->id; }
  std::string operator()(const MappingSet* m) const { return "crosswalk:" + m->id; }
  std::string operator()(const Source* s) const { return "source:" + s->id; }
  std::string operator()(const ReferenceNote* n) const { return "note:" + n->id; }
  std::string operator()(const WordInfo* w) const {
    return std::string(w->list_word) + ":" + std::string(w->word);
  }
};

// Calls `give` with everything that can be explained and the names it answers to.
template <class Give>
void each_thing(const Content& content, std::span<const CheckInfo> checks, Give give) {
  const auto by_id = [&](const auto& rows) {
    for (const auto& row : rows) give(Thing(&row), std::vector<std::string_view>{row.id});
  };
  for (const Standard& s : content.standards) {
    give(Thing(&s), {s.id, s.number});
    for (const Clause& c : s.clauses) give(Thing(&c), {c.id, c.code});
  }
  by_id(content.controls);
  by_id(content.frameworks);
  for (const Framework& f : content.frameworks)
    for (const Item& i : f.items) give(Thing(std::pair(&f, &i)), {i.id});
  by_id(content.conditions);
  by_id(checks);
  by_id(content.parts);
  by_id(content.lexicons);
  by_id(content.editions);
  by_id(content.mappings);
  by_id(content.sources);
  by_id(content.notes);
  for (const WordInfo& w : all_words()) give(Thing(&w), {w.word, w.name.zh, w.name.en});
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && to_lower(a) == to_lower(b);
}

}  // namespace

std::string qualified_id(const Thing& thing) { return std::visit(Namer{}, thing); }

std::vector<Thing> things_named(const Content& content, std::span<const CheckInfo> checks,
                                std::string_view word) {
  std::vector<Thing> whole;  // the qualified id: never more than one
  std::vector<Thing> named;
  const std::string_view wanted = trim(word);
  if (wanted.empty()) return {};
  const std::string as_document = "document:" + std::string(split_ref(wanted).local);
  const bool standard_ref = split_ref(wanted).prefix == "standard";
  each_thing(content, checks, [&](const Thing& thing, const std::vector<std::string_view>& names) {
    const std::string full = qualified_id(thing);
    if (same(full, wanted) || (standard_ref && same(full, as_document))) whole.push_back(thing);
    const bool hit =
        std::ranges::any_of(names, [&](std::string_view name) { return same(name, wanted); });
    if (hit) named.push_back(thing);
  });
  if (!whole.empty()) return whole;
  if (!named.empty()) return named;
  for (const Standard* standard : documents_named(content, wanted)) named.emplace_back(standard);
  if (!named.empty()) return named;
  const std::string squeezed = squeeze(wanted);
  each_thing(content, checks, [&](const Thing& thing, const std::vector<std::string_view>& names) {
    const bool hit = std::ranges::any_of(names, [&](std::string_view name) {
      return !squeezed.empty() && squeeze(name) == squeezed;
    });
    if (hit) named.push_back(thing);
  });
  return named;
}

std::vector<std::string> known_ids(const Content& content, std::span<const CheckInfo> checks) {
  std::vector<std::string> out;
  each_thing(content, checks, [&](const Thing&, const std::vector<std::string_view>& names) {
    for (const std::string_view name : names)
      if (!name.empty()) out.emplace_back(name);
  });
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace assay::catalog
