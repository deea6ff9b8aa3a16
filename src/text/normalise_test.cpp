// SPDX-License-Identifier: Apache-2.0
#include "text/normalise.h"

#include <gtest/gtest.h>

#include "base/strings.h"
#include "text/cells.h"

namespace assay::text {
namespace {

TEST(Canonical, GivesOneSpellingToWhatReadsTheSame) {
  EXPECT_EQ(canonical("ＡＢＣ　ｄｅｆ！"), "abc def!");
  EXPECT_EQ(canonical("  Ab \t\n c  "), "ab c");
  EXPECT_EQ(canonical("敏\u200B感\uFEFF词"), "敏感词");
  EXPECT_EQ(canonical("ÀÉÞ ΑΣΩ ЁЖЯ"), "àéþ ασω ёжя");
  EXPECT_EQ(canonical("×Ϣ中Ａ１"), "×Ϣ中a1");
  EXPECT_EQ(canonical("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(canonical("\u3000\u200B"), "");
}

TEST(Canonical, ChangesNothingTwice) {
  for (const char* text : {"ＡＢＣ　ｄ", "À É", "中 文", "a\xFF"}) {
    const std::string once = canonical(text);
    EXPECT_EQ(canonical(once), once);
    EXPECT_TRUE(valid_utf8(once));
  }
}

TEST(Cells, ReadDaysAsPeopleWriteThem) {
  for (const char* cell : {"2025-01-26", "2025/1/26", "2025.01.26", "20250126", "2025年1月26日",
                           "2025-01-26T10:00:00Z", "2025/1/26 10:00"}) {
    const auto day = day_in(cell);
    ASSERT_TRUE(day.has_value()) << cell;
    EXPECT_EQ(day->text(), "2025-01-26") << cell;
  }
  for (const char* cell : {"", "2025", "2025-01", "2025-02-30", "26/01/2025", "-2025-1-1", "soon",
                           "2025-1-26x", "2025-01-", "2025-1--2"})
    EXPECT_FALSE(day_in(cell).has_value()) << cell;
}

TEST(Cells, ReadYesNoAndLists) {
  EXPECT_EQ(yes_in("是"), true);
  EXPECT_EQ(yes_in("TRUE"), true);
  EXPECT_EQ(yes_in("未通过"), false);
  EXPECT_EQ(yes_in("maybe"), std::nullopt);
  EXPECT_EQ(yes_in(""), std::nullopt);
  EXPECT_EQ(list_in(" a; b；c|d\n;; "), (std::vector<std::string_view>{"a", "b", "c", "d"}));
  EXPECT_TRUE(list_in("").empty());
}

}  // namespace
}  // namespace assay::text
