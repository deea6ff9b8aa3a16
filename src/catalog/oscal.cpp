// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "base/strings.h"
#include "catalog/export.h"
#include "catalog/json_object.h"
#include "model/json.h"
#include "model/threshold.h"

namespace assay::catalog {
namespace {

constexpr std::string_view kVersion = "1.2.1";
constexpr std::string_view kNamespace = "urn:assay:oscal:ns";

// How OSCAL says what a SKOS predicate says. Those without a word of OSCAL's own carry our
// namespace.
struct Relationship {
  std::string_view predicate;
  std::string_view token;
  bool ours;
};
constexpr std::array<Relationship, 8> kRelationships = {{
    {"skos:exactMatch", "equivalent-to", false},
    {"skos:closeMatch", "intersects-with", false},
    {"skos:relatedMatch", "intersects-with", false},
    {"skos:broadMatch", "subset-of", false},
    {"skos:narrowMatch", "superset-of", false},
    {"assay:noMatch", "no-relationship", false},
    {"assay:mitigates", "mitigates", true},
    {"assay:addressedBy", "addressed-by", true},
}};

// OSCAL strings neither begin nor end with white space and hold no line break.
std::string line(std::string_view text) {
  std::string out(trim(text));
  for (char& c : out)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return out.empty() ? "-" : out;
}

// An OSCAL token: begins with a letter, holds letters, digits, '.', '-' and '_'.
std::string token(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '.' || c == '-' || c == '_';
    out.push_back(fits ? c : c == '/' || c == ':' ? '.' : '_');
  }
  const bool starts =
      !out.empty() && ((out[0] >= 'a' && out[0] <= 'z') || (out[0] >= 'A' && out[0] <= 'Z'));
  return starts ? out : "_" + out;
}

std::string prop(std::string_view name, std::string_view value) {
  return JsonObject().text("name", name).text("ns", kNamespace).text("value", line(value)).str();
}

// Puts a list in only when it holds something: OSCAL knows no empty lists.
void put(JsonObject& object, std::string_view key, const std::vector<std::string>& items) {
  if (!items.empty()) object.list(key, items);
}

std::string part(std::string_view id, std::string_view name, std::string_view language,
                 std::string_view prose) {
  return JsonObject()
      .text("id", token(fmt::format("{}_{}_{}", id, name, language)))
      .text("name", name)
      .list("props", {prop("language", language)})
      .text("prose", prose)
      .str();
}

void add_parts(std::vector<std::string>& parts, std::string_view id, std::string_view name,
               const Text& text) {
  if (text.empty()) return;
  parts.push_back(part(id, name, "zh", text.zh));
  parts.push_back(part(id, name, "en", text.en));
}

std::string metadata(const Content& content, std::string_view title) {
  return JsonObject()
      .text("title", title)
      .text("last-modified", content.manifest.facts_as_of.last_day().text() + "T00:00:00Z")
      .text("version", content.manifest.version)
      .text("oscal-version", kVersion)
      .list("props", {prop("content-id", content.manifest.id)})
      .text("remarks",
            "Statements are assay's own wording, never the text of a standard. Each carries a "
            "confidence: sourced, derived or recalled.")
      .str();
}

std::string parameter(const Clause& clause, const std::string& id) {
  const Threshold& t = clause.threshold;
  const std::string said = threshold_text(t).en;
  JsonObject constraint;
  constraint.text("description", said);
  JsonObject out;
  out.text("id", id + "_prm");
  out.list("props", {prop("operator", word(t.op))});
  out.text("label", line(t.unit.empty() ? "limit" : t.unit.en));
  out.list("constraints", {constraint.str()});
  std::vector<std::string> values;
  if (t.value)
    values.push_back(json_string(json_number(*t.value)));
  else if (!t.text.empty())
    values.push_back(json_string(line(t.text)));
  else
    for (const std::string& value : t.values) values.push_back(json_string(line(value)));
  put(out, "values", values);
  return out.str();
}

std::string control(const Clause& clause) {
  const std::string id = token(clause.id);
  JsonObject out;
  out.text("id", id).text("class", "clause");
  out.text("title", line(fmt::format("{} {}", clause.code, clause.place.en)));
  if (clause.threshold.op != Op::none) out.list("params", {parameter(clause, id)});
  std::vector<std::string> props = {prop("label", clause.code),
                                    prop("place", clause.place.en),
                                    prop("subject", word(clause.subject)),
                                    prop("test", word(clause.test)),
                                    prop("force", word(clause.force)),
                                    prop("confidence", word(clause.confidence))};
  if (clause.place.zh != clause.place.en) props.push_back(prop("place-zh", clause.place.zh));
  if (clause.source_strength != Strength::unstated)
    props.push_back(prop("source-strength", word(clause.source_strength)));
  if (!clause.applies.empty()) props.push_back(prop("applies", clause.applies));
  for (const std::string& name : clause.controls) props.push_back(prop("control", name));
  out.list("props", props);
  std::vector<std::string> parts;
  add_parts(parts, id, "statement", clause.statement);
  add_parts(parts, id, "guidance", clause.note);
  put(out, "parts", parts);
  return out.str();
}

std::string group(const Standard& standard, const Date& as_of) {
  const std::string id = token(standard.id);
  JsonObject out;
  out.text("id", id).text("class", word(standard.kind));
  const bool named = standard.title.en.find(standard.number) != std::string::npos;
  out.text("title", line(named ? standard.title.en : standard.number + " " + standard.title.en));
  std::vector<std::string> props = {
      prop("title-zh", standard.title.zh), prop("status", word(standard.status(as_of))),
      prop("status-as-of", as_of.text()), prop("in-v1", word(standard.in_v1)),
      prop("confidence", word(standard.confidence))};
  if (!standard.number.empty()) props.push_back(prop("number", standard.number));
  if (!standard.part.empty()) props.push_back(prop("part", standard.part));
  if (standard.issued.known()) props.push_back(prop("issued", standard.issued.text()));
  if (standard.effective.known()) props.push_back(prop("effective", standard.effective.text()));
  for (const std::string& old : standard.supersedes) props.push_back(prop("supersedes", old));
  out.list("props", props);
  std::vector<std::string> parts;
  add_parts(parts, id, "objective", standard.key_issue);
  add_parts(parts, id, "overview", standard.content);
  put(out, "parts", parts);
  std::vector<std::string> controls;
  for (const Clause& clause : standard.clauses) controls.push_back(control(clause));
  put(out, "controls", controls);
  return out.str();
}

const Relationship* relationship(std::string_view predicate) {
  const auto at = std::ranges::find(kRelationships, predicate, &Relationship::predicate);
  return at == kRelationships.end() ? nullptr : &*at;
}

std::string mapping_item(std::string_view id, std::string_view label) {
  JsonObject out;
  out.text("type", "control").text("id-ref", line(id));
  if (!trim(label).empty()) out.list("props", {prop("label", label)});
  return out.str();
}

std::string map_row(const MappingSet& set, const Mapping& row) {
  const Relationship* found = relationship(row.predicate);
  JsonObject out;
  out.text("uuid", uuid5(fmt::format("oscal/map/{}/{}/{}/{}", set.id, row.subject, row.predicate,
                                     row.object)));
  if (found == nullptr || found->ours) out.text("ns", kNamespace);
  out.text("relationship", found == nullptr ? token(row.predicate) : std::string(found->token));
  out.list("sources", {mapping_item(row.subject, row.subject_label)});
  out.list("targets", {mapping_item(row.object, row.object_label)});
  if (row.score)
    out.raw("confidence-score", JsonObject().number("percentage", *row.score * 100).str());
  else
    out.raw("confidence-score", JsonObject().text("category", word(row.confidence)).str());
  out.list("props", {prop("confidence", word(row.confidence)), prop("predicate", row.predicate),
                     prop("justification", row.justification)});
  if (!trim(row.comment).empty()) out.text("remarks", row.comment);
  return out.str();
}

// One justification of SSSOM as OSCAL's method: by a person, or by a program.
std::string_view method(const std::vector<const Mapping*>& rows) {
  const auto by_program = [](const Mapping* row) {
    return row->justification == "semapv:LLMBasedMatching" ||
           row->justification == "semapv:LexicalMatching";
  };
  if (std::ranges::all_of(rows, by_program)) return "automation";
  return std::ranges::any_of(rows, by_program) ? "hybrid" : "human";
}

std::string resource_uuid(std::string_view prefix) {
  return uuid5(fmt::format("oscal/resource/{}", prefix));
}

std::string resource_ref(std::string_view prefix) {
  return JsonObject().text("type", "catalog").text("href", "#" + resource_uuid(prefix)).str();
}

std::string resource(const Content& content, const std::string& prefix) {
  JsonObject out;
  out.text("uuid", resource_uuid(prefix));
  out.list("props", {prop("prefix", prefix)});
  const Framework* framework = find_framework(content, prefix);
  std::string title = framework == nullptr ? prefix : framework->title.en;
  if (prefix == "standard") title = "Documents of the catalogue of " + content.manifest.id;
  out.raw("citation", JsonObject().text("text", line(title)).str());
  return out.str();
}

using Pair = std::pair<std::string, std::string>;

std::string mapping(const MappingSet& set, const Pair& ends,
                    const std::vector<const Mapping*>& rows) {
  std::vector<std::string> maps;
  for (const Mapping* row : rows) maps.push_back(map_row(set, *row));
  JsonObject out;
  out.text("uuid", uuid5(fmt::format("oscal/mapping/{}/{}/{}", set.id, ends.first, ends.second)));
  out.text("method", method(rows));
  out.raw("source-resource", resource_ref(ends.first));
  out.raw("target-resource", resource_ref(ends.second));
  out.list("maps", maps);
  out.list("props", {prop("mapping-set", set.set)});
  out.text("mapping-description", set.comment.empty() ? set.title : set.title + ". " + set.comment);
  return out.str();
}

}  // namespace

