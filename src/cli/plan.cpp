// SPDX-License-Identifier: Apache-2.0
#include "engine/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "checks/checks.h"
#include "cli/assessment.h"
#include "cli/command.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;

std::string clause_json(const PlannedClause& planned, Language language) {
  JsonObject out;
  out.text("clause", planned.clause->id)
      .text("standard", planned.clause->standard)
      .boolean("applies", planned.applies)
      .text("reason", planned.reason.in(language))
      .text("reason_zh", planned.reason.zh)
      .text("reason_en", planned.reason.en)
      .strings("checks", planned.checks)
      .strings("missing", planned.missing)
      .text("code", planned.clause->code)
      .text("place", planned.clause->place.in(language))
      .text("place_zh", planned.clause->place.zh)
      .text("place_en", planned.clause->place.en)
      .text("force", word(planned.clause->force))
      .boolean("verified", verified(*planned.clause))
      .text("confidence", word(planned.clause->confidence));
  std::vector<std::string> ask;
  for (const Text& text : planned.ask) ask.push_back(text.in(language));
  out.strings("people", ask);
  return out.str() + "\n";
}

std::string standard_name(const Standard& standard, Language language) {
  return standard.number.empty() ? standard.title.in(language) : standard.number;
}

struct Counts {
  std::size_t clauses = 0;
  std::size_t applies = 0;
  std::size_t program = 0;
  std::size_t people = 0;
};

Counts count(const Plan& plan, const Standard* standard) {
  Counts out;
  for (const PlannedClause& planned : plan.clauses) {
    if (standard != nullptr && planned.standard != standard) continue;
    ++out.clauses;
    out.applies += planned.applies ? 1 : 0;
    out.program += planned.applies && planned.ask.empty() ? 1 : 0;
    out.people += planned.applies && !planned.ask.empty() ? 1 : 0;
  }
  return out;
}

void print_standards(Session& session, const Plan& plan) {
  const Language language = session.language();
  session.out(session.say("条款适用情况（适用/全部；其中程序判定、需要人工）\n",
                          "Clauses that apply (of all; by program, by people)\n"));
  const Standard* last = nullptr;
  for (const PlannedClause& planned : plan.clauses) {
    if (planned.standard == last) continue;
    last = planned.standard;
    const Counts c = count(plan, last);
    session.out(fmt::format("  {:>3}/{:<3} {:>3} {:>3}  {}  {}\n", c.applies, c.clauses, c.program,
                            c.people, standard_name(*last, language), last->title.in(language)));
    if (c.applies == 0)
      session.out(fmt::format("                    {}\n", planned.reason.in(language)));
  }
}

void print_checks(Session& session, const Plan& plan) {
  session.out(session.say("\n将执行的检查\n", "\nChecks that will run\n"));
  for (const Check* check : plan.checks)
    session.out(fmt::format("  {:<18} {}\n", check->id, session.say(check->title)));
  if (plan.checks.empty()) session.out(session.say("  （无）\n", "  (none)\n"));
}

// Each missing input once, with how many clauses wait for it.
void print_missing(Session& session, const Plan& plan) {
  std::map<std::string, std::size_t> waiting;
  for (const PlannedClause& planned : plan.clauses)
    for (const std::string& input : planned.missing) ++waiting[input];
  if (waiting.empty()) return;
  session.out(session.say("\n描述中缺少的输入\n", "\nInputs the description does not give\n"));
  for (const auto& [input, clauses] : waiting) {
    const auto found = from_word<Input>(input);
    session.out(
        fmt::format("  {:<40} {}  ({})\n", input, session.say(row(*found).name),
                    fmt::format(fmt::runtime(session.say("{} 条条款", "{} clauses")), clauses)));
  }
}

void print_details(Session& session, const Plan& plan) {
  const Language language = session.language();
  session.out("\n");
  for (const PlannedClause& planned : plan.clauses) {
    session.out(fmt::format("{} {}\n    {}\n", planned.applies ? "+" : "-", planned.clause->id,
                            planned.reason.in(language)));
    if (!planned.applies) continue;
    if (!planned.checks.empty())
      session.out(
          fmt::format("    {}: {}\n", session.say("检查", "checks"), join(planned.checks, ", ")));
    if (!planned.missing.empty())
      session.out(
          fmt::format("    {}: {}\n", session.say("缺少", "missing"), join(planned.missing, ", ")));
    for (const Text& ask : planned.ask)
      session.out(fmt::format("    {}: {}\n", session.say("人工", "people"), ask.in(language)));
  }
}

Result<int> run_plan(Session& session) {
  const Described described = TRY(read_description(session, session.first("SYSTEM")));
  const Content* content = TRY(session.content());
  const Date as_of = TRY(session.as_of());
  const Plan plan = make_plan(described.system, *content, as_of, all_checks());
  if (session.json()) {
    for (const PlannedClause& planned : plan.clauses)
      session.out(clause_json(planned, session.language()));
    return 0;
  }
  session.out(fmt::format("{} — {}\n\n", session.say(described.system.name), as_of.text()));
  print_standards(session, plan);
  print_checks(session, plan);
  print_missing(session, plan);
  const Counts all = count(plan, nullptr);
  session.out(fmt::format(
      "\n{}\n",
      fmt::format(fmt::runtime(session.say(
                      "共 {} 条适用：程序可判定 {} 条，需要人工 {} 条。逐条理由见 --details",
                      "{} clauses apply: {} by program, {} need people. Reasons clause by clause: "
                      "--details")),
                  all.applies, all.program, all.people)));
  if (session.flag("--details")) print_details(session, plan);
  return 0;
}

constexpr std::array<Positional, 1> kPositionals = {
    {{"SYSTEM", Arity::one, {"系统描述文件 system.yaml", "the description, system.yaml"}}}};
constexpr std::array<Option, 3> kOptions = {{
    {"--as-of",
     "DATE",
     {"按此日期的标准状态（默认今天，UTC）",
      "hold it against the standards of that day (default: today, UTC)"}},
    {"--details",
     "",
     {"逐条列出适用与否的理由、检查和人工事项",
      "reasons, checks and work for people, clause by clause"}},
    {"--json", "", {"每个条款一行 JSON", "one JSON object per clause and line"}},
}};
constexpr std::array<std::string_view, 2> kExamples = {
    "assay plan system.yaml", "assay plan system.yaml --as-of 2026-01-01 --json"};
constexpr std::array<Command, 1> kCommands = {
    {{"plan",
      {"说明哪些条款适用、为什么、缺什么、谁来做",
       "say which clauses apply, why, what is missing and who has work"},
      kPositionals,
      kOptions,
      kExamples,
      run_plan}}};

}  // namespace

extern const Group plan_group;
const Group plan_group = {
    "plan",
    {"计划：适用条款、检查与人工事项", "plan: clauses that apply, checks, work for people"},
    kCommands};

}  // namespace assay::cli
