// SPDX-License-Identifier: Apache-2.0
//
// explain() for frameworks and their items, conditions, the structure and the rest.
#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "catalog/crosswalk.h"
#include "catalog/explain_facts.h"
#include "catalog/risks.h"
#include "model/json.h"

namespace assay::catalog {
namespace {

Text plain(const std::string& text) { return {text, text}; }

std::vector<Text> item_kind_lines(const Framework& framework) {
  std::map<ItemKind, std::size_t> counts;
  for (const Item& item : framework.items) ++counts[item.kind];
  std::vector<Text> out;
  for (const auto& [kind, n] : counts) {
    const StaticText name = row(kind).name;
    out.push_back({fmt::format("{} {} 条", name.zh, n), fmt::format("{}: {}", name.en, n)});
  }
  return out;
}

std::vector<Text> document_lines(const Content& content, const std::string& ref) {
  std::vector<Text> out;
  for (const RiskLink& link : links_of_risk(content, ref)) {
    const StaticText sure = row(link.confidence).name;
    const std::string via = join(link.via, ", ");
    const std::string via_zh = via.empty() ? "" : "，经 " + via;
    const std::string via_en = via.empty() ? "" : ", through " + via;
    out.push_back({fmt::format("{} {}（{}{}）", name_of(*link.standard), link.standard->title.zh,
                               sure.zh, via_zh),
                   fmt::format("{} {} ({}{})", name_of(*link.standard), link.standard->title.en,
                               sure.en, via_en)});
  }
  return out;
}

// Every row that touches the item, but the ones from documents.
std::vector<Text> row_lines(const Content& content, const std::string& ref) {
  std::vector<Text> out;
  for (const MappingSet& set : content.mappings)
    for (const Mapping& row_ : set.rows) {
      const bool subject = row_.subject == ref;
      if (!subject && row_.object != ref) continue;
      const std::string& other = subject ? row_.object : row_.subject;
      if (split_ref(other).prefix == "standard") continue;
      const Text label = label_of(content, other, subject ? row_.object_label : row_.subject_label);
      const StaticText sure = row(row_.confidence).name;
      const char* arrow = subject ? "→" : "←";
      out.push_back(
          {fmt::format("{} {} {} {}（{}）", row_.predicate, arrow, other, label.zh, sure.zh),
           fmt::format("{} {} {} {} ({})", row_.predicate, arrow, other, label.en, sure.en)});
    }
  return out;
}

std::vector<Text> family_lines(const Framework& framework, const Item& item) {
  std::vector<Text> out;
  for (const std::string& parent : item.parents)
    if (const Item* above = find_item(framework, parent))
      out.push_back({fmt::format("属于 {} {}", above->id, above->title.zh),
                     fmt::format("part of {} {}", above->id, above->title.en)});
  for (const Item& below : framework.items)
    if (std::ranges::find(below.parents, item.id) != below.parents.end())
      out.push_back({fmt::format("包含 {} {}", below.id, below.title.zh),
                     fmt::format("holds {} {}", below.id, below.title.en)});
  return out;
}

Text rule_line(const Condition& c) {
  if (c.always) return {"始终成立", "always holds"};
  if (!c.field.empty())
    return {fmt::format("系统描述的 {} 含有其一：{}", c.field, join(c.any_of, ", ")),
            fmt::format("the description's {} holds one of: {}", c.field, join(c.any_of, ", "))};
  if (!c.all_of.empty())
    return {"全部成立：" + join(c.all_of, ", "), "all of: " + join(c.all_of, ", ")};
  if (!c.one_of.empty())
    return {"至少其一成立：" + join(c.one_of, ", "), "one of: " + join(c.one_of, ", ")};
  return {"均不成立：" + join(c.none_of, ", "), "none of: " + join(c.none_of, ", ")};
}

bool refers(const Condition& condition, const std::string& id) {
  const auto in = [&](const std::vector<std::string>& list) {
    return std::ranges::find(list, id) != list.end();
  };
  return in(condition.all_of) || in(condition.one_of) || in(condition.none_of);
}

// Documents that a word of an enumeration stands on, as of the day.
std::vector<Text> word_uses(const Content& content, const WordInfo& info, const Date& as_of) {
  std::vector<std::string> ids;
  std::size_t clauses = 0;
  for (const Standard& s : content.standards) {
    const bool hit = (info.list_word == "status" && word(s.status(as_of)) == info.word) ||
                     (info.list_word == "kind" && word(s.kind) == info.word) ||
                     (info.list_word == "confidence" && word(s.confidence) == info.word) ||
                     (info.list_word == "in-v1" && word(s.in_v1) == info.word);
    if (hit) ids.push_back(s.id);
    for (const Clause& c : s.clauses)
      if ((info.list_word == "confidence" && word(c.confidence) == info.word) ||
          (info.list_word == "test" && word(c.test) == info.word) ||
          (info.list_word == "subject" && word(c.subject) == info.word))
        ++clauses;
  }
  std::vector<Text> out;
  if (!ids.empty())
    out.push_back({fmt::format("{} 份文件：{}", ids.size(), join(ids, " ")),
                   fmt::format("{} documents: {}", ids.size(), join(ids, " "))});
  if (clauses > 0)
    out.push_back({fmt::format("{} 条条款", clauses), fmt::format("{} clauses", clauses)});
  std::size_t rows = 0;
  for (const MappingSet& set : content.mappings)
    for (const Mapping& m : set.rows)
      if (info.list_word == "confidence" && word(m.confidence) == info.word) ++rows;
  if (rows > 0)
    out.push_back({fmt::format("{} 行对照", rows), fmt::format("{} rows of cross-walks", rows)});
  return out;
}

}  // namespace

Explanation Explainer::operator()(const Framework* f) const {
  Facts facts;
  facts.add(
      "what", label::kWhat,
      Text{fmt::format("框架，版本 {}，发布者：{} {}", f->edition, f->publisher.zh, f->date.text()),
           fmt::format("a framework, edition {}, published by {} {}", f->edition, f->publisher.en,
                       f->date.text())});
  if (const Standard* document = find_standard(content, f->document))
    facts.add("document", label::kDocuments, document_line(*document, as_of));
  facts.add("items", {"条目", "Items"}, item_kind_lines(*f));
  std::vector<std::string> sets;
  for (const MappingSet& set : content.mappings) {
    const auto n = std::ranges::count_if(set.rows, [&](const Mapping& m) {
      return split_ref(m.subject).prefix == f->id || split_ref(m.object).prefix == f->id;
    });
    if (n > 0) sets.push_back(fmt::format("{} ({})", set.id, n));
  }
  facts.add("used", label::kUsed, sets).sure(f->confidence).sources(f->sources, f->note);
  return {"framework", {"框架", "framework"}, f->id, f->title, facts.take()};
}

Explanation Explainer::operator()(const std::pair<const Framework*, const Item*>& pair) const {
  const Framework& framework = *pair.first;
  const Item& item = *pair.second;
  const std::string ref = item_ref(framework, item);
  Facts facts;
  const StaticText kind = row(item.kind).name;
  facts.add("what", label::kWhat,
            Text{fmt::format("{}，出自 {} {}", kind.zh, framework.title.zh, item.number),
                 fmt::format("{} of {} {}", kind.en, framework.title.en, item.number)});
  facts.add("why", {"说明", "Description"}, item.text);
  facts.add("family", label::kPlace, family_lines(framework, item));
  std::vector<std::string> minima;
  for (const NamedNumber& m : item.minima)
    minima.push_back(fmt::format("{} ≥ {}", m.name, json_number(m.value)));
  facts.add("minima", label::kLimit, minima).add("marks", {"标记", "Marks"}, item.marks);
  std::vector<Text> documents = document_lines(content, ref);
  if (documents.empty() && is_risk(item))
    documents.push_back(
        {"没有任何文件与该风险的对应：缺失", "no document is linked to this risk: missing"});
  facts.add("documents", label::kDocuments, documents);
  facts.add("used", label::kUsed, row_lines(content, ref));
  facts.sure(item.confidence, item.field_confidence);
  facts.sources(item.sources.empty() ? framework.sources : item.sources, item.note);
  return {"item", {"框架条目", "framework item"}, ref, item.title, facts.take()};
}

Explanation Explainer::operator()(const Condition* c) const {
  Facts facts;
  facts.add("what", label::kWhat, rule_line(*c));
  facts.add("why", {"成立时的理由", "Reason when it holds"}, c->yes);
  facts.add("why_not", {"不成立时的理由", "Reason when it does not"}, c->no);
  std::vector<std::string> used;
  for (const Standard& s : content.standards) {
    if (s.applies == c->id) used.push_back("document:" + s.id);
    for (const Clause& clause : s.clauses)
      if (clause.applies == c->id) used.push_back("clause:" + clause.id);
  }
  for (const Condition& other : content.conditions)
    if (refers(other, c->id)) used.push_back("condition:" + other.id);
  facts.add("used", label::kUsed, used);
  return {"condition", {"适用条件", "condition"}, c->id, c->yes, facts.take()};
}

Explanation Explainer::operator()(const Part* p) const {
  Facts facts;
  facts.add("what", label::kWhat,
            Text{p->level <= 1 ? "标准体系的一个部分" : "标准体系结构中的一个节点",
                 p->level <= 1 ? "a part of the standards system" : "a node of the structure"});
  if (const Text* parent = title_of_part(content, p->parent))
    facts.add("parent", label::kPlace,
              Text{p->parent + " " + parent->zh, p->parent + " " + parent->en});
  std::vector<Text> documents;
  for (const Standard& s : content.standards)
    if (within_part(content, s.part, p->id)) documents.push_back(document_line(s, as_of));
  if (documents.empty()) documents.push_back({"没有文件", "no document"});
  facts.add("documents", label::kDocuments, documents);
  facts.sure(p->confidence).sources(p->sources, plain(p->note));
  return {"part", {"结构位置", "part"}, p->id, p->title, facts.take()};
}

Explanation Explainer::operator()(const Lexicon* l) const {
  Facts facts;
  facts.add(
      "what", label::kWhat,
      Text{fmt::format("词表，{} 条", l->entries.size()),
           fmt::format("a list of {} entries that checks take as a parameter", l->entries.size())});
  std::vector<std::string> some;
  for (std::size_t i = 0; i < l->entries.size() && i < 20; ++i) some.push_back(l->entries[i].value);
  facts.add("entries", {"前若干条", "First entries"}, join(some, ", "));
  facts.add("note", label::kNote, l->note);
  return {"lexicon", {"词表", "lexicon"}, l->id, l->title, facts.take()};
}

Explanation Explainer::operator()(const Edition* e) const {
  Facts facts;
  facts.add("what", label::kWhat,
            Text{fmt::format("标准体系的一个版本，{}，{} 个名额", e->date.text(), e->slots.size()),
                 fmt::format("an edition of the standards system, {}, {} slots", e->date.text(),
                             e->slots.size())});
  facts.add("used", label::kUsed, std::string("assay catalog tree --v1"));
  facts.sure(e->confidence).sources(e->sources, e->note);
  return {"edition", {"标准体系版本", "edition"}, e->id, e->title, facts.take()};
}

Explanation Explainer::operator()(const MappingSet* m) const {
  Facts facts;
  facts.add("what", label::kWhat,
            Text{fmt::format("对照表，{} 行", m->rows.size()),
                 fmt::format("a cross-walk of {} rows", m->rows.size())});
  facts.add("note", label::kNote, m->comment).add("license", {"许可", "Licence"}, m->license);
  std::map<Confidence, std::size_t> counts;
  for (const Mapping& mapping : m->rows) ++counts[mapping.confidence];
  std::vector<Text> sure;
  for (const auto& [confidence, n] : counts)
    sure.push_back(
        {fmt::format("{} 行{}：{}", n, row(confidence).name.zh, meaning_of(confidence).zh),
         fmt::format("{} rows {}: {}", n, row(confidence).name.en, meaning_of(confidence).en)});
  facts.add("confidence", label::kSure, sure);
  return {"crosswalk", {"对照表", "cross-walk"}, m->id, plain(m->title), facts.take()};
}

Explanation Explainer::operator()(const Source* s) const {
  Facts facts;
  facts.add("what", label::kWhat, s->about).add("url", {"地址", "Address"}, s->url);
  facts.add("confidence", label::kSure, s->quality);
  std::vector<std::string> used;
  for (const Standard& standard : content.standards) {
    const bool hit = std::ranges::any_of(standard.sources, [&](const std::string& name) {
      return name == s->id || (!s->url.empty() && name == s->url);
    });
    if (hit) used.push_back("document:" + standard.id);
  }
  facts.add("used", label::kUsed, used);
  return {"source",
          {"来源", "source"},
          s->id,
          plain(s->about.empty() ? s->id : s->about),
          facts.take()};
}

Explanation Explainer::operator()(const ReferenceNote* n) const {
  Facts facts;
  facts.add("what", label::kWhat, n->kind).add("text", {"内容", "Text"}, n->text);
  facts.sure(n->confidence).sources(n->sources, {});
  return {"note", {"参考信息", "reference note"}, n->id, n->title, facts.take()};
}

Explanation Explainer::operator()(const WordInfo* info) const {
  Facts facts;
  facts.add("what", label::kWhat,
            Text{fmt::format("{}的一个取值", info->list.zh),
                 fmt::format("a value of: {}", info->list.en)});
  facts.add("why", {"含义", "Meaning"}, info->meaning.text());
  facts.add("used", label::kUsed, word_uses(content, *info, as_of));
  return {"word",
          {"用词", "word"},
          fmt::format("{}:{}", info->list_word, info->word),
          info->name.text(),
          facts.take()};
}

}  // namespace assay::catalog
