// SPDX-License-Identifier: Apache-2.0
#include "report/text/table.h"

#include <gtest/gtest.h>

#include "base/strings.h"

namespace assay::report::text {
namespace {

TEST(TextTable, AlignsByDisplayWidth) {
  EXPECT_EQ(table({{"标准", "符合"}, {"GB/T 1-2025", "7"}}),
            "标准         符合\n"
            "-----------------\n"
            "GB/T 1-2025     7\n");
}

TEST(TextTable, WrapsWithinTheColumns) {
  EXPECT_EQ(wrap("one two three", 7, 2), "one two\n  three");
  EXPECT_EQ(wrap("关键词库的规模", 6, 0), "关键词\n库的规\n模");
  EXPECT_EQ(wrap("关键词。", 6, 0), "关键词。") << "a full stop does not start a line";
  EXPECT_EQ(wrap("averylongword", 5, 0), "averylongword");
  EXPECT_EQ(wrap("", 5, 0), "");
}

TEST(TextTable, CutsWideTextWithinTheColumns) {
  EXPECT_EQ(cut("short", 5), "short");
  EXPECT_LE(display_width(cut("人工智能安全标准", 7)), 7U);
  EXPECT_EQ(cut("人工智能安全标准", 7), "人工智…");
}

}  // namespace
}  // namespace assay::report::text
