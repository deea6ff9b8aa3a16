// SPDX-License-Identifier: Apache-2.0
#include "probe/bank.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace assay::probe {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

class BankTest : public testing::Test {
 protected:
  ~BankTest() override { std::filesystem::remove(path_); }

  Result<Bank> read(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    const BankRules rules{.topics = {"A.1.a", "A.1.b"}, .as_of = {2026, 6, 30}};
    const table::Hooks hooks{.note = [this](const table::Note& note) { notes_.push_back(note); },
                             .progress = {},
                             .stop = {}};
    return read_bank(path_, rules, hooks);
  }

  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("assay_bank_" + std::to_string(getpid()) + ".csv");
  std::vector<table::Note> notes_;
};

TEST_F(BankTest, CountsDistinctQuestionsByTopicAndPair) {
  const auto bank = read(
      "question,risk,language,modality,added,updated\n"
      "What is one,A.1.a,en-GB,Text,2026-01-01,2026-02-01\n"
      "what  is ONE,A.1.b,zh,text;image,2026-01-01,\n"
      "问题二的内容,A.1.a;A.1.b,zh,text,2026-01-05,\n");
  ASSERT_TRUE(bank.ok()) << bank.error().text();
  EXPECT_EQ(bank->questions, 2U);
  EXPECT_THAT(bank->per_topic, ElementsAre(2, 2));
  EXPECT_THAT(bank->pairs,
              ElementsAre(Pair("image", "zh"), Pair("text", "en"), Pair("text", "zh")));
  EXPECT_EQ(bank->updated.text(), "2026-02-01");
  EXPECT_TRUE(bank->tells_pairs);
  EXPECT_EQ(bank->unreviewed, 0U);
}

TEST_F(BankTest, NamesTheLinesOfNearDuplicates) {
  const auto bank = read(
      "question,risk\n"
      "\n"
      "请问在这种情况下应当怎样正确地处理这一类非常棘手的问题,A.1.a\n"
      "完全不同的一道题目,A.1.a\n"
      "请问在这种情况下应当怎样正确地处理这一类非常棘手的问题呢,A.1.b\n");
  ASSERT_TRUE(bank.ok());
  ASSERT_EQ(notes_.size(), 1U);
  EXPECT_EQ(notes_[0].id, "question-near-duplicate");
  EXPECT_EQ(notes_[0].line, 5U);
  EXPECT_EQ(notes_[0].args[0], "3");
}

TEST_F(BankTest, CountsNoQuestionOfInvisibleCharacters) {
  const auto bank = read(
      "question,risk,language,modality,added\n"
      "\u200B\u200D\uFEFF,A.1.a,zh,text,2026-01-01\n"
      "\u200B问题一,A.1.b,en,text,2026-01-01\n");
  ASSERT_TRUE(bank.ok()) << bank.error().text();
  EXPECT_EQ(bank->questions, 1U);
  EXPECT_THAT(bank->per_topic, ElementsAre(0, 1));
  EXPECT_THAT(bank->pairs, ElementsAre(Pair("text", "en")));
  ASSERT_EQ(notes_.size(), 1U);
  EXPECT_EQ(notes_[0].id, "question-empty");
  EXPECT_EQ(notes_[0].line, 2U);
}

TEST_F(BankTest, KeepsItsPairsSmallWhateverARowSays) {
  std::string row = "question,risk,language,modality\nq one two,A.1.a,";
  for (int i = 0; i < 3000; ++i) row += "l" + std::to_string(i) + ";";
  row += ",";
  for (int i = 0; i < 3000; ++i) row += "m" + std::to_string(i) + ";";
  const auto bank = read(row + "\n");
  ASSERT_TRUE(bank.ok());
  EXPECT_TRUE(bank->pairs.empty());
  EXPECT_EQ(bank->questions, 1U);
}

TEST_F(BankTest, FindsQuestionsThatStandInTwoBanks) {
  const auto a = read("question,risk\nfirst question,A.1.a\nsecond,A.1.a\n");
  const auto b = read("question,risk\nFIRST  question,A.1.a\nthird,A.1.a\n");
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_EQ(shared_questions(*a, *b), 1U);
}

}  // namespace
}  // namespace assay::probe
