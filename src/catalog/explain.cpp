// SPDX-License-Identifier: Apache-2.0
#include "catalog/explain.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "catalog/explain_facts.h"
#include "catalog/risks.h"
#include "model/threshold.h"

namespace assay::catalog {
namespace {

Text plain(const std::string& text) { return {text, text}; }

std::vector<Text> history_lines(const Standard& standard) {
  std::vector<Text> out;
  for (const HistoryEvent& event : standard.history) {
    const StaticText& status = row(event.status).name;
    const StaticText& sure = row(event.confidence).name;
    Text line = {fmt::format("{} {}（{}）", event.date.text(), status.zh, sure.zh),
                 fmt::format("{} {} ({})", event.date.text(), status.en, sure.en)};
    if (!event.note.empty()) {
      line.zh += " " + event.note.zh;
      line.en += " " + event.note.en;
    }
    out.push_back(std::move(line));
  }
  return out;
}

std::vector<Text> risk_lines(const Content& content, const Standard& standard) {
  std::vector<Text> out;
  for (const RiskLink& link : links_of_document(content, standard)) {
    const Item* item = find_item_by_ref(content, link.risk);
    const StaticText& sure = row(link.confidence).name;
    const Text title = item == nullptr ? Text{} : item->title;
    out.push_back({fmt::format("{} {}（{}）", link.risk, title.zh, sure.zh),
                   fmt::format("{} {} ({})", link.risk, title.en, sure.en)});
  }
  return out;
}

std::vector<Text> succession_lines(const Content& content, const Standard& standard) {
  std::vector<Text> out;
  for (const std::string& id : standard.supersedes) {
    const Standard* old = find_standard(content, id);
    const std::string name = old == nullptr ? id : name_of(*old);
    out.push_back({"替代 " + name, "supersedes " + name});
  }
  for (const Standard* next : superseded_by(content, standard.id))
    out.push_back({"被 " + name_of(*next) + " 替代", "superseded by " + name_of(*next)});
  return out;
}

std::vector<Text> edition_lines(const Content& content, const Standard& standard) {
  std::vector<Text> out;
  for (const Edition& edition : content.editions)
    for (const Slot& slot : edition.slots) {
      const bool candidate =
          std::ranges::find(slot.candidates, standard.id) != slot.candidates.end();
      if (slot.member != standard.id && !candidate) continue;
      const StaticText state = row(slot.state).name;
      const StaticText kind = row(slot.kind).name;
      out.push_back({fmt::format("{}：{}名额（{}，{}）", edition.title.zh, candidate ? "候选" : "",
                                 kind.zh, state.zh),
                     fmt::format("{}: {} slot ({}, {})", edition.title.en,
                                 candidate ? "candidate for a" : "a", kind.en, state.en)});
    }
  return out;
}

}  // namespace

Facts& Facts::add(std::string_view key, StaticText name, std::vector<Text> values) {
  std::erase_if(values, [](const Text& text) { return text.empty(); });
  if (!values.empty()) facts_.push_back({key, name, std::move(values)});
  return *this;
}

Facts& Facts::add(std::string_view key, StaticText name, const Text& value) {
  return add(key, name, std::vector<Text>{value});
}

Facts& Facts::add(std::string_view key, StaticText name, const std::string& value) {
  return add(key, name, plain(value));
}

Facts& Facts::add(std::string_view key, StaticText name, const std::vector<std::string>& values) {
  std::vector<Text> out;
  for (const std::string& value : values) out.push_back(plain(value));
  return add(key, name, std::move(out));
}

Facts& Facts::sure(Confidence confidence, const std::vector<FieldNote>& fields) {
  const StaticText name = row(confidence).name;
  const StaticText meaning = meaning_of(confidence);
  std::vector<Text> values = {
      {fmt::format("{}：{}", name.zh, meaning.zh), fmt::format("{}: {}", name.en, meaning.en)}};
  for (const FieldNote& field : fields) values.push_back(plain(field.field + ": " + field.note));
  return add("confidence", label::kSure, std::move(values));
}

Facts& Facts::sources(const std::vector<std::string>& names, const Text& note) {
  return add("sources", label::kSources, names).add("note", label::kNote, note);
}

Text clause_line(const Clause& clause) {
  return {fmt::format("{}  {}", clause.id, clause.statement.zh),
          fmt::format("{}  {}", clause.id, clause.statement.en)};
}

Text document_line(const Standard& standard, const Date& as_of) {
  const StaticText status = row(standard.status(as_of)).name;
  return {fmt::format("{} {}（{}）", name_of(standard), standard.title.zh, status.zh),
          fmt::format("{} {} ({})", name_of(standard), standard.title.en, status.en)};
}

Text condition_line(const Content& content, std::string_view id) {
  const Condition* condition = find_condition(content, id);
  if (condition == nullptr) return plain(std::string(id));
  return {fmt::format("{}：{}", condition->id, condition->yes.zh),
          fmt::format("{}: {}", condition->id, condition->yes.en)};
}

std::vector<const Clause*> clauses_of_control(const Content& content, std::string_view control) {
  std::vector<const Clause*> out;
  for (const Standard& standard : content.standards)
    for (const Clause& clause : standard.clauses)
      if (std::ranges::find(clause.controls, control) != clause.controls.end())
        out.push_back(&clause);
  return out;
}

Text Explainer::check_line(const Measure& measure) const {
  const auto check = std::ranges::find(checks, measure.check, &CheckInfo::id);
  const Text title = check == checks.end() ? plain(measure.check) : check->title;
  return {fmt::format("检查 {}（{}），测量值 {}", measure.check, title.zh, measure.value),
          fmt::format("check {} ({}), measurement {}", measure.check, title.en, measure.value)};
}

Explanation Explainer::operator()(const Standard* s) const {
  Facts facts;
  const StaticText kind = row(s->kind).name;
  facts.add("titles", {"名称", "Titles"}, std::vector<std::string>{s->title.zh, s->title.en});
  facts.add("what", label::kWhat,
            Text{fmt::format("{}{}{}", kind.zh, s->number.empty() ? "" : "，编号 ", s->number),
                 fmt::format("{}{}{}", kind.en, s->number.empty() ? "" : ", number ", s->number)});
  const StaticText status = row(s->status(as_of)).name;
  facts.add("status", label::kStatus,
            Text{fmt::format("截至 {}：{}", as_of.text(), status.zh),
                 fmt::format("as of {}: {}", as_of.text(), status.en)});
  facts.add("history", {"沿革", "History"}, history_lines(*s));
  facts.add("succession", {"替代关系", "Succession"}, succession_lines(content, *s));
  if (const Text* part = title_of_part(content, s->part))
    facts.add("part", label::kPlace,
              Text{fmt::format("{} {}（{}）", s->part, part->zh, row(s->part_confidence).name.zh),
                   fmt::format("{} {} ({})", s->part, part->en, row(s->part_confidence).name.en)});
  facts.add("editions", {"标准体系版本", "Editions of the system"}, edition_lines(content, *s));
  facts.add("why", label::kWhy, s->key_issue);
  facts.add("content", {"主要内容", "Main content"}, s->content);
  facts.add("risks", label::kRisks, risk_lines(content, *s));
  if (!s->applies.empty())
    facts.add("applies", label::kApplies, condition_line(content, s->applies));
  std::vector<std::string> codes;
  for (const Clause& clause : s->clauses) codes.push_back(clause.code);
  if (!codes.empty())
    facts.add("clauses", {"条款", "Clauses"},
              Text{fmt::format("{} 条：{}", codes.size(), join(codes, " ")),
                   fmt::format("{}: {}", codes.size(), join(codes, " "))});
  facts.sure(s->confidence, s->field_confidence).sources(s->sources, s->note);
  return {"document", {"文件", "document"}, s->id, s->title, facts.take()};
}

Explanation Explainer::operator()(const Clause* c) const {
  Facts facts;
  facts.add("what", label::kWhat, c->statement);
  const Standard* standard = find_standard(content, c->standard);
  if (standard != nullptr) {
    Text place = document_line(*standard, as_of);
    place.zh += "，" + c->place.zh;
    place.en += ", " + c->place.en;
    facts.add("place", label::kPlace, place);
  }
  facts.add("force", label::kForce, row(c->force).name.text());
  if (c->threshold.op != Op::none) facts.add("limit", label::kLimit, threshold_text(c->threshold));
  std::vector<Text> why;
  std::vector<Text> how = {
      {fmt::format("{}检验", row(c->test).name.zh), fmt::format("{} test", row(c->test).name.en)}};
  std::vector<Text> mend;
  std::vector<Text> used;
  for (const std::string& id : c->controls) {
    const Control* control = find_control(content, id);
    if (control == nullptr) continue;
    why.push_back(control->why);
    mend.push_back(control->mend);
    for (const Measure& measure : control->measures) how.push_back(check_line(measure));
    if (control->measures.empty()) how.push_back(control->ask);
    used.push_back({fmt::format("控制项 {}：{}", control->id, control->title.zh),
                    fmt::format("control {}: {}", control->id, control->title.en)});
    for (const Clause* other : clauses_of_control(content, id))
      if (other != c)
        used.push_back({"同一控制项也服务于 " + other->id, "the control also serves " + other->id});
  }
  facts.add("why", label::kWhy, why);
  std::vector<Text> conditions;
  if (standard != nullptr && !standard->applies.empty())
    conditions.push_back(condition_line(content, standard->applies));
  if (!c->applies.empty()) conditions.push_back(condition_line(content, c->applies));
  facts.add("applies", label::kApplies, conditions);
  facts.add("checked", label::kChecked, how);
  facts.add("inputs", label::kInputs, c->inputs);
  facts.add("mend", label::kMend, mend).add("used", label::kUsed, used).sure(c->confidence);
  if (c->source_strength != Strength::unstated)
    facts.add("strength", {"来源强度", "Strength of the sources"},
              row(c->source_strength).name.text());
  if (!verified(*c))
    facts.add("verified", {"核实", "Verification"},
              Text{"未核实：条款凭记忆写成，或仅知标题；单独列出，不计入结论",
                   "unverified: known from memory or by title only; listed apart, and without "
                   "effect on the outcome"});
  facts.sources(c->sources, c->note);
  const std::string where = standard == nullptr ? c->standard : name_of(*standard);
  return {"clause",
          {"条款", "clause"},
          c->id,
          {where + "，" + c->place.zh, where + ", " + c->place.en},
          facts.take()};
}

Explanation Explainer::operator()(const Control* c) const {
  Facts facts;
  facts.add(
      "what", label::kWhat,
      Text{"控制项：与标准无关地写明什么必须成立。对象：" + std::string(row(c->subject).name.zh),
           "a control: what must hold, said without any standard. Subject: " +
               std::string(row(c->subject).name.en)});
  facts.add("why", label::kWhy, c->why);
  std::vector<Text> how;
  for (const Measure& measure : c->measures) how.push_back(check_line(measure));
  how.push_back(c->ask);
  facts.add("checked", label::kChecked, how).add("mend", label::kMend, c->mend);
  std::vector<Text> used;
  Confidence least = Confidence::sourced;
  for (const Clause* clause : clauses_of_control(content, c->id)) {
    used.push_back(clause_line(*clause));
    least = std::min(least, clause->confidence);
  }
  const bool any = !used.empty();
  facts.add("used", label::kUsed, used);
  if (any) {
    const StaticText name = row(least).name;
    facts.add(
        "confidence", label::kSure,
        Text{fmt::format("控制项是我们自己的话；所服务的条款中最弱的一条为“{}”：{}", name.zh,
                         meaning_of(least).zh),
             fmt::format("the control is our own wording; the weakest clause it serves is {}: {}",
                         name.en, meaning_of(least).en)});
  }
  return {"control", {"控制项", "control"}, c->id, c->title, facts.take()};
}

Explanation Explainer::operator()(const CheckInfo* check) const {
  Facts facts;
  facts.add("what", label::kWhat,
            Text{"检查：在真实对象上测量的程序",
                 "a check: code that measures something on the real thing"});
  facts.add("measurements", {"测量值", "Measurements"}, check->measurements);
  std::vector<Text> used;
  for (const Control& control : content.controls) {
    const bool uses = std::ranges::any_of(control.measures,
                                          [&](const Measure& m) { return m.check == check->id; });
    if (!uses) continue;
    std::vector<std::string> ids;
    for (const Clause* clause : clauses_of_control(content, control.id)) ids.push_back(clause->id);
    used.push_back(
        {fmt::format("控制项 {}（{}）：{}", control.id, control.title.zh, join(ids, " ")),
         fmt::format("control {} ({}): {}", control.id, control.title.en, join(ids, " "))});
  }
  facts.add("used", label::kUsed, used);
  facts.add("confidence", label::kSure,
            Text{"测量值按各条款的限值判定；限值的可信程度见各条款",
                 "measurements are held against each clause's limit; how sure the limit is stands "
                 "with the clause"});
  return {"check", {"检查", "check"}, check->id, check->title, facts.take()};
}

Explanation explain(const Content& content, std::span<const CheckInfo> checks, const Thing& thing,
                    const Date& as_of) {
  return std::visit(Explainer{content, checks, as_of}, thing);
}

}  // namespace assay::catalog
