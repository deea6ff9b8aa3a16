// SPDX-License-Identifier: Apache-2.0
//
// The verdict as tables of cases: what is known of a clause -> what is concluded.
#include "engine/verdict.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

Control measured_control() {
  Control control;
  control.id = "size";
  control.ask = {"出示", "show it"};
  control.measures = {{"total", "counter", "total", false}};
  return control;
}

Control person_control() {
  Control control;
  control.id = "policy";
  control.ask = {"出示制度", "show the policy"};
  return control;
}

// A content with one document, one clause, and the controls it points to.
Content content_with(Threshold threshold, std::vector<Control> controls,
                     Confidence confidence = Confidence::sourced) {
  Content content;
  Clause clause;
  clause.id = "std/C-1";
  clause.standard = "std";
  clause.threshold = std::move(threshold);
  clause.confidence = confidence;
  for (const Control& control : controls) clause.controls.push_back(control.id);
  content.controls = std::move(controls);
  Standard standard;
  standard.id = "std";
  standard.clauses = {clause};
  content.standards = {standard};
  return content;
}

Threshold at_least(double value) {
  Threshold out;
  out.op = Op::at_least;
  out.value = value;
  return out;
}

Facts measured(double value) {
  Facts facts;
  facts.ends["counter"] = {"counter", true, {}, {}, {}, 0};
  facts.measurements["counter.total"] = {"counter", "total", value, "", {}, {}, {}, ""};
  return facts;
}

Attested attested(const std::string& target, bool satisfied) {
  return {target, satisfied, "A. Person", "", Date{2026, 1, 1}, Date{2027, 1, 1}, {}, {}};
}

ClauseResult judged(const Content& content, const Facts& facts, bool applies = true) {
  const PlannedClause planned{
      &content.standards[0], &content.standards[0].clauses[0], applies, {}, {"counter"}, {}, {}};
  return judge(planned, content, facts);
}

Verdict verdict(const Content& content, const Facts& facts, bool applies = true) {
  return judged(content, facts, applies).verdict;
}

TEST(Verdict, AMeasurementIsHeldAgainstTheLimitItself) {
  const Content content = content_with(at_least(10), {measured_control()});
  EXPECT_EQ(verdict(content, measured(9)), Verdict::not_satisfied);
  EXPECT_EQ(verdict(content, measured(10)), Verdict::satisfied);
  EXPECT_EQ(verdict(content, measured(11)), Verdict::satisfied);
}

// A value that is known between limits decides only where both say the same.
TEST(Verdict, AMeasureByIntervalAnswersOnlyWhereItIsSure) {
  Control control = measured_control();
  control.measures[0].interval = true;
  const Content content = content_with(at_least(5), {control});
  const auto between = [&](std::optional<double> low, std::optional<double> high) {
    Facts facts = measured(5);
    facts.measurements["counter.total"].low = low;
    facts.measurements["counter.total"].high = high;
    return verdict(content, facts);
  };
  EXPECT_EQ(between(5, 6), Verdict::satisfied);
  EXPECT_EQ(between(5, {}), Verdict::satisfied);
  EXPECT_EQ(between(4.9, 6), Verdict::needs_person);
  EXPECT_EQ(between(3, {}), Verdict::needs_person);
  EXPECT_EQ(between({}, {}), Verdict::needs_person);
  EXPECT_EQ(between(3, 4.9), Verdict::not_satisfied);
  EXPECT_EQ(between({}, 4.9), Verdict::not_satisfied);
  Facts open = measured(5);
  open.measurements["counter.total"].low = 3;
  open.attested["size"] = {attested("size", true)};
  EXPECT_EQ(verdict(content, open), Verdict::satisfied) << "a person may answer what is open";
}

// A limit from both sides is broken at both ends of a wide interval, and perhaps kept within.
TEST(Verdict, AnIntervalAroundALimitFromBothSidesIsOpen) {
  Control control = measured_control();
  control.measures[0].interval = true;
  Threshold range;
  range.op = Op::between;
  range.low = 120;
  range.high = 160;
  Threshold one = at_least(1);
  one.op = Op::equal;
  const auto between = [&](const Threshold& limit, double low, double high) {
    Facts facts = measured(low);
    facts.measurements["counter.total"].low = low;
    facts.measurements["counter.total"].high = high;
    return verdict(content_with(limit, {control}), facts);
  };
  EXPECT_EQ(between(one, 0, 2), Verdict::needs_person);
  EXPECT_EQ(between(one, 1, 1), Verdict::satisfied);
  EXPECT_EQ(between(one, 2, 3), Verdict::not_satisfied);
  EXPECT_EQ(between(range, 100, 200), Verdict::needs_person);
  EXPECT_EQ(between(range, 130, 150), Verdict::satisfied);
  EXPECT_EQ(between(range, 10, 20), Verdict::not_satisfied);
}

