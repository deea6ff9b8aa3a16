// SPDX-License-Identifier: Apache-2.0
//
// catalog tree, map and gaps.
#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "catalog/risks.h"
#include "catalog/tree.h"
#include "cli/catalog_commands.h"
#include "cli/table.h"

namespace assay::cli {
namespace {

constexpr StaticText kUnplaced = {"未归入五个部分", "without a place in the five parts"};
constexpr StaticText kUnnamed = {"（名称未查到）", "(name not found)"};
constexpr StaticText kCandidate = {"候选", "candidate"};
constexpr StaticText kLater = {"（后来的报告所加，非 V1.0）",
                               "(added by a later report, not V1.0)"};

void print_node(Session& session, const catalog::TreeNode& node, const Date& as_of,
                std::size_t depth) {
  const Language l = session.language();
  const std::string indent(2 * depth, ' ');
  const std::string name = node.part == nullptr ? std::string(kUnplaced.in(l))
                                                : node.part->id + " " + node.part->title.in(l);
  const bool later =
      node.part != nullptr && node.part->level > 1 && !catalog::is_v1_node(*node.part);
  if (later && node.counts.empty() && !session.flag("--all")) return;
  std::size_t n = 0;
  for (const auto& entry : node.counts) n += entry.second;
  const std::string counts = counts_text(node.counts, l);
  session.out(fmt::format("{}{}{}  {}{}\n", indent, name, later ? std::string(kLater.in(l)) : "", n,
                          counts.empty() ? "" : "  [" + counts + "]"));
  for (const Standard* s : node.documents)
    session.out(fmt::format("{}  - {}  {} [{}]\n", indent, pad(catalog::name_of(*s), 22),
                            s->title.in(l), row(s->status(as_of)).name.in(l)));
  for (const auto& child : node.children) print_node(session, child, as_of, depth + 1);
}

void json_node(Session& session, const catalog::TreeNode& node) {
  catalog::JsonObject out;
  std::vector<std::string> ids;
  for (const Standard* s : node.documents) ids.push_back(s->id);
  const bool none = node.part == nullptr;
  out.text("id", none ? "" : node.part->id);
  out.text("title_zh", none ? kUnplaced.zh : node.part->title.zh);
  out.text("title_en", none ? kUnplaced.en : node.part->title.en);
  out.text("parent", none ? "" : node.part->parent);
  out.boolean("in_v1_diagram", !none && (node.part->level <= 1 || catalog::is_v1_node(*node.part)));
  out.raw("counts", counts_json(node.counts)).strings("documents", ids);
  session.out(out.str() + "\n");
  for (const auto& child : node.children) json_node(session, child);
}

constexpr std::array<std::string_view, 3> kFillings = {"unnamed", "candidates", "member"};

std::string slot_line(const Session& session, const catalog::SlotView& view, const Date& as_of) {
  const Language l = session.language();
  if (view.documents.empty()) return std::string(kUnnamed.in(l));
  std::vector<std::string> names;
  for (const Standard* s : view.documents)
    names.push_back(fmt::format("{} {} [{}]", catalog::name_of(*s), catalog::short_title(*s).in(l),
                                row(s->status(as_of)).name.in(l)));
  const bool member = view.filling == catalog::Filling::member;
  return (member ? "" : std::string(kCandidate.in(l)) + ": ") +
         join(names, l == Language::zh ? " 或 " : " or ");
}

void print_edition(Session& session, const catalog::EditionView& view, const Date& as_of) {
  const Language l = session.language();
  const auto say = [&](StaticText text) { return std::string(text.in(l)); };
  const Edition& edition = *view.edition;
  session.out(fmt::format("{} ({}), {} {}\n\n", edition.title.in(l), edition.date.text(),
                          view.slots.size(), say({"个名额", "slots"})));
  const std::string now = fmt::format("{} {}", say({"截至", "as of"}), as_of.text());
  Table counts({say({"当时", "then"}), say({"类型", "kind"}), say({"名额", "slots"}),
                say({"有名称", "named"}), say({"候选", "candidates"}), say({"未查明", "unnamed"}),
                now + say({"（有名称者）", " (named)"}),
                now + say({"（候选者）", " (candidates)"})});
  for (const auto& c : view.counts)
    counts.add({say(row(c.state).name), say(row(c.kind).name), std::to_string(c.slots),
                std::to_string(c.members), std::to_string(c.candidates), std::to_string(c.unnamed),
                counts_text(c.now, l), counts_text(c.candidates_now, l)});
  session.out(counts.str() + "\n");
  Table slots({say({"当时", "then"}), say({"类型", "kind"}), say({"可信度", "confidence"}),
               say({"文件", "document"}) + ", " + now});
  for (const auto& slot : view.slots)
    slots.add({say(row(slot.slot->state).name), say(row(slot.slot->kind).name),
               say(row(slot.slot->confidence).name), slot_line(session, slot, as_of)});
  session.out(slots.str());
  if (order(as_of, edition.date) < 0)
    session.note(fmt::format(
        "{}\n", say({"该版本在这一天尚未公布。", "This edition did not exist yet on that day."})));
}

void json_edition(Session& session, const catalog::EditionView& view, const Date& as_of) {
  const auto number = [](std::size_t n) { return static_cast<double>(n); };
  for (const auto& c : view.counts)
    session.out(catalog::JsonObject()
                    .text("record", "count")
                    .text("state", word(c.state))
                    .text("kind", word(c.kind))
                    .number("slots", number(c.slots))
                    .number("members", number(c.members))
                    .number("candidates", number(c.candidates))
                    .number("unnamed", number(c.unnamed))
                    .text("as_of", as_of.text())
                    .raw("now", counts_json(c.now))
                    .raw("candidates_now", counts_json(c.candidates_now))
                    .str() +
                "\n");
  for (const auto& slot : view.slots) {
    std::vector<std::string> documents;
    for (const Standard* s : slot.documents)
      documents.push_back(
          catalog::JsonObject().text("id", s->id).text("status", word(s->status(as_of))).str());
    session.out(catalog::JsonObject()
                    .text("record", "slot")
                    .text("state", word(slot.slot->state))
                    .text("kind", word(slot.slot->kind))
                    .text("filled_by", kFillings[static_cast<std::size_t>(slot.filling)])
                    .text("confidence", word(slot.slot->confidence))
                    .list("documents", documents)
                    .str() +
                "\n");
  }
}

char cell(const catalog::RiskLink* link) {
  if (link == nullptr) return '.';
  if (!link->via.empty()) return 'v';
  return link->confidence == Confidence::sourced   ? 'S'
         : link->confidence == Confidence::derived ? 'd'
                                                   : 'r';
}

void print_matrix(Session& session, const catalog::RiskMatrix& matrix, const Date& as_of) {
  const Language l = session.language();
  const std::size_t n = matrix.documents.size();
  std::size_t widest = 0;
  for (const auto& r : matrix.rows) widest = std::max(widest, r.item->id.size());
  std::string tens(widest + 2, ' ');
  std::string ones = tens;
  for (std::size_t i = 1; i <= n; ++i) {
    tens += i >= 10 ? fmt::format("{} ", i / 10 % 10) : "  ";
    ones += fmt::format("{} ", i % 10);
  }
  session.out(fmt::format("{}\n{}\n{}\n", matrix.framework->title.in(l), tens, ones));
  for (const auto& r : matrix.rows) {
    std::string line = pad(r.item->id, widest + 2);
    for (const Standard* s : matrix.documents) line += {cell(matrix.at(r, *s)), ' '};
    const std::string missing =
        r.links.empty() ? fmt::format("  ({})", session.say(catalog::kNotMapped)) : "";
    session.out(fmt::format("{} {}{}\n", line, r.item->title.in(l), missing));
  }
  session.out("\n");
  for (std::size_t i = 0; i < n; ++i) {
    const Standard& s = *matrix.documents[i];
    session.out(fmt::format("{:>3} {} {} [{}]{}\n", i + 1, pad(catalog::name_of(s), 22),
                            catalog::short_title(s).in(l), row(s.status(as_of)).name.in(l),
                            catalog::normative(s.kind) ? "" : " *"));
  }
  session.out(fmt::format(
      "\n{}\n{}\n",
      session.say(StaticText{
          "S 有来源  d 推定（我们的解读）  v 经版本对照得到（推定）  r 凭记忆  . 没有对应",
          "S sourced  d derived (our reading)  v through the concordance of editions (derived)  r "
          "recalled  . no link"}),
      session.say(
          StaticText{"* 报告、法规或框架，不是标准，不计入现行标准",
                     "* a report, law or framework: no standard, and not counted as one"})));
}

std::vector<std::string> ids_of(const std::vector<const Standard*>& documents) {
  std::vector<std::string> out;
  for (const Standard* s : documents) out.push_back(s->id);
  return out;
}

std::vector<std::string> ids_of(const catalog::Gap& gap, catalog::Stage stage) {
  const auto at = gap.by_stage.find(stage);
  return at == gap.by_stage.end() ? std::vector<std::string>() : ids_of(at->second);
}

void gaps_out(Session& session, StaticText title, std::string_view of,
              const std::vector<catalog::Gap>& gaps) {
  const Language l = session.language();
  const auto say = [&](StaticText text) { return std::string(text.in(l)); };
  Table table({say({"标识", "id"}), say({"现行", "in force"}), say({"未施行", "issued"}),
               say({"在研", "in development"}), say({"报告、法规等", "reports, laws"}),
               say({"结论", "state"}), say({"名称", "title"})});
  for (const auto& gap : gaps) {
    if (session.json()) {
      session.out(catalog::JsonObject()
                      .text("of", of)
                      .text("id", gap.id)
                      .text("title_zh", gap.title->zh)
                      .text("title_en", gap.title->en)
                      .text("state", gap.state())
                      .strings("in_force", ids_of(gap, catalog::Stage::in_force))
                      .strings("issued", ids_of(gap, catalog::Stage::issued))
                      .strings("in_development", ids_of(gap, catalog::Stage::in_development))
                      .strings("other_documents", ids_of(gap.others))
                      .boolean("mapped", gap.mapped)
                      .boolean("through_concordance", gap.through_concordance)
                      .str() +
                  "\n");
      continue;
    }
    std::string state(say(gap.mapped ? StaticText{"无", "none"} : catalog::kNotMapped));
    for (const auto& known : catalog::kStages)
      if (known.word == gap.state()) state = known.name.in(l);
    table.add({gap.id, std::to_string(gap.count(catalog::Stage::in_force)),
               std::to_string(gap.count(catalog::Stage::issued)),
               std::to_string(gap.count(catalog::Stage::in_development)),
               std::to_string(gap.others.size()), state, gap.title->in(l)});
  }
  if (!session.json()) session.out(fmt::format("{}\n{}\n", title.in(l), table.str()));
}

}  // namespace

Result<int> catalog_tree(Session& session) {
  const Content& content = *TRY(session.content());
  const Date as_of = TRY(session.as_of());
  if (session.flag("--v1")) {
    const Edition* edition = catalog::first_edition(content);
    if (edition == nullptr)
      return Error{Code::not_found,
                   std::string(session.say(StaticText{
                       "内容中没有标准体系版本", "the content holds no edition of the system"}))};
    const auto view = catalog::edition_view(content, *edition, as_of);
    session.json() ? json_edition(session, view, as_of) : print_edition(session, view, as_of);
    return 0;
  }
  for (const auto& node : catalog::structure(content, as_of))
    session.json() ? json_node(session, node) : print_node(session, node, as_of, 0);
  return 0;
}

Result<int> catalog_map(Session& session) {
  const Content& content = *TRY(session.content());
  const Date as_of = TRY(session.as_of());
  const Framework* framework = TRY(edition_option(session, content));
  const auto matrix = catalog::risk_matrix(content, *framework, as_of);
  if (!session.json()) {
    print_matrix(session, matrix, as_of);
    return 0;
  }
  for (const auto& r : matrix.rows) {
    std::vector<std::string> links;
    for (const auto* link : r.links)
      links.push_back(catalog::JsonObject()
                          .text("standard", link->standard->id)
                          .text("status", word(link->standard->status(as_of)))
                          .boolean("normative", catalog::normative(link->standard->kind))
                          .text("confidence", word(link->confidence))
                          .strings("via", link->via)
                          .str());
    session.out(catalog::JsonObject()
                    .text("risk", r.ref)
                    .text("title_zh", r.item->title.zh)
                    .text("title_en", r.item->title.en)
                    .boolean("missing", r.links.empty())
                    .list("standards", links)
                    .str() +
                "\n");
  }
  return 0;
}

Result<int> catalog_gaps(Session& session) {
  const Content& content = *TRY(session.content());
  const Date as_of = TRY(session.as_of());
  const Framework* framework = TRY(edition_option(session, content));
  const auto risks = catalog::risk_gaps(content, *framework, as_of);
  gaps_out(session, {"按风险", "By risk"}, "risk", risks);
  gaps_out(session, {"按标准体系的部分", "By part of the standards system"}, "part",
           catalog::part_gaps(content, as_of));
  if (!risks.empty() && risks.front().through_concordance)
    session.note(fmt::format(
        "{}\n",
        session.say(StaticText{
            "该版本的对应经版本对照得到，均为推定。",
            "Links of this edition are reached through the concordance; all are derived."})));
  return 0;
}

}  // namespace assay::cli
