// SPDX-License-Identifier: Apache-2.0
#include "stats/draw.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace assay::stats {
namespace {

std::vector<std::string> names(std::size_t n) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back("f" + std::to_string(i));
  return out;
}

// printf '7\nf%s' $i | sha256sum for i of 0 to 4: 1 and 4 are the lowest.
TEST(Draw, IsThatOfTheMethodWrittenDown) {
  EXPECT_EQ(draw(names(5), 2, "7"), (std::vector<std::size_t>{1, 4}));
}

TEST(Draw, IsTheSameHoweverTheNamesAreSorted) {
  std::vector<std::string> sorted = names(100), mixed = sorted;
  std::ranges::reverse(mixed);
  std::set<std::string> a, b;
  for (const std::size_t i : draw(sorted, 10, "s")) a.insert(sorted[i]);
  for (const std::size_t i : draw(mixed, 10, "s")) b.insert(mixed[i]);
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.size(), 10U);
  EXPECT_NE(draw(sorted, 10, "s"), draw(sorted, 10, "t"));
}

TEST(Draw, GivesAllWhereMoreAreWanted) {
  EXPECT_EQ(draw(names(3), 9, "x"), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_TRUE(draw({}, 9, "x").empty());
}

// Over many seeds each of ten names is drawn about as often as the others: chi-square with 9
// degrees of freedom stays under its 99.9 % point, 27.88.
TEST(Draw, FavoursNoName) {
  std::vector<double> count(10);
  for (int seed = 0; seed < 2000; ++seed)
    for (const std::size_t i : draw(names(10), 3, std::to_string(seed))) ++count[i];
  double chi = 0;
  for (const double c : count) chi += (c - 600) * (c - 600) / 600;
  EXPECT_LT(chi, 27.88);
}

}  // namespace
}  // namespace assay::stats