TEST(Verdict, FaultsByIntervalAreNoneOrSurelySome) {
  Control control = measured_control();
  control.measures[0].interval = control.measures[0].faults = true;
  const Content content = content_with({}, {control});
  const auto between = [&](double low, std::optional<double> high) {
    Facts facts = measured(low);
    facts.measurements["counter.total"].low = low;
    facts.measurements["counter.total"].high = high;
    return verdict(content, facts);
  };
  EXPECT_EQ(between(0, 0), Verdict::satisfied);
  EXPECT_EQ(between(0, 2), Verdict::needs_person);
  EXPECT_EQ(between(0, {}), Verdict::needs_person);
  EXPECT_EQ(between(1, 2), Verdict::not_satisfied);
  EXPECT_EQ(between(1, {}), Verdict::not_satisfied);
}

// What is optional and not there is no pass either.
TEST(Verdict, WhereThereIsNothingToJudgeTheClauseIsNotApplicable) {
  Control control = measured_control();
  control.measures[0].of = "there";
  const Content content = content_with(at_least(5), {control});
  Facts facts = measured(3);
  EXPECT_EQ(verdict(content, facts), Verdict::not_satisfied) << "nobody counted";
  facts.measurements["counter.there"] = {"counter", "there", 2, "", {}, {}, {}, ""};
  EXPECT_EQ(verdict(content, facts), Verdict::not_satisfied);
  facts.measurements["counter.there"].value = 0;
  EXPECT_EQ(verdict(content, facts), Verdict::not_applicable);
  facts.attested["size"] = {attested("size", false)};
  EXPECT_EQ(verdict(content, facts), Verdict::not_satisfied) << "a word against it decides";
  facts.attested.clear();
  EXPECT_EQ(verdict(content_with(at_least(5), {control, person_control()}), facts),
            Verdict::needs_person);
}

TEST(Verdict, NoDataIsNeverAPass) {
  EXPECT_EQ(verdict(content_with(at_least(0), {measured_control()}), {}), Verdict::needs_person);
  EXPECT_EQ(verdict(content_with({}, {person_control()}), {}), Verdict::needs_person);
  EXPECT_EQ(verdict(content_with({}, {}), {}), Verdict::needs_person);
  Facts ended_without_number = measured(1);
  ended_without_number.measurements.clear();
  EXPECT_EQ(verdict(content_with(at_least(0), {measured_control()}), ended_without_number),
            Verdict::needs_person);
}

TEST(Verdict, ACheckThatFailedToRunIsNoFailureOfTheSystem) {
  Facts facts;
  facts.ends["counter"] = {"counter", false, "disk on fire", {}, {}, 0};
  EXPECT_EQ(verdict(content_with(at_least(10), {measured_control()}), facts),
            Verdict::could_not_run);
}

TEST(Verdict, AnAttestationAnswersWhereNothingWasMeasured) {
  const Content content = content_with({}, {person_control()});
  Facts facts;
  facts.attested["policy"] = {attested("policy", true)};
  EXPECT_EQ(verdict(content, facts), Verdict::satisfied);
  facts.attested["policy"].push_back(attested("policy", false));
  EXPECT_EQ(verdict(content, facts), Verdict::not_satisfied);
}

TEST(Verdict, AnAttestationOfTheClauseCountsToo) {
  Facts facts;
  facts.attested["std/C-1"] = {attested("std/C-1", true)};
  EXPECT_EQ(verdict(content_with({}, {person_control()}), facts), Verdict::satisfied);
}

TEST(Verdict, ARefusedAttestationCountsForNothingAndSaysWhy) {
  const Content content = content_with({}, {person_control()});
  Facts facts;
  facts.attested["policy"] = {attested("policy", true)};
  facts.attested["policy"][0].refused = {"有效期已届满", "it was valid until yesterday only"};
  EXPECT_EQ(verdict(content, facts), Verdict::needs_person);
  EXPECT_NE(judged(content, facts).reason.en.find("yesterday"), std::string::npos);
  facts.attested["policy"].push_back(attested("policy", true));
  EXPECT_EQ(verdict(content, facts), Verdict::satisfied);
}

