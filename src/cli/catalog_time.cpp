// SPDX-License-Identifier: Apache-2.0
//
// catalog timeline, diff and crosswalk.
#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "catalog/crosswalk.h"
#include "catalog/json_object.h"
#include "catalog/timeline.h"
#include "cli/catalog_commands.h"
#include "cli/table.h"
#include "model/json.h"

namespace assay::cli {
namespace {

Text event_text(const catalog::DatedEvent& event) {
  if (event.general != nullptr) return event.general->event;
  const Standard& s = *event.standard;
  const Text what = catalog::event_name(*event.history);
  return {fmt::format("{} {}：{}", catalog::name_of(s), s.title.zh, what.zh),
          fmt::format("{} {}: {}", catalog::name_of(s), s.title.en, what.en)};
}

std::string event_json(const catalog::DatedEvent& event) {
  const Text said = event_text(event);
  const bool general = event.general != nullptr;
  return catalog::JsonObject()
             .text("date", event.date.text())
             .text("document", general ? "" : event.standard->id)
             .text("status", general ? "" : word(event.history->status))
             .boolean("seen", !general && event.history->seen)
             .text("event_zh", said.zh)
             .text("event_en", said.en)
             .text("confidence", word(event.confidence))
             .str() +
         "\n";
}

std::string change_json(const catalog::Change& change) {
  return catalog::JsonObject()
             .text("date", change.event->date.text())
             .text("id", change.standard->id)
             .text("number", change.standard->number)
             .text("title_zh", change.standard->title.zh)
             .text("title_en", change.standard->title.en)
             .text("before", word(change.before))
             .text("after", word(change.event->status))
             .boolean("seen", change.event->seen)
             .text("confidence", word(change.event->confidence))
             .str() +
         "\n";
}

void print_changes(Session& session, const std::vector<catalog::Change>& changes) {
  const Language l = session.language();
  std::string heading;
  for (const auto& change : changes) {
    const DocumentStatus status = change.event->status;
    const std::string name = catalog::event_name(*change.event).in(l);
    if (heading != name) {
      const auto n = std::ranges::count_if(
          changes, [&](const auto& c) { return catalog::event_name(*c.event).in(l) == name; });
      session.out(fmt::format("{}{} ({})\n", heading.empty() ? "" : "\n", name, n));
      heading = name;
    }
    session.out(fmt::format("  {}  {} {} [{} → {}, {}]\n", pad(change.event->date.text(), 10),
                            pad(catalog::name_of(*change.standard), 27),
                            change.standard->title.in(l), row(change.before).name.in(l),
                            row(status).name.in(l), row(change.event->confidence).name.in(l)));
  }
}

Result<std::string> end_of(const Session& session, const Content& content, std::string_view given) {
  if (auto end = catalog::crosswalk_end(content, given)) return *end;
  std::vector<std::string> known = catalog::crosswalk_prefixes(content);
  for (const Standard& s : content.standards) known.push_back(s.id);
  const auto near = catalog::nearest(given, known, 5);
  return Error{
      Code::not_found,
      fmt::format("{} '{}'",
                  session.say(StaticText{"没有这样的框架或文件", "no framework or document"}),
                  printable(given)),
      0,
      {},
      fmt::format("{}: {}", session.say(StaticText{"可用的有", "there are"}),
                  join(near.empty() ? catalog::crosswalk_prefixes(content) : near, ", "))};
}

std::string cross_json(const Content& content, const catalog::CrossRow& row_) {
  const Text from = catalog::label_of(content, row_.subject, row_.steps.front()->subject_label);
  const Text to = catalog::label_of(content, row_.object, row_.steps.back()->object_label);
  std::vector<std::string> steps;
  for (const Mapping* step : row_.steps) steps.push_back(to_json(*step));
  catalog::JsonObject out;
  out.text("subject", row_.subject).text("subject_en", from.en).text("subject_zh", from.zh);
  out.text("predicate", row_.predicate);
  out.text("object", row_.object).text("object_en", to.en).text("object_zh", to.zh);
  out.raw("score", row_.score ? json_number(*row_.score) : "null");
  out.text("confidence", word(row_.confidence)).strings("path", row_.path).list("steps", steps);
  return out.str() + "\n";
}

std::string cross_label(const Content& content, std::string_view ref, const std::string& fallback,
                        Language l) {
  return fmt::format("{} {}", ref, catalog::label_of(content, ref, fallback).in(l));
}

void print_cross(Session& session, const Content& content,
                 const std::vector<catalog::CrossRow>& rows) {
  const Language l = session.language();
  const auto say = [&](StaticText text) { return std::string(text.in(l)); };
  Table table({say({"自", "from"}), say({"关系", "relation"}), say({"至", "to"}),
               say({"分值", "score"}), say({"可信度", "confidence"}), say({"路径", "path"})});
  for (const auto& r : rows)
    table.add({cross_label(content, r.subject, r.steps.front()->subject_label, l), r.predicate,
               cross_label(content, r.object, r.steps.back()->object_label, l),
               r.score ? fmt::format("{:.2f}", *r.score) : "–", say(row(r.confidence).name),
               r.path.empty() ? say({"直接", "direct"}) : join(r.path, " > ")});
  session.out(table.str());
}

}  // namespace

Result<int> catalog_timeline(Session& session) {
  const Content& content = *TRY(session.content());
  catalog::EventFilter filter;
  filter.from = TRY(option_date(session, "--from", Edge::first_day, {}));
  filter.to = TRY(option_date(session, "--to", Edge::last_day, {}));
  filter.status = TRY(option_word<DocumentStatus>(session, "--status"));
  filter.kind = TRY(option_word<Kind>(session, "--kind"));
  if (const auto document = session.value("--document")) {
    const Standard* standard = TRY(one_document(session, content, *document));
    filter.document = standard->id;
  }
  const Language l = session.language();
  for (const auto& event : catalog::timeline(content, filter)) {
    if (session.json())
      session.out(event_json(event));
    else
      session.out(fmt::format("{}  {} ({})\n", pad(event.date.text(), 10), event_text(event).in(l),
                              row(event.confidence).name.in(l)));
  }
  return 0;
}

Result<int> catalog_diff(Session& session) {
  const Content& content = *TRY(session.content());
  if (!session.value("--from"))
    return Error{Code::invalid,
                 std::string(session.say(StaticText{"需要 --from", "--from is needed"})),
                 0,
                 {},
                 "assay catalog diff --from 2025-01-26 --to 2026-01-26"};
  const Date from = TRY(option_date(session, "--from", Edge::first_day, {}));
  const Date to = TRY(option_date(session, "--to", Edge::last_day, today()));
  if (order(from, to) > 0)
    return Error{
        Code::invalid,
        std::string(session.say(StaticText{"--from 晚于 --to", "--from is later than --to"})),
        0,
        {},
        std::string(session.say(StaticText{"对调两个日期", "swap the two dates"}))};
  const auto found = catalog::changes(content, from, to);
  if (session.json()) {
    for (const auto& change : found) session.out(change_json(change));
    return 0;
  }
  print_changes(session, found);
  session.note(fmt::format("{} → {}: {} {}\n", from.text(), to.text(), found.size(),
                           session.say(StaticText{"项变化", "changes"})));
  return 0;
}

Result<int> catalog_crosswalk(Session& session) {
  const Content& content = *TRY(session.content());
  const std::string from = TRY(end_of(session, content, session.first("FROM")));
  const std::string to = TRY(end_of(session, content, session.first("TO")));
  const auto via = session.value("--via");
  std::string middle;
  if (via) middle = TRY(end_of(session, content, *via));
  const auto rows = via ? catalog::crosswalk_via(content, from, middle, to)
                        : catalog::crosswalk(content, from, to);
  if (session.json())
    for (const auto& r : rows) session.out(cross_json(content, r));
  else if (!rows.empty())
    print_cross(session, content, rows);
  session.note(fmt::format("{} → {}: {} {}\n", from, to, rows.size(),
                           session.say(StaticText{"行", "rows"})));
  if (!rows.empty() || via) return 0;
  const auto bridges = catalog::crosswalk_bridges(content, from, to);
  session.note(fmt::format(
      "{}\n", bridges.empty()
                  ? std::string(session.say(
                        StaticText{"没有对照：缺失。", "No cross-walk is known: missing."}))
                  : fmt::format("{} --via {}",
                                session.say(StaticText{"没有直接对照，可经：",
                                                       "No direct rows; reach it with"}),
                                join(bridges, " | "))));
  return 0;
}

}  // namespace assay::cli
