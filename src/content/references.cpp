// SPDX-License-Identifier: Apache-2.0
#include "content/references.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <set>

#include "base/strings.h"
#include "content/thresholds.h"
#include "model/from_node.h"
#include "model/system.h"

namespace assay::content {
namespace {

// The names of one kind of row.
class Names {
 public:
  template <class Rows>
  explicit Names(const Rows& rows) {
    for (const auto& row : rows) list_.push_back(row.id);
    sorted_ = {list_.begin(), list_.end()};
  }
  bool has(const std::string& name) const { return sorted_.contains(name); }
  const std::vector<std::string>& list() const { return list_; }

 private:
  std::vector<std::string> list_;
  std::set<std::string, std::less<>> sorted_;
};

// Rows and what each points to, to find those that lead back to themselves.
using Links = std::map<std::string, std::vector<std::string>>;

// Takes away rows that point nowhere, again and again: what stays lies on a cycle or above one.
void drop_leaves(Links& links) {
  std::map<std::string, std::vector<std::string>> users;
  std::map<std::string, std::size_t> open;
  std::vector<std::string> leaves;
  for (const auto& [from, to] : links) {
    open[from] = to.size();
    if (to.empty()) leaves.push_back(from);
    for (const std::string& target : to) users[target].push_back(from);
  }
  // A target that is no row is a dangling reference, reported elsewhere.
  for (const auto& [target, from] : users)
    if (!links.contains(target)) leaves.push_back(target);
  while (!leaves.empty()) {
    const std::string leaf = std::move(leaves.back());
    leaves.pop_back();
    links.erase(leaf);
    for (const std::string& user : users[leaf])
      if (--open[user] == 0) leaves.push_back(user);
  }
}

constexpr std::string_view kNoteKinds[] = {"white-paper", "other-system", "deliverable-type",
                                           "gap",         "warning",      "crosswalk-fact"};
constexpr std::string_view kPredicates[] = {
    "assay:mitigates", "assay:addressedBy", "assay:noMatch",   "skos:exactMatch",
    "skos:closeMatch", "skos:relatedMatch", "skos:broadMatch", "skos:narrowMatch",
};
constexpr std::string_view kJustifications[] = {
    "semapv:ManualMappingCuration",
    "semapv:LexicalMatching",
    "semapv:LLMBasedMatching",
    "semapv:UnspecifiedMatching",
};

template <std::size_t N>
std::string listed(const std::string_view (&words)[N]) {
  std::vector<std::string> out(std::begin(words), std::end(words));
  return join(out, ", ");
}

template <std::size_t N>
bool among(const std::string_view (&words)[N], const std::string& word) {
  return std::ranges::find(words, word) != std::end(words);
}

// The fields of a system's description that conditions may ask for, and their words; `languages`
// takes any.
struct Field {
  std::string_view name;
  std::vector<std::string> (*words)();
};
constexpr Field kFields[] = {
    {"kind", written_words<SystemKind>},
    {"modalities", written_words<Modality>},
    {"languages", nullptr},
    {"audience", written_words<Audience>},
    {"sector", written_words<Sector>},
    {"stage", written_words<Stage>},
    {"base_model", written_words<Origin>},
    {"features", written_words<Feature>},
};

class Checker {
 public:
  Checker(const Content& content, const SourceOptions& options, const Origins& origins)
      : content_(content),
        options_(options),
        origins_(origins),
        parts_(content.parts),
        standards_(content.standards),
        controls_(content.controls),
        conditions_(content.conditions),
        frameworks_(content.frameworks) {}

  void run() {
    check_manifest();
    check_parts();
    check_editions();
    for (const Standard& standard : content_.standards) check_standard(standard);
    check_controls();
    check_conditions();
    for (const Framework& framework : content_.frameworks) check_framework(framework);
    for (const MappingSet& set : content_.mappings) check_set(set);
    for (const ReferenceNote& note : content_.notes)
      if (!among(kNoteKinds, note.kind))
        origins_.report(row_name("note", note.id), "kind", FaultId::bad_word,
                        {"kind", note.kind, listed(kNoteKinds)});
  }

 private:
  // `name` must be one of `known`; "" is an absent reference.
  void want(const std::string& row, const char* key, const std::string& name, const Names& known,
            std::size_t index = Origins::kWhole) const {
    if (name.empty() || known.has(name)) return;
    if (const auto near = nearest(name, known.list()))
      origins_.report(row, key, FaultId::misspelt_reference, {key, name, *near}, index);
    else
      origins_.report(row, key, FaultId::unknown_reference, {key, name}, index);
  }
  void want_all(const std::string& row, const char* key, const std::vector<std::string>& names,
                const Names& known) const {
    for (std::size_t i = 0; i < names.size(); ++i) want(row, key, names[i], known, i);
  }

  void report_cycles(Links links, const char* key,
                     const std::function<std::string(const std::string&)>& row) const {
    drop_leaves(links);
    for (const auto& [from, to] : links) {
      const auto next = std::ranges::find_if(
          to, [&](const std::string& target) { return links.contains(target); });
      origins_.report(row(from), key, FaultId::parent_cycle, {from, *next});
    }
  }

