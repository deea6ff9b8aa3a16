// SPDX-License-Identifier: Apache-2.0
#include "catalog/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "catalog/risks.h"
#include "model/json.h"
#include "model/threshold.h"

namespace assay::catalog {
namespace {

template <class T>
std::vector<std::string> each_json(const std::vector<T>& rows) {
  std::vector<std::string> out;
  out.reserve(rows.size());
  for (const T& row : rows) out.push_back(to_json(row));
  return out;
}

std::string document_json(const Standard& standard, const Date& as_of) {
  return JsonObject::extend(to_json(standard))
      .text("status", word(standard.status(as_of)))
      .list("clauses", each_json(standard.clauses))
      .str();
}

std::string csv_cell(std::string_view text) {
  std::string out(text);
  if (!out.empty() && std::string_view("=+-@\t\r").find(out[0]) != std::string_view::npos)
    out.insert(0, "'");
  if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  return quoted + "\"";
}

template <Worded E>
std::string said(E value) {
  return std::string(word(value));
}

std::string documents_csv(const Content& content, const Date& as_of) {
  std::string out =
      csv_row({"id", "number", "kind", "status", "part", "title_zh", "title_en", "issued",
               "effective", "in_v1", "clauses", "risks", "supersedes", "confidence"});
  for (const Standard* s : list_documents(content, {.as_of = as_of})) {
    std::vector<std::string> risks;
    for (const RiskLink& link : links_of_document(content, *s)) risks.push_back(link.risk);
    out += csv_row({s->id, s->number, said(s->kind), said(s->status(as_of)), s->part, s->title.zh,
                    s->title.en, s->issued.text(), s->effective.text(), said(s->in_v1),
                    std::to_string(s->clauses.size()), join(risks, " "), join(s->supersedes, " "),
                    said(s->confidence)});
  }
  return out;
}

std::string clauses_csv(const Content& content) {
  std::string out = csv_row({"id", "standard", "code", "place_zh", "place_en", "subject", "force",
                             "test", "statement_zh", "statement_en", "threshold", "controls",
                             "confidence", "source_strength"});
  for (const Standard& s : content.standards)
    for (const Clause& c : s.clauses)
      out += csv_row({c.id, s.id, c.code, c.place.zh, c.place.en, said(c.subject), said(c.force),
                      said(c.test), c.statement.zh, c.statement.en, threshold_text(c.threshold).en,
                      join(c.controls, " "), said(c.confidence), said(c.source_strength)});
  return out;
}

std::string score_text(const std::optional<double>& score) {
  return score ? json_number(*score) : std::string();
}

std::string mappings_csv(const Content& content) {
  std::string out = csv_row({"set", "subject_id", "subject_label", "predicate_id", "object_id",
                             "object_label", "mapping_justification", "confidence",
                             "mapping_source", "comment", "assay_confidence"});
  for (const MappingSet& set : content.mappings)
    for (const Mapping& m : set.rows)
      out +=
          csv_row({set.id, m.subject, m.subject_label, m.predicate, m.object, m.object_label,
                   m.justification, score_text(m.score), m.source, m.comment, said(m.confidence)});
  return out;
}

std::string sssom_cell(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  return out;
}

std::string sssom_header(std::string_view id, std::string_view title, std::string_view license,
                         const std::vector<Prefix>& prefixes, std::string_view comment) {
  std::string out = fmt::format("#mapping_set_id: {}\n#mapping_set_title: {}\n#license: {}\n", id,
                                json_string(title), license);
  out += "#curie_map:\n";
  for (const Prefix& prefix : prefixes)
    out += fmt::format("#  {}: {}\n", prefix.prefix, json_string(prefix.url));
  if (!comment.empty()) out += fmt::format("#comment: {}\n", json_string(comment));
  out +=
      "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\t"
      "confidence\tmapping_source\tcomment\tassay_confidence\n";
  return out;
}

std::string sssom_rows(const MappingSet& set) {
  std::string out;
  for (const Mapping& m : set.rows) {
    std::vector<std::string> cells;
    for (const std::string& cell :
         {m.subject, m.subject_label, m.predicate, m.object, m.object_label, m.justification,
          score_text(m.score), m.source, m.comment, said(m.confidence)})
      cells.push_back(sssom_cell(cell));
    out += join(cells, "\t") + "\n";
  }
  return out;
}

std::vector<Prefix> all_prefixes(const Content& content) {
  std::map<std::string, std::string> seen;
  for (const MappingSet& set : content.mappings)
    for (const Prefix& prefix : set.prefixes) seen.emplace(prefix.prefix, prefix.url);
  std::vector<Prefix> out;
  for (const auto& [prefix, url] : seen) out.push_back({prefix, url});
  return out;
}

}  // namespace

std::string export_json(const Content& content, const Date& as_of) {
  std::vector<std::string> documents;
  for (const Standard& standard : content.standards)
    documents.push_back(document_json(standard, as_of));
  return JsonObject()
             .text("content", content.manifest.id)
             .text("version", content.manifest.version)
             .text("facts_as_of", content.manifest.facts_as_of.text())
             .text("as_of", as_of.text())
             .text("digest", content.digest)
             .list("parts", each_json(content.parts))
             .list("editions", each_json(content.editions))
             .list("documents", documents)
             .list("controls", each_json(content.controls))
             .list("conditions", each_json(content.conditions))
             .list("frameworks", each_json(content.frameworks))
             .list("mapping_sets", each_json(content.mappings))
             .list("lexicons", each_json(content.lexicons))
             .list("timeline", each_json(content.timeline))
             .list("notes", each_json(content.notes))
             .list("sources", each_json(content.sources))
             .str() +
         "\n";
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::vector<std::string> out;
  out.reserve(cells.size());
  for (const std::string& cell : cells) out.push_back(csv_cell(cell));
  return join(out, ",") + "\r\n";
}

std::string export_csv(const Content& content, CsvTable table, const Date& as_of) {
  switch (table) {
    case CsvTable::documents: return documents_csv(content, as_of);
    case CsvTable::clauses: return clauses_csv(content);
    case CsvTable::mappings: return mappings_csv(content);
  }
  return {};
}

Result<std::string> export_sssom(const Content& content, std::string_view set) {
  if (!set.empty()) {
    const auto at = std::ranges::find(content.mappings, set, &MappingSet::id);
    if (at != content.mappings.end())
      return sssom_header(at->set, at->title, at->license, at->prefixes, at->comment) +
             sssom_rows(*at);
    std::vector<std::string> known;
    for (const MappingSet& have : content.mappings) known.push_back(have.id);
    return Error{Code::invalid,
                 "no mapping set '" + printable(set) + "'",
                 0,
                 {},
                 "one of: " + join(known, ", ")};
  }
  std::set<std::string> licenses;
  std::string rows;
  for (const MappingSet& have : content.mappings) {
    licenses.insert(have.license);
    rows += sssom_rows(have);
  }
  const std::string comment =
      "All mapping sets of the content, one after another; each row keeps its own source.";
  return sssom_header("urn:assay:crosswalk:all", "All cross-walks of " + content.manifest.id,
                      join({licenses.begin(), licenses.end()}, " "), all_prefixes(content),
                      comment) +
         rows;
}

}  // namespace assay::catalog
