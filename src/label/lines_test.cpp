// SPDX-License-Identifier: Apache-2.0
#include "label/lines.h"

#include <gtest/gtest.h>

namespace assay::label {
namespace {

constexpr Sizes kSizes = {18, 130};

// Letters of `height`, side by side.
std::vector<Blot> row(int x, int y, int letters, int height, int strength = 100) {
  std::vector<Blot> out;
  for (int i = 0; i < letters; ++i, x += height + height / 5)
    out.push_back({{x, y, height, height}, strength});
  return out;
}

std::vector<Blot> joined(std::vector<Blot> a, const std::vector<Blot>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

TEST(Lines, AreLettersBesideEachOther) {
  for (const int height : {20, 40, 100}) {
    const auto lines = find_lines(row(50, 30, 4, height), kSizes);
    ASSERT_EQ(lines.size(), 1U) << height;
    EXPECT_EQ(lines[0].box, (Box{50, 30, 4 * height + 3 * (height / 5), height}));
    EXPECT_EQ(lines[0].letters, 4);
  }
  EXPECT_TRUE(find_lines(row(50, 30, 1, 40), kSizes).empty());
  EXPECT_TRUE(find_lines(row(50, 30, 4, 10), kSizes).empty());
}

TEST(Lines, OfTwoRowsAreTwo) {
  EXPECT_EQ(find_lines(joined(row(0, 0, 4, 40), row(0, 50, 4, 40)), kSizes).size(), 2U);
  EXPECT_EQ(find_lines(joined(row(0, 0, 4, 40), row(300, 0, 4, 40)), kSizes).size(), 2U);
}

TEST(Lines, TakeInPiecesOfLetters) {
  std::vector<Blot> blots = row(0, 0, 4, 40);
  blots.push_back({{200, 30, 6, 8}, 100});
  blots.push_back({{100, 44, 6, 8}, 100});  // below the row
  EXPECT_EQ(find_lines(blots, kSizes)[0].box, (Box{0, 0, 206, 40}));
}

TEST(Lines, AreNotHiddenByWhatIsAround) {
  const std::vector<Blot> text = row(50, 30, 4, 40);
  const Box expected = find_lines(text, kSizes)[0].box;
  // Weak grain on all sides, and a large thing that touches.
  std::vector<Blot> blots = joined(text, {{{20, 0, 90, 300}, 100}});
  for (int x = 0; x < 400; x += 9)
    for (int y = 0; y < 120; y += 9) blots.push_back({{x, y, 7, 7}, 40});
  const auto lines = find_lines(blots, kSizes);
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines[0].box, expected);
}

TEST(Lines, OfManyStrongLettersComeFirst) {
  const auto lines = find_lines(
      joined(row(0, 0, 3, 40, 30), joined(row(0, 100, 3, 40, 90), row(0, 200, 8, 40, 30))), kSizes);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].box.y, 100);
  EXPECT_EQ(lines[1].box.y, 200);
}

}  // namespace
}  // namespace assay::label
