// SPDX-License-Identifier: Apache-2.0
#include "engine/plan.h"

#include <gtest/gtest.h>

#include <array>

namespace assay {
namespace {

Condition field_is(std::string id, std::string field, std::vector<std::string> any_of) {
  Condition out;
  out.id = std::move(id);
  out.field = std::move(field);
  out.any_of = std::move(any_of);
  out.yes = {"是", "yes"};
  out.no = {"否", "no"};
  return out;
}

Content content_with_conditions() {
  Content content;
  content.conditions = {field_is("gen", "kind", {"generative-service"}),
                        field_is("image", "modalities", {"image", "video"}),
                        field_is("nonsense", "shoe-size", {"42"})};
  Condition both;
  both.id = "both";
  both.all_of = {"gen", "image"};
  Condition neither;
  neither.id = "neither";
  neither.none_of = {"gen", "image"};
  Condition loop;
  loop.id = "loop";
  loop.all_of = {"loop"};
  content.conditions.insert(content.conditions.end(), {both, neither, loop});
  return content;
}

System system_of(SystemKind kind, std::vector<Modality> modalities) {
  System out;
  out.kind = kind;
  out.modalities = std::move(modalities);
  return out;
}

TEST(Conditions, AreTrueOfWhatTheDescriptionSays) {
  const Content content = content_with_conditions();
  const System chat = system_of(SystemKind::generative_service, {Modality::text});
  const System painter =
      system_of(SystemKind::generative_service, {Modality::text, Modality::image});
  const System agent = system_of(SystemKind::agent, {Modality::text});
  const auto is = [&](const char* id, const System& system) {
    return holds(*find_condition(content, id), system, content);
  };
  EXPECT_TRUE(is("gen", chat));
  EXPECT_FALSE(is("gen", agent));
  EXPECT_FALSE(is("both", chat));
  EXPECT_TRUE(is("both", painter));
  EXPECT_TRUE(is("neither", agent));
  EXPECT_FALSE(is("neither", chat));
  EXPECT_FALSE(is("nonsense", chat));
  EXPECT_FALSE(is("loop", chat)) << "a condition that leads back to itself ends, and does not hold";
}

constexpr std::array<CheckMeasurement, 1> kCounted = {{{"total", Input::keyword_library}}};
Status does_nothing(const CheckInput&, Sink&) { return Done{}; }
constexpr Check kCounter = {"counter", {"计数", "count"}, 1, kCounted, does_nothing};
constexpr std::array<const Check*, 1> kChecks = {&kCounter};

Content one_clause(std::vector<HistoryEvent> history) {
  Content content = content_with_conditions();
  Control control;
  control.id = "size";
  control.ask = {"出示", "show it"};
  control.measures = {{"total", "counter", "total", false}};
  content.controls = {control};
  Standard standard;
  standard.id = "std";
  standard.number = "GB/T 1-2025";
  standard.kind = Kind::recommended_standard;
  standard.applies = "gen";
  standard.effective = Date{2025, 11, 1};
  standard.history = std::move(history);
  Clause clause;
  clause.id = "std/C-1";
  clause.standard = "std";
  clause.controls = {"size"};
  standard.clauses = {clause};
  content.standards = {standard};
  return content;
}

const std::vector<HistoryEvent> kLife = {
    {Date{2025, 1, 26}, DocumentStatus::drafting, Confidence::sourced, {}},
    {Date{2025, 4, 25}, DocumentStatus::published, Confidence::sourced, {}},
    {Date{2025, 11, 1}, DocumentStatus::in_force, Confidence::sourced, {}}};

TEST(Plan, AClauseAppliesOnlyWhileItsStandardIsInForce) {
  const Content content = one_clause(kLife);
  const System chat = system_of(SystemKind::generative_service, {Modality::text});
  const auto applies = [&](Date date) {
    return make_plan(chat, content, date, kChecks).clauses[0].applies;
  };
  EXPECT_FALSE(applies({2025, 2, 1}));
  EXPECT_FALSE(applies({2025, 10, 31}));
  EXPECT_TRUE(applies({2025, 11, 1}));
  const Plan early = make_plan(chat, content, {2025, 5, 1}, kChecks);
  EXPECT_EQ(early.clauses[0].reason.en, "not yet in force (from 2025-11-01)");
}

TEST(Plan, EveryClauseCarriesAReasonInBothLanguages) {
  const Content content = one_clause(kLife);
  for (const SystemKind kind : {SystemKind::generative_service, SystemKind::agent}) {
    const Plan plan = make_plan(system_of(kind, {}), content, {2026, 1, 1}, kChecks);
    EXPECT_EQ(plan.clauses[0].applies, kind == SystemKind::generative_service);
    EXPECT_FALSE(plan.clauses[0].reason.zh.empty());
    EXPECT_FALSE(plan.clauses[0].reason.en.empty());
  }
}

TEST(Plan, NamesTheMissingInputAndAsksAPersonForIt) {
  const Content content = one_clause(kLife);
  System chat = system_of(SystemKind::generative_service, {Modality::text});
  Plan plan = make_plan(chat, content, {2026, 1, 1}, kChecks);
  EXPECT_EQ(plan.clauses[0].missing, std::vector<std::string>{"subjects.keyword_library"});
  ASSERT_EQ(plan.clauses[0].ask.size(), 1U);
  EXPECT_TRUE(plan.checks.empty()) << "a check without its input is not run";
  chat.subjects.keyword_library = "keywords.csv";
  plan = make_plan(chat, content, {2026, 1, 1}, kChecks);
  EXPECT_TRUE(plan.clauses[0].missing.empty());
  EXPECT_TRUE(plan.clauses[0].ask.empty());
  ASSERT_EQ(plan.checks.size(), 1U);
}

TEST(Plan, ASupersededDocumentNamesItsSuccessor) {
  auto life = kLife;
  life.push_back({Date{2026, 1, 1}, DocumentStatus::superseded, Confidence::sourced, {}});
  Content content = one_clause(life);
  Standard next;
  next.id = "next";
  next.number = "GB/T 1-2026";
  next.supersedes = {"std"};
  content.standards.push_back(next);
  const Plan plan =
      make_plan(system_of(SystemKind::generative_service, {}), content, {2026, 2, 1}, kChecks);
  EXPECT_FALSE(plan.clauses[0].applies);
  EXPECT_EQ(plan.clauses[0].reason.en, "superseded by GB/T 1-2026");
}

}  // namespace
}  // namespace assay