TEST(Verdict, AnAttestationDoesNotOverruleAMeasurement) {
  const Content content = content_with(at_least(10), {measured_control()});
  Facts facts = measured(9);
  facts.attested["size"] = {attested("size", true)};
  EXPECT_EQ(verdict(content, facts), Verdict::not_satisfied);
  facts = measured(11);
  facts.attested["size"] = {attested("size", false)};
  EXPECT_EQ(verdict(content, facts), Verdict::not_satisfied);
}

TEST(Verdict, EveryControlMustBeAnswered) {
  const Content content = content_with(at_least(10), {measured_control(), person_control()});
  EXPECT_EQ(verdict(content, measured(11)), Verdict::needs_person);
  EXPECT_EQ(verdict(content, measured(9)), Verdict::not_satisfied);
  Facts facts = measured(11);
  facts.attested["policy"] = {attested("policy", true)};
  EXPECT_EQ(verdict(content, facts), Verdict::satisfied);
}

TEST(Verdict, WhatDoesNotApplyIsNotApplicableWhateverWasMeasured) {
  EXPECT_EQ(verdict(content_with(at_least(10), {measured_control()}), measured(9), false),
            Verdict::not_applicable);
}

TEST(Verdict, ARecalledClauseIsJudgedButUnverifiedAndOutOfTheTotals) {
  const Content content = content_with(at_least(10), {measured_control()}, Confidence::recalled);
  const PlannedClause planned{
      &content.standards[0], &content.standards[0].clauses[0], true, {}, {"counter"}, {}, {}};
  const ClauseResult result = judge(planned, content, measured(9));
  EXPECT_EQ(result.verdict, Verdict::not_satisfied);
  EXPECT_FALSE(result.verified);
  EXPECT_EQ(totals({result}).count(Verdict::not_satisfied), 0U);
  EXPECT_EQ(exit_code({result}), 3);
}

struct LimitCase {
  const char* what;
  Threshold threshold;
  Measure measure;
  double value;
  std::optional<bool> kept;
};

Threshold parts(Op op) {
  Threshold out;
  out.op = op;
  out.parts = {{"total", Op::at_least, 10}, {"days", Op::at_most, 7}};
  return out;
}

Threshold of(Op op, double value) {
  Threshold out = at_least(value);
  out.op = op;
  return out;
}

TEST(Limits, EachFormIsJudged) {
  Threshold between;
  between.op = Op::between;
  between.low = 120;
  between.high = 160;
  Threshold words;
  words.op = Op::one_of;
  words.values = {"1", "2"};
  const Measure total{"total", "c", "total", false};
  const Measure days{"days", "c", "days", false};
  const Measure other{"other", "c", "other", false};
  const Measure faults{"total", "c", "total", true};
  const std::vector<LimitCase> cases = {
      {"at most, kept", of(Op::at_most, 5), total, 5, true},
      {"at most, broken", of(Op::at_most, 5), total, 5.01, false},
      {"equal, kept", of(Op::equal, 31), total, 31, true},
      {"equal, broken", of(Op::equal, 31), total, 30, false},
      {"a share that only rounding kept off", of(Op::equal, 100), total, 100.0 * 3 / 3 - 1e-12,
       true},
      {"between, at the edge", between, total, 160, true},
      {"between, outside", between, total, 161, false},
      {"a part by its name", parts(Op::all), days, 8, false},
      {"another part", parts(Op::all), total, 10, true},
      {"no such part", parts(Op::all), other, 10, std::nullopt},
      {"levels are not judged", parts(Op::levels), total, 10, std::nullopt},
      {"words are not judged by number", words, total, 1, std::nullopt},
      {"faults must be none", words, faults, 0, true},
      {"one fault is too many", words, faults, 1, false},
      {"no limit", Threshold{}, total, 1, std::nullopt},
      {"no limit, but faults", Threshold{}, faults, 0, true},
  };
  for (const LimitCase& c : cases)
    EXPECT_EQ(keeps(c.threshold, c.measure, c.value), c.kept) << c.what;
}

TEST(Limits, OneOfSeveralIsEnoughForAny) {
  Control control = measured_control();
  control.measures.push_back({"days", "counter", "days", false});
  Facts facts = measured(9);
  facts.measurements["counter.days"] = {"counter", "days", 7, "", {}, {}, {}, ""};
  EXPECT_EQ(verdict(content_with(parts(Op::any), {control}), facts), Verdict::satisfied);
  EXPECT_EQ(verdict(content_with(parts(Op::all), {control}), facts), Verdict::not_satisfied);
}

