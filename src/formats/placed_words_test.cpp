// SPDX-License-Identifier: Apache-2.0
#include "formats/placed_words.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace assay::formats {
namespace {

std::vector<PlacedRow> rows_of(std::string_view tsv) {
  std::vector<PlacedRow> out;
  each_placed_row(tsv, [&](const PlacedRow& row) { out.push_back(row); });
  return out;
}

TEST(PlacedWords, AreReadWithTheirPlaces) {
  const auto rows = rows_of(
      "level\tpage_num\tblock_num\tpar_num\tline_num\tword_"
      "num\tleft\ttop\twidth\theight\tconf\ttext\n"
      "1\t1\t0\t0\t0\t0\t0\t0\t595.2\t841.9\t-1\t###PAGE###\n"
      "5\t2\t1\t0\t3\t4\t72.5\t90\t40\t12\t100\t标识\n");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].level, PlacedLevel::page);
  EXPECT_EQ(rows[0].height, 841.9);
  EXPECT_EQ(rows[1].level, PlacedLevel::word);
  EXPECT_EQ(rows[1].page, 2U);
  EXPECT_EQ(rows[1].x, 72.5);
  EXPECT_EQ(rows[1].confidence, 100);
  EXPECT_EQ(rows[1].text, "标识");
}

TEST(PlacedWords, RowsThatAreNoneArePassedOver) {
  EXPECT_TRUE(rows_of("").empty());
  EXPECT_TRUE(rows_of("5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90").empty());          // no text
  EXPECT_TRUE(rows_of("5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\tab\tcd").empty());  // one too many
  EXPECT_TRUE(rows_of("5\t1\t1\t1\t1\t1\tnan\t0\t9\t9\t90\tab").empty());    // no place
  EXPECT_TRUE(rows_of("5\t1\t1\t1\t1\t1\t0\t0\t1e300\t9\t90\tab").empty());  // too far
  EXPECT_TRUE(rows_of("5\t-1\t1\t1\t1\t1\t0\t0\t9\t9\t90\tab").empty());     // no page
  EXPECT_TRUE(rows_of("4096\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\tab").empty());   // no level
  EXPECT_EQ(rows_of("x\n5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\t\n").size(), 1U);  // a word of nothing
}

}  // namespace
}  // namespace assay::formats