std::string export_oscal_catalog(const Content& content, const Date& as_of) {
  std::vector<std::string> groups;
  for (const Standard& standard : content.standards) groups.push_back(group(standard, as_of));
  JsonObject catalog;
  catalog.text("uuid", uuid5(fmt::format("oscal/catalog/{}/{}/{}", content.manifest.id,
                                         content.manifest.version, as_of.text())));
  catalog.raw("metadata", metadata(content, "AI security standards"));
  put(catalog, "groups", groups);
  return JsonObject().raw("catalog", catalog.str()).str() + "\n";
}

std::string export_oscal_mapping(const Content& content) {
  std::vector<std::string> mappings;
  std::set<std::string> prefixes;
  for (const MappingSet& set : content.mappings) {
    std::map<Pair, std::vector<const Mapping*>> by_ends;
    for (const Mapping& row : set.rows)
      by_ends[{std::string(split_ref(row.subject).prefix),
               std::string(split_ref(row.object).prefix)}]
          .push_back(&row);
    for (const auto& [ends, rows] : by_ends) {
      prefixes.insert(ends.first);
      prefixes.insert(ends.second);
      mappings.push_back(mapping(set, ends, rows));
    }
  }
  std::vector<std::string> resources;
  for (const std::string& prefix : prefixes) resources.push_back(resource(content, prefix));
  JsonObject collection;
  collection.text("uuid", uuid5(fmt::format("oscal/mapping-collection/{}/{}", content.manifest.id,
                                            content.manifest.version)));
  collection.raw("metadata",
                 metadata(content, "Cross-walks between AI security standards and frameworks"));
  collection.raw(
      "provenance",
      JsonObject()
          .text("method", "hybrid")
          .text("matching-rationale", "semantic")
          .text("status", "not-complete")
          .text("mapping-description",
                "Each mapping names its set, its method and the confidence of each row; rows "
                "marked derived are our own reading, not that of the standards' owners.")
          .str());
  collection.list("mappings", mappings);
  JsonObject back;
  put(back, "resources", resources);
  collection.raw("back-matter", back.str());
  return JsonObject().raw("mapping-collection", collection.str()).str() + "\n";
}

}  // namespace assay::catalog
