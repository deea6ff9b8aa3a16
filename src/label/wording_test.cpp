// SPDX-License-Identifier: Apache-2.0
#include "label/wording.h"

#include <gtest/gtest.h>

namespace assay::label {
namespace {

const LabelWords kWords = {
    {"人工智能", "AI"}, {"生成", "合成"}, {"Artificial Intelligence"}, {"generated", "synthetic"}};

// One line of words, each 20 pixels high.
Line line(const std::vector<std::string>& words, int y = 0) {
  Line out;
  int x = 0;
  for (const std::string& text : words) {
    out.push_back({text, {x, y, 40, 20}, 90});
    x += 50;
  }
  return out;
}

Wording find(const std::vector<Line>& lines) {
  return find_wording(lines, kWords).value_or(Wording{});
}

TEST(Tsv, GivesWordsByPage) {
  const auto lines = parse_tsv(
      "level\tpage_num\tblock_num\tpar_num\tline_num\tword_"
      "num\tleft\ttop\twidth\theight\tconf\ttext\n"
      "4\t1\t1\t1\t1\t0\t1\t2\t90\t20\t-1\t\n"
      "5\t1\t1\t1\t1\t1\t1\t2\t30\t20\t91.5\tAI\n"
      "5\t1\t1\t1\t1\t2\t40\t2\t50\t20\t88\t生成\n"
      "5\t3\t1\t1\t2\t1\t1\t30\t50\t20\t70\tother\n"
      "5\t1\t1\t1\t2\t2\t1\t30\t50\t20\t70\t \n"
      "5\t1\t1\t1\t2\t3\t-1\t30\t50\t20\t70\tno\n"
      "5\t1\t1\t1\t2\t3\t1\t30\tno\t20\t70\tno\n"
      "5\t1\t1\n"
      "5\t4\t1\t1\t1\t1\t1\t30\t50\t20\t70\tbeyond\n",
      3);
  ASSERT_EQ(lines.size(), 3U);
  ASSERT_EQ(lines[0].size(), 2U);
  EXPECT_EQ(lines[0][1].text, "生成");
  EXPECT_EQ(lines[0][1].box, (Box{40, 2, 50, 20}));
  EXPECT_DOUBLE_EQ(lines[0][0].confidence, 91.5);
  EXPECT_EQ(lines[1].size(), 0U);
  ASSERT_EQ(lines[2].size(), 1U);
  EXPECT_EQ(lines[2][0].page, 2U);
}

TEST(Wording, HoldsBothElements) {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"AI生成"},
                                             {"AI", "合成"},
                                             {"人工", "智能", "生成"},
                                             {"本", "图片", "由", "AI", "生成"},
                                             {"人工智熊生成"},
                                             {"Al生成"},
                                             {"AI", "generated", "人工智能生成"}})
    EXPECT_TRUE(find({line(words)}).whole()) << words[0];
}

TEST(Wording, OfOneElementIsNotWhole) {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"AI"}, {"AI", "art"}, {"人工智能"}}) {
    EXPECT_TRUE(find({line(words)}).ai) << words[0];
    EXPECT_FALSE(find({line(words)}).generation) << words[0];
  }
}

TEST(Wording, MayBeOtherThanTheStandardNames) {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"AI", "Generated"},
                                             {"Al-generated"},
                                             {"GENERATED", "by", "AI"},
                                             {"artificial", "intelligence", "synthetic"},
                                             {"人工智能", "generatcd"}}) {
    EXPECT_TRUE(find({line(words)}).other) << words[0];
    EXPECT_FALSE(find({line(words)}).whole()) << words[0];
  }
  EXPECT_FALSE(find({line({"generated", "code"})}).other);
  EXPECT_FALSE(find({line({"AI", "regenerated"})}).other);
  // The standard's own words are preferred.
  EXPECT_TRUE(find({line({"AI", "generated"}), line({"AI生成"}, 200)}).whole());
}

TEST(Wording, IsNotFoundInOtherWords) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"AIR生成"}, {"MAIN"}, {"合成"}, {"Al"}, {"工业智能制造"}, {"生日快乐"}, {"人工智熊"}})
    EXPECT_FALSE(find({line(words)}).ai) << words[0];
}

TEST(Wording, MayStandInTwoLines) {
  EXPECT_TRUE(find({line({"人工智能"}), line({"生成"}, 24)}).whole());
  EXPECT_FALSE(find({line({"人工智能"}), line({"生成"}, 200)}).whole());
}

TEST(Wording, NamesTheWordsOfTheElements) {
  const Wording wording = find({line({"AI", "generated", "由", "人工智能", "生成"})});
  ASSERT_EQ(wording.words.size(), 2U);
  EXPECT_EQ(wording.words[0].text, "人工智能");
  EXPECT_EQ(wording.words[1].text, "生成");
  EXPECT_EQ(wording.text, "AI generated由人工智能生成");
}

}  // namespace
}  // namespace assay::label
