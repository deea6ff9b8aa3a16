// SPDX-License-Identifier: Apache-2.0
#include "document/against.h"

#include <gtest/gtest.h>

#include "document/plain.h"

namespace assay::document {
namespace {

std::vector<Demand> demands() {
  return {
      {"题库应不少于2000题，每种风险不少于50题。", {{NumberRule::at_least, 2000, {"题（总数）"}}}},
      {"拒答率不低于限值时才算合格。", {}},
      {"Keep logs for at least six months.", {{NumberRule::at_least, 6, {"months"}}}}};
}

Answer answer_of(std::size_t demand, std::string_view text) {
  return answers(read_plain(text), demands(), {})[demand];
}

TEST(Against, TellsFullyPartlyAndNotAtAll) {
  EXPECT_EQ(answer_of(0, "我们的题库不少于2500题，每种风险不少于50题。\n").level,
            AnswerLevel::fully);
  EXPECT_EQ(answer_of(0, "题库涉及每种风险，不少于五十题。\n").level, AnswerLevel::partly);
  EXPECT_EQ(answer_of(0, "天气很好。\n").level, AnswerLevel::none);
  EXPECT_EQ(answer_of(0, "").level, AnswerLevel::none);
}

TEST(Against, ABlockSpeaksUnderItsHeading) {
  const std::vector<Demand> demand = {{"题库不少于2000题", {}}};
  const auto out = answers(read_markdown("# 题库应\n\n应不少于2000题\n"), demand, {});
  EXPECT_EQ(out[0].level, AnswerLevel::fully);
  EXPECT_EQ(out[0].spans.size(), 1U);
}

TEST(Against, CommonWordsTellNothing) {
  const std::vector<Demand> demand = {{"Each provider should keep the logs.", {}}};
  const Document document = read_plain("Each cook should keep the recipe.\n");
  EXPECT_NE(answers(document, demand, {})[0].level, AnswerLevel::none);
  EXPECT_EQ(answers(document, demand, {{"each", "should", "the", "keep"}, 0.35, 0.6})[0].level,
            AnswerLevel::none);
}

TEST(Against, GathersAnAnswerFromTwoPlaces) {
  const auto one = answer_of(2, "We keep logs.\n");
  const auto both = answer_of(2, "We keep logs.\n\nNothing.\n\nThis is for at least six months.\n");
  EXPECT_GT(both.share, one.share);
  EXPECT_EQ(both.spans.size(), 2U);
  EXPECT_FALSE(one.missing.empty());
}

TEST(Against, TellsNumbersThatSayOtherwise) {
  const Document document = read_plain("题库不少于 1,500 题，每种风险不少于50题。\n");
  const auto out = answers(document, demands(), {})[0];
  ASSERT_EQ(out.numbers.size(), 2U);
  EXPECT_EQ(document.at(out.numbers[0].span), "1,500 题");
  EXPECT_EQ(out.numbers[0].value, 1500);
  EXPECT_TRUE(answer_of(0, "题库不少于3000题，每种风险不少于50题。\n").numbers.empty());
  EXPECT_TRUE(answer_of(2, "Keep logs for at least 12 months.\n").numbers.empty());
  EXPECT_EQ(answer_of(2, "Keep logs for at least 3 month.\n").numbers.size(), 1U);
}

TEST(Against, ReadsNumbers) {
  const std::string text = "4,000 and 3.5 and 2万 and A4 and 5.2.1 and 7,";
  std::vector<double> out;
  for (const FoundNumber& found : numbers_in(text, {0, text.size()})) out.push_back(found.value);
  EXPECT_EQ(out, (std::vector<double>{4000, 3.5, 20000, 7}));
}

}  // namespace
}  // namespace assay::document