ClauseResult with(Verdict verdict) {
  ClauseResult out;
  out.verdict = verdict;
  out.verified = true;
  return out;
}

TEST(Verdict, AClauseKnownByTitleOnlyIsUnverified) {
  struct Case {
    Confidence confidence;
    Strength strength;
    bool verified;
  };
  for (const Case& c : {Case{Confidence::sourced, Strength::title, false},
                        Case{Confidence::recalled, Strength::secondary, false},
                        Case{Confidence::recalled, Strength::no_source, false},
                        Case{Confidence::sourced, Strength::unstated, true},
                        Case{Confidence::sourced, Strength::draft, true},
                        Case{Confidence::derived, Strength::secondary, true},
                        Case{Confidence::sourced, Strength::primary, true}}) {
    Content content = content_with(at_least(10), {measured_control()}, c.confidence);
    Clause& clause = content.standards[0].clauses[0];
    clause.source_strength = c.strength;
    EXPECT_EQ(verified(clause), c.verified) << word(c.strength);
    const PlannedClause planned{&content.standards[0], &clause, true, {}, {"counter"}, {}, {}};
    EXPECT_EQ(judge(planned, content, measured(9)).verified, c.verified) << word(c.strength);
  }
}

// A limit of parts, of which "days" is recommended; what each result binds to.
TEST(Verdict, WhereOnlyRecommendedPartsFailItIsARecommendationNotMet) {
  Control control = measured_control();
  control.measures.push_back({"days", "counter", "days", false});
  struct Case {
    Force clause;
    double total;
    double days;
    bool against;  // somebody attested that it does not hold
    Verdict verdict;
    Force force;
  };
  constexpr auto kShall = Force::shall;
  constexpr auto kShould = Force::should;
  for (const Case& c : {Case{kShall, 10, 7, false, Verdict::satisfied, kShall},
                        Case{kShall, 10, 8, false, Verdict::not_satisfied, kShould},
                        Case{kShall, 9, 7, false, Verdict::not_satisfied, kShall},
                        Case{kShall, 9, 8, false, Verdict::not_satisfied, kShall},
                        Case{kShall, 10, 8, true, Verdict::not_satisfied, kShall},
                        Case{kShould, 10, 7, false, Verdict::satisfied, kShould},
                        Case{kShould, 9, 7, false, Verdict::not_satisfied, kShould}}) {
    Content content = content_with(parts(Op::all), {control});
    Clause& clause = content.standards[0].clauses[0];
    clause.force = c.clause;
    clause.threshold.parts[1].force = kShould;
    Facts facts = measured(c.total);
    facts.measurements["counter.days"] = {"counter", "days", c.days, "", {}, {}, {}, ""};
    if (c.against) facts.attested["size"] = {attested("size", false)};
    const PlannedClause planned{&content.standards[0], &clause, true, {}, {"counter"}, {}, {}};
    const ClauseResult result = judge(planned, content, facts);
    EXPECT_EQ(result.verdict, c.verdict) << c.total << " " << c.days;
    EXPECT_EQ(result.force, c.force) << c.total << " " << c.days;
  }
}

TEST(ExitCode, FollowsTheWorstThatIsDecided) {
  const auto satisfied = with(Verdict::satisfied);
  const auto out = with(Verdict::not_applicable);
  EXPECT_EQ(exit_code({satisfied, out}), 0);
  EXPECT_EQ(exit_code({satisfied, with(Verdict::needs_person)}), 3);
  EXPECT_EQ(exit_code({satisfied, with(Verdict::could_not_run)}), 3);
  EXPECT_EQ(exit_code({with(Verdict::needs_person), with(Verdict::not_satisfied)}), 1);
  EXPECT_EQ(exit_code({out}), 3);
  EXPECT_EQ(exit_code(std::vector<ClauseResult>{}), 3);
}

TEST(ExitCode, ARecommendationNotMetIsNotSatisfiedToo) {
  ClauseResult recommended = with(Verdict::not_satisfied);
  recommended.force = Force::should;
  EXPECT_EQ(exit_code({with(Verdict::satisfied), recommended}), 1);
  recommended.verdict = Verdict::needs_person;
  EXPECT_EQ(exit_code({with(Verdict::satisfied), recommended}), 3);
}

}  // namespace
}  // namespace assay
