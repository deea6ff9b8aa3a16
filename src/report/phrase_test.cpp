// SPDX-License-Identifier: Apache-2.0
#include "report/phrase.h"

#include <gtest/gtest.h>

#include "report/sample_test.h"
#include "report/summary.h"

namespace assay::report {
namespace {

TEST(Phrases, WriteShares) {
  EXPECT_EQ(share_text(1, 8), "12.5 %");
  EXPECT_EQ(share_text(0, 0), "0 %");
}

TEST(Phrases, NameUnitsInBothLanguages) {
  EXPECT_EQ(unit_after({"c", "m", 1, "%", {}, {}, {}, {}}), (Text{" %", " %"}));
  EXPECT_EQ(unit_after({"c", "m", 1, "keywords", {}, {}, {}, {}}),
            (Text{" 个关键词", " keywords"}));
  EXPECT_TRUE(unit_after({"c", "m", 1, "", {}, {}, {}, {}}).empty());
}

TEST(Phrases, FindTheLimitOfEachMeasurement) {
  const Sample sample = mixed_run();
  const ClauseResult& size = sample.results[1];
  const Clause* clause = find_clause(sample.content, size.clause);
  const Limit limit = limit_of(sample.content, clause, size.measurements[0]);
  EXPECT_EQ(limit.low, 10000);
  EXPECT_FALSE(limit.high);
  EXPECT_EQ(limit.text.en, "≥ 10,000 keywords");

  const Judged faults{{"pickle", "unsafe_calls", 2, {}, {}, {}, {}, {}}, "= 0", false};
  const Limit none = limit_of(sample.content, find_clause(sample.content, "gbt-1/MOD-001"), faults);
  EXPECT_EQ(none.low, 0);
  EXPECT_EQ(none.high, 0);
  EXPECT_EQ(limit_of(sample.content, nullptr, faults).text.zh, "= 0");
}

TEST(Phrases, AskOnlyForWhatNoMeasurementAnswers) {
  const Sample sample = mixed_run();
  const ClauseResult& size = sample.results[1];
  const Clause& clause = *find_clause(sample.content, size.clause);
  EXPECT_TRUE(controls_to_ask(sample.content, clause, size).empty());
  ASSERT_EQ(controls_to_mend(sample.content, clause, size).size(), 1U);
  const ClauseResult& person = sample.results[4];
  EXPECT_EQ(
      controls_to_ask(sample.content, *find_clause(sample.content, person.clause), person).size(),
      1U);
}

TEST(Summary, CountsUnverifiedApartAndPutsConcernedStandardsFirst) {
  const Sample sample = everything_run();
  const Input input = sample.input(Language::zh);
  const Summary summary = summarise(input);
  EXPECT_EQ(summary.all.all_verified(), 7U);
  EXPECT_EQ(summary.all.count_recommended(Verdict::not_satisfied), 1U);
  EXPECT_EQ(summary.all.count(Verdict::satisfied), 1U);
  EXPECT_EQ(summary.all.count_unverified(Verdict::satisfied), 1U);
  EXPECT_EQ(summary.all.applicable(), 6U);
  EXPECT_EQ(summary.checks, 4U);
  EXPECT_EQ(summary.checks_failed, 2U);
  ASSERT_EQ(summary.standards.size(), 3U);

  const Sample mixed = mixed_run();
  const Input mixed_input = mixed.input(Language::zh);
  const Summary ordered = summarise(mixed_input);
  EXPECT_EQ(ordered.standards.front().id, "gbt-1");
  EXPECT_EQ(ordered.standards.back().id, "gb-2");
}

TEST(Summary, ReachesRisksThroughTheMappingOnceAStandard) {
  const Sample sample = mixed_run();
  const Input input = sample.input(Language::zh);
  const Summary summary = summarise(input);
  ASSERT_EQ(summary.risks.size(), 1U);
  EXPECT_EQ(summary.risks[0].risk->id, "R1.a");
  EXPECT_EQ(summary.risks[0].group->id, "R1");
  EXPECT_EQ(summary.risks[0].confidence, Confidence::derived);
  EXPECT_EQ(summary.risks[0].tally.all_verified(), 5U);
}

}  // namespace
}  // namespace assay::report