  void check_manifest() const;
  void check_parts() const;
  void check_editions() const;
  void check_standard(const Standard& standard) const;
  void check_history(const Standard& standard) const;
  void check_controls() const;
  void check_measures(const Control& control, const std::vector<const Clause*>& clauses) const;
  void check_conditions() const;
  void check_field(const Condition& condition) const;
  void check_framework(const Framework& framework) const;
  void check_set(const MappingSet& set) const;
  void check_curie(const MappingSet& set, const std::string& row, const char* key,
                   const std::string& curie) const;

  const Content& content_;
  const SourceOptions& options_;
  const Origins& origins_;
  Names parts_;
  Names standards_;
  Names controls_;
  Names conditions_;
  Names frameworks_;
  mutable std::map<std::string, Names> items_;  // by framework, filled by check_framework
};

void Checker::check_manifest() const {
  const double engine = content_.manifest.requires_engine;
  // The compiled form keeps it in 32 bits.
  if (engine < 0 || engine > INT32_MAX || engine != std::floor(engine))
    origins_.report("manifest", "requires_engine", FaultId::bad_number,
                    {"requires_engine", text_of(engine)});
}

void Checker::check_parts() const {
  Links links;
  for (const Part& part : content_.parts) {
    const std::string row = row_name("part", part.id);
    want(row, "parent", part.parent, parts_);
    if (part.level != 1 && part.level != 2)
      origins_.report(row, "level", FaultId::bad_word, {"level", text_of(part.level), "1, 2"});
    links[part.id];
    if (!part.parent.empty()) links[part.id].push_back(part.parent);
  }
  report_cycles(links, "parent", [](const std::string& id) { return row_name("part", id); });
}

void Checker::check_editions() const {
  for (const Edition& edition : content_.editions) {
    const std::string row = row_name("edition", edition.id);
    for (std::size_t i = 0; i < edition.slots.size(); ++i) {
      const Slot& slot = edition.slots[i];
      want(row, "slots", slot.member, standards_, i);
      for (const std::string& candidate : slot.candidates)
        want(row, "slots", candidate, standards_, i);
      if (!slot.member.empty() && !slot.candidates.empty())
        origins_.report(row, "slots", FaultId::slot_two_ways, {}, i);
    }
  }
}

void Checker::check_history(const Standard& standard) const {
  for (std::size_t i = 1; i < standard.history.size(); ++i) {
    const Date& before = standard.history[i - 1].date;
    const Date& date = standard.history[i].date;
    if (order(date, before) < 0)
      origins_.report(row_name("standard", standard.id), "history", FaultId::history_order,
                      {date.text(), before.text()}, i);
  }
}

void Checker::check_standard(const Standard& standard) const {
  const std::string row = row_name("standard", standard.id);
  want(row, "part", standard.part, parts_);
  want(row, "applies", standard.applies, conditions_);
  want_all(row, "supersedes", standard.supersedes, standards_);
  if (std::ranges::find(standard.supersedes, standard.id) != standard.supersedes.end())
    origins_.report(row, "supersedes", FaultId::parent_cycle, {standard.id, standard.id});
  check_history(standard);
  for (const Clause& clause : standard.clauses) {
    const std::string name = row_name("clause", clause.id);
    want(name, "applies", clause.applies, conditions_);
    want_all(name, "controls", clause.controls, controls_);
    check_threshold(clause.threshold, [&](FaultId id, std::vector<std::string> args) {
      // A value that is no number has been reported as such.
      if (id == FaultId::threshold_wants && origins_.states(name, "threshold", args[1])) return;
      origins_.report(name, "threshold", id, std::move(args));
    });
  }
}

void Checker::check_measures(const Control& control,
                             const std::vector<const Clause*>& clauses) const {
  std::vector<std::string> parts;
  std::vector<std::string> ids;
  bool any_name = false;
  for (const Clause* clause : clauses) {
    ids.push_back(clause->id);
    if (clause->threshold.parts.empty()) any_name = true;
    for (const ThresholdPart& part : clause->threshold.parts) parts.push_back(part.name);
  }
  const std::string row = row_name("control", control.id);
  for (std::size_t i = 0; i < control.measures.size(); ++i) {
    const Measure& measure = control.measures[i];
    if (!any_name && !measure.faults && std::ranges::find(parts, measure.name) == parts.end())
      origins_.report(row, "measures", FaultId::unknown_part,
                      {measure.name, join(ids, ", "), join(parts, ", ")}, i);
    const auto& known = options_.measurements;
    const std::string name = measure.check + "/" + measure.value;
    if (!known.empty() && std::ranges::find(known, name) == known.end())
      origins_.report(row, "measures", FaultId::unknown_measurement,
                      {measure.check, measure.value, join(known, ", ")}, i);
  }
}

void Checker::check_controls() const {
  std::map<std::string, std::vector<const Clause*>> users;
  for (const Standard& standard : content_.standards)
    for (const Clause& clause : standard.clauses)
      for (const std::string& control : clause.controls) users[control].push_back(&clause);
  for (const Control& control : content_.controls) {
    const auto at = users.find(control.id);
    if (at == users.end())
      origins_.report(row_name("control", control.id), "id", FaultId::unused_control, {control.id});
    else
      check_measures(control, at->second);
  }
}

void Checker::check_field(const Condition& condition) const {
  const std::string row = row_name("condition", condition.id);
  const auto field = std::ranges::find(kFields, condition.field, &Field::name);
  if (field == std::end(kFields)) {
    std::vector<std::string> names;
    for (const Field& known : kFields) names.emplace_back(known.name);
    origins_.report(row, "field", FaultId::condition_field, {condition.field, join(names, ", ")});
    return;
  }
  if (field->words == nullptr) return;
  const std::vector<std::string> words = field->words();
  for (std::size_t i = 0; i < condition.any_of.size(); ++i)
    if (std::ranges::find(words, condition.any_of[i]) == words.end())
      origins_.report(row, "any_of", FaultId::condition_word,
                      {condition.field, condition.any_of[i], join(words, ", ")}, i);
}

void Checker::check_conditions() const {
  Links links;
  for (const Condition& condition : content_.conditions) {
    const std::string row = row_name("condition", condition.id);
    const bool asks = !condition.field.empty() && !condition.any_of.empty();
    const int ways = int{condition.always} + int{asks} + int{!condition.all_of.empty()} +
                     int{!condition.one_of.empty()} + int{!condition.none_of.empty()};
    if (ways != 1 || condition.field.empty() != condition.any_of.empty())
      origins_.report(row, "id", FaultId::condition_shape, {condition.id});
    if (!condition.field.empty()) check_field(condition);
    want_all(row, "all_of", condition.all_of, conditions_);
    want_all(row, "one_of", condition.one_of, conditions_);
    want_all(row, "none_of", condition.none_of, conditions_);
    std::vector<std::string>& to = links[condition.id];
    for (const auto* list : {&condition.all_of, &condition.one_of, &condition.none_of})
      to.insert(to.end(), list->begin(), list->end());
  }
  report_cycles(links, "id", [](const std::string& id) { return row_name("condition", id); });
}

void Checker::check_framework(const Framework& framework) const {
  want(row_name("framework", framework.id), "document", framework.document, standards_);
  const auto row = [&](const std::string& id) { return row_name("item", framework.id + ":" + id); };
  const Names& names = items_.emplace(framework.id, Names(framework.items)).first->second;
  Links links;
  for (const Item& item : framework.items) {
    if (item.id.find_first_of(" :\t\n/") != std::string::npos)
      origins_.report(row(item.id), "id", FaultId::bad_id, {item.id, "A-Z a-z 0-9 . - _ ( )"});
    want_all(row(item.id), "parents", item.parents, names);
    links[item.id] = item.parents;
  }
  report_cycles(links, "parents", row);
}

void Checker::check_curie(const MappingSet& set, const std::string& row, const char* key,
                          const std::string& curie) const {
  const std::size_t colon = curie.find(':');
  if (curie.empty()) return;
  if (colon == 0 || colon == std::string::npos || colon + 1 == curie.size())
    return origins_.report(row, key, FaultId::bad_curie, {key, curie});
  const std::string prefix = curie.substr(0, colon);
  const std::string id = curie.substr(colon + 1);
  if (prefix == "standard") return want(row, key, id, standards_);
  if (const auto items = items_.find(prefix); items != items_.end())
    return want(row, key, id, items->second);
  if (std::ranges::find(set.prefixes, prefix, &Prefix::prefix) == set.prefixes.end())
    origins_.report(row, key, FaultId::unknown_prefix, {prefix});
}

void Checker::check_set(const MappingSet& set) const {
  for (const Mapping& mapping : set.rows) {
    const std::string row = mapping_name(set.id, mapping);
    check_curie(set, row, "subject_id", mapping.subject);
    // A row that says that nothing matches names no object of ours.
    check_curie(set, row, "object_id", mapping.object);
    if (!mapping.predicate.empty() && !among(kPredicates, mapping.predicate))
      origins_.report(row, "predicate_id", FaultId::bad_predicate,
                      {mapping.predicate, listed(kPredicates)});
    if (!mapping.justification.empty() && !among(kJustifications, mapping.justification))
      origins_.report(row, "mapping_justification", FaultId::bad_justification,
                      {mapping.justification, listed(kJustifications)});
    if (mapping.score && (*mapping.score < 0 || *mapping.score > 1))
      origins_.report(row, "confidence", FaultId::bad_score, {text_of(*mapping.score)});
  }
}

}  // namespace

void check_references(const Content& content, const SourceOptions& options,
                      const Origins& origins) {
  Checker(content, options, origins).run();
}

}  // namespace assay::content
