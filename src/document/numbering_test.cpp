// SPDX-License-Identifier: Apache-2.0
#include "document/numbering.h"

#include <gtest/gtest.h>

namespace assay::document {
namespace {

struct Row {
  const char* line;
  Unit unit;
  const char* label;
  std::vector<int> values;
};

TEST(Numbering, ReadsTheNumbersOfChineseAndEnglishDocuments) {
  const Row rows[] = {
      {"第一章 总 则", Unit::chapter, "第一章", {1}},
      {"第二十一条 提供者应当……", Unit::article, "第二十一条", {21}},
      {"第一百零三条　本法自……", Unit::article, "第一百零三条", {103}},
      {"第12条 目的", Unit::article, "第12条", {12}},
      {"附件二 样表", Unit::annex, "附件二", {2}},
      {"附录A （规范性）要求", Unit::annex, "附录A", {1}},
      {"（十二）其他情形；", Unit::item, "（十二）", {12}},
      {"三、工作要求", Unit::item, "三、", {3}},
      {"5.2.1 文本内容", Unit::clause, "5.2.1", {5, 2, 1}},
      {"5.1文本内容", Unit::clause, "5.1", {5, 1}},
      {"A.3 Sample sheet", Unit::clause, "A.3", {1, 3}},
      {"Article 5", Unit::article, "Article 5", {5}},
      {"Article 12. Scope", Unit::article, "Article 12", {12}},
      {"CHAPTER IV", Unit::chapter, "CHAPTER IV", {4}},
      {"ANNEX XIII Criteria", Unit::annex, "ANNEX XIII", {13}},
      {"§ 552 Access", Unit::section, "§ 552", {552}},
      {"Sec. 4. Ensuring Safety", Unit::section, "Sec. 4", {4}},
      {"(44) There are serious concerns", Unit::item, "(44)", {44}},
      {"(b) a description", Unit::item, "(b)", {2}},
      {"(iii) the name", Unit::item, "(iii)", {3}},
      {"a) the name", Unit::item, "a)", {1}},
      {"a) 名称；", Unit::item, "a)", {1}},
  };
  for (const Row& row : rows) {
    const auto number = number_at(row.line);
    ASSERT_TRUE(number) << row.line;
    EXPECT_EQ(number->unit, row.unit) << row.line;
    EXPECT_EQ(number->label, row.label) << row.line;
    EXPECT_EQ(number->values, row.values) << row.line;
  }
}

TEST(Numbering, TellsReferencesMeasuresAndYearsFromNumbers) {
  for (const char* line : {"第五条第二款规定的情形",
                           "第四十五条、第五十条的规定",
                           "Article 6(2) of this Regulation",
                           "Article 10, point (b)",
                           "Section 2 of this Title has been published",
                           "Section of the text",
                           "2024 was the year",
                           "5 years after",
                           "5.5million",
                           "附件中的表格",
                           "Articled clerks",
                           "3.14159",
                           "",
                           "   ",
                           "(",
                           "（",
                           "第",
                           "第条",
                           "(abc) def",
                           "e.g. this"})
    EXPECT_FALSE(number_at(line)) << line;
}

TEST(Numbering, ReadsNumerals) {
  const std::pair<const char*, int> han[] = {
      {"十", 10},        {"十二", 12},      {"二十", 20},           {"九十九", 99}, {"一百", 100},
      {"一百零三", 103}, {"一百一十", 110}, {"一千二百六十", 1260}, {"12", 12},     {"１２", 12}};
  for (const auto& [text, value] : han) EXPECT_EQ(han_number(text), value) << text;
  for (const char* text : {"", "甲", "十x", "99999"}) EXPECT_FALSE(han_number(text)) << text;
  const std::pair<const char*, int> roman[] = {
      {"i", 1}, {"IV", 4}, {"xiii", 13}, {"XL", 40}, {"mcmxciv", 1994}};
  for (const auto& [text, value] : roman) EXPECT_EQ(roman_number(text), value) << text;
  for (const char* text : {"", "iiii", "vx", "abc", "ic"}) EXPECT_FALSE(roman_number(text)) << text;
}

TEST(Numbering, KnowsMarkersThatStandBesideTheirText) {
  for (const char* text : {"(44)", "5.2.1", "a)", "•", "–", "12", "Article 5"})
    EXPECT_TRUE(is_marker(text)) << text;
  for (const char* text : {"(44) text", "Scope", ""}) EXPECT_FALSE(is_marker(text)) << text;
}

}  // namespace
}  // namespace assay::document
