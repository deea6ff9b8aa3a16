// SPDX-License-Identifier: Apache-2.0
//
// catalog list, show and search.
#include <fmt/format.h>

#include <cmath>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "catalog/risks.h"
#include "catalog/search.h"
#include "cli/catalog_commands.h"
#include "cli/table.h"
#include "model/json.h"

namespace assay::cli {
namespace {

constexpr std::string_view kHits = "20";

// The keys of the machine interface first, never renamed.
std::string list_json(const Standard& s, const Date& as_of) {
  return catalog::JsonObject()
             .text("id", s.id)
             .text("number", s.number)
             .text("kind", word(s.kind))
             .text("status", word(s.status(as_of)))
             .text("part", s.part)
             .text("title_zh", s.title.zh)
             .text("title_en", s.title.en)
             .text("confidence", word(s.confidence))
             .text("in_v1", word(s.in_v1))
             .text("issued", s.issued.text())
             .text("effective", s.effective.text())
             .number("clauses", static_cast<double>(s.clauses.size()))
             .str() +
         "\n";
}

std::string list_table(const Session& session, const std::vector<const Standard*>& documents,
                       const Date& as_of) {
  const Language l = session.language();
  const auto say = [&](StaticText text) { return std::string(text.in(l)); };
  Table table({say({"标识", "id"}), say({"编号", "number"}), say({"类型", "kind"}),
               say({"状态", "status"}), say({"位置", "part"}), "V1.0",
               say({"可信度", "confidence"}), say({"名称", "title"})});
  for (const Standard* s : documents)
    table.add({s->id, s->number.empty() ? "–" : s->number, say(row(s->kind).name),
               say(row(s->status(as_of)).name), s->part.empty() ? "–" : s->part,
               say(row(s->in_v1).name), say(row(s->confidence).name), s->title.in(l)});
  return table.str();
}

std::string risk_json(const catalog::RiskLink& link) {
  return catalog::JsonObject()
      .text("risk", link.risk)
      .text("confidence", word(link.confidence))
      .strings("via", link.via)
      .str();
}

std::string clause_json(const Clause& clause) {
  return catalog::JsonObject()
      .text("id", clause.id)
      .text("standard", clause.standard)
      .raw("clause", to_json(clause))
      .str();
}

std::string show_json(const Content& content, const Standard& s, const Date& as_of) {
  std::vector<std::string> risks;
  for (const auto& link : catalog::links_of_document(content, s)) risks.push_back(risk_json(link));
  std::vector<std::string> next;
  for (const Standard* other : catalog::superseded_by(content, s.id)) next.push_back(other->id);
  std::vector<std::string> clauses;
  for (const Clause& clause : s.clauses) clauses.push_back(to_json(clause));
  return catalog::JsonObject::extend(to_json(s))
             .text("status", word(s.status(as_of)))
             .text("as_of", as_of.text())
             .list("risks", risks)
             .strings("superseded_by", next)
             .list("clauses", clauses)
             .str() +
         "\n";
}

std::string clause_table(const Session& session, const Standard& s) {
  const Language l = session.language();
  const auto say = [&](StaticText text) { return std::string(text.in(l)); };
  Table table({say({"条款", "clause"}), say({"检验", "test"}), say({"可信度", "confidence"}),
               say({"要求（我们的表述）", "what it asks (our words)"})});
  for (const Clause& clause : s.clauses)
    table.add({clause.code, say(row(clause.test).name), say(row(clause.confidence).name),
               clause.statement.in(l)});
  return table.str();
}

const Clause* clause_named(const Content& content, std::string_view id) {
  return id.find('/') == std::string_view::npos ? nullptr : find_clause(content, id);
}

Result<int> show_clause(Session& session, const Content& content, const Clause& clause,
                        const Date& as_of) {
  if (session.json()) {
    session.out(clause_json(clause) + "\n");
    return 0;
  }
  const auto infos = check_infos();
  session.out(
      explanation_text(catalog::explain(content, infos, &clause, as_of), session.language()));
  return 0;
}

std::string hit_title(const catalog::SearchHit& hit, Language l) {
  switch (hit.kind) {
    case catalog::HitKind::document: return hit.standard->title.in(l);
    case catalog::HitKind::clause: return hit.clause->statement.in(l);
    case catalog::HitKind::item: return hit.item->title.in(l);
  }
  return {};
}

constexpr std::array<Word<catalog::HitKind>, 3> kHitKinds = {{
    {catalog::HitKind::document, "document", {"文件", "document"}},
    {catalog::HitKind::clause, "clause", {"条款", "clause"}},
    {catalog::HitKind::item, "item", {"框架条目", "framework item"}},
}};

const Word<catalog::HitKind>& kind_row(const catalog::SearchHit& hit) {
  return kHitKinds[static_cast<std::size_t>(hit.kind)];
}

std::string hit_json(const catalog::SearchHit& hit) {
  catalog::JsonObject out;
  out.text("kind", kind_row(hit).word)
      .text("id", hit.id)
      .number("score", std::round(hit.score * 1000) / 1000);
  if (hit.standard != nullptr) out.text("number", hit.standard->number);
  out.text("title_zh", hit_title(hit, Language::zh)).text("title_en", hit_title(hit, Language::en));
  return out.str() + "\n";
}

}  // namespace

Result<int> catalog_list(Session& session) {
  const Content& content = *TRY(session.content());
  catalog::Filter filter;
  filter.as_of = TRY(session.as_of());
  filter.kind = TRY(option_word<Kind>(session, "--kind"));
  filter.status = TRY(option_word<DocumentStatus>(session, "--status"));
  filter.part = session.value("--part").value_or("");
  filter.risk = session.value("--risk").value_or("");
  filter.text = session.value("--text").value_or("");
  filter.v1 = session.flag("--v1");
  if (!filter.part.empty() && catalog::find_part(content, filter.part) == nullptr) {
    std::vector<std::string> known;
    for (const Part& part : content.parts) known.push_back(part.id);
    return bad_word(session, "--part", filter.part, join(known, ", "));
  }
  if (!filter.risk.empty()) {
    const auto refs = catalog::qualify_item(content, filter.risk);
    if (refs.empty() || catalog::find_item_by_ref(content, refs.front()) == nullptr)
      return bad_word(session, "--risk", filter.risk, "V1-3.1.1a, aisgf-2:V2-3.1.1a, ...");
  }
  const auto documents = catalog::list_documents(content, filter);
  if (session.json()) {
    for (const Standard* s : documents) session.out(list_json(*s, filter.as_of));
    return 0;
  }
  session.out(list_table(session, documents, filter.as_of));
  // The count goes to standard error: after the table, where both end up in one place.
  session.flush();
  session.note(fmt::format("{} {} / {}, {} {}\n", documents.size(),
                           session.say(StaticText{"份文件", "documents"}), content.standards.size(),
                           session.say(StaticText{"截至", "as of"}), filter.as_of.text()));
  return 0;
}

Result<int> catalog_show(Session& session) {
  const Content& content = *TRY(session.content());
  const Date as_of = TRY(session.as_of());
  const std::string id = session.first("ID");
  if (const Clause* clause = clause_named(content, id))
    return show_clause(session, content, *clause, as_of);
  const Standard* standard = TRY(one_document(session, content, id));
  if (session.json()) {
    session.out(show_json(content, *standard, as_of));
    return 0;
  }
  const Language l = session.language();
  session.out(explanation_text(catalog::explain(content, {}, standard, as_of), l));
  if (!standard->clauses.empty()) session.out("\n" + clause_table(session, *standard));
  return 0;
}

Result<int> catalog_search(Session& session) {
  const Content& content = *TRY(session.content());
  const std::string query = join(session.positional("TEXT"), " ");
  const auto most = to_number<std::size_t>(session.value("--limit").value_or(std::string(kHits)));
  if (!most || *most == 0)
    return bad_word(session, "--limit", *session.value("--limit"), "1, 2, 3, ...");
  const auto hits = catalog::search(content, query, *most);
  const Language l = session.language();
  Table table({session.language() == Language::zh ? "种类" : "kind", "id",
               l == Language::zh ? "名称或内容" : "title or words"});
  for (const auto& hit : hits) {
    if (session.json())
      session.out(hit_json(hit));
    else
      table.add({std::string(kind_row(hit).name.in(l)), hit.id, printable(hit_title(hit, l), 160)});
  }
  if (!session.json() && !hits.empty()) session.out(table.str());
  if (hits.empty())
    session.note(fmt::format("{} '{}'\n", session.say(StaticText{"没有找到", "nothing found for"}),
                             printable(query)));
  return 0;
}

}  // namespace assay::cli
