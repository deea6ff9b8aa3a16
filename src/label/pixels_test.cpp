// SPDX-License-Identifier: Apache-2.0
#include "label/pixels.h"

#include <gtest/gtest.h>

namespace assay::label {
namespace {

// Ink (#) on paper (.).
Plane draw(const std::vector<std::string>& rows) {
  Plane plane = Plane::filled(static_cast<int>(rows[0].size()), static_cast<int>(rows.size()), 255);
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x)
      if (rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == '#')
        plane.pixel(x, y) = 0;
  return plane;
}

TEST(Boxes, JoinAndMeet) {
  EXPECT_EQ(both({1, 1, 2, 2}, {5, 0, 1, 1}), (Box{1, 0, 5, 3}));
  EXPECT_EQ(both({}, {5, 6, 1, 1}), (Box{5, 6, 1, 1}));
  EXPECT_EQ(common({0, 0, 4, 4}, {2, 1, 9, 2}), (Box{2, 1, 2, 2}));
  EXPECT_EQ(common({0, 0, 1, 1}, {5, 5, 1, 1}).width, 0);
}

TEST(Ppm, IsTakenOffTheFront) {
  const std::string one("P6\n2 1\n255\nabcdef");
  const std::string two = one + one;
  std::string_view left = two;
  for (int i = 0; i < 2; ++i) {
    const Result<Picture> picture = take_ppm(left);
    ASSERT_TRUE(picture.ok());
    EXPECT_EQ(picture->width, 2);
    EXPECT_EQ(write_ppm(*picture), one);
  }
  EXPECT_TRUE(left.empty());
}

TEST(Ppm, IsRefusedWhereItIsNone) {
  for (const std::string_view bad :
       {"", "P5\n1 1\n255\nabc", "P6\n", "P6\n2 1\n255\nabcde", "P6\n0 1\n255\n",
        "P6\n-1 1\n255\nabc", "P6\n1 1\n65535\nabcdef", "P6\n99999999999 1\n255\nabc",
        "P6\n2147483647 2147483647\n255\nabc"}) {
    std::string_view left = bad;
    EXPECT_FALSE(take_ppm(left).ok()) << bad;
  }
}

TEST(Channels, AreOfTheThreeColours) {
  const Picture picture{1, 1, {200, 100, 0}};
  EXPECT_EQ(channel_of(picture, Channel::strongest).at[0], 200);
  EXPECT_EQ(channel_of(picture, Channel::weakest).at[0], 0);
  EXPECT_NEAR(channel_of(picture, Channel::gray).at[0], 0.299 * 200 + 0.587 * 100, 2);
}

TEST(Ink, IsWhatStandsOutOfASlope) {
  Plane plane = Plane::filled(100, 40, 0);
  for (int y = 0; y < 40; ++y)
    for (int x = 0; x < 100; ++x) plane.pixel(x, y) = static_cast<std::uint8_t>(x);
  for (int y = 15; y < 25; ++y)
    for (const int x : {20, 21, 22, 70, 71, 72})
      plane.pixel(x, y) = static_cast<std::uint8_t>(x + 90);
  const Plane light = ink_of(plane, Tone::light, 12);
  EXPECT_EQ(light.pixel(21, 20), 0);
  EXPECT_EQ(light.pixel(71, 20), 0);
  EXPECT_EQ(light.pixel(45, 20), 255);
  EXPECT_EQ(ink_of(plane, Tone::dark, 12).pixel(21, 20), 255);
}

TEST(Strokes, AreNeitherGrainNorAreas) {
  Plane ink = draw({"#..........",  //
                    "...##......",  //
                    "....##.....",  //
                    ".....#..###",  //
                    "........###",  //
                    "........###",  //
                    "........###",  //
                    "........###"});
  keep_strokes(ink, {3, 4});
  EXPECT_EQ(ink.pixel(0, 0), 255);
  EXPECT_EQ(ink.pixel(3, 1), 0);
  EXPECT_EQ(ink.pixel(5, 3), 0);
  EXPECT_EQ(ink.pixel(9, 5), 255);
}

TEST(InkBox, IsOfTheWordAndNotOfItsFrame) {
  const Plane ink = draw({"###########",  //
                          "#.........#",  //
                          "#.##..##..#",  //
                          "#.#...##..#",  //
                          "#.##......#",  //
                          "#.........#",  //
                          "###########"});
  EXPECT_EQ(ink_box(ink, {1, 1, 9, 5}), (Box{2, 2, 6, 3}));
  EXPECT_EQ(ink_box(ink, {8, 1, 2, 1}), Box{});
}

TEST(Crop, StaysInside) {
  const Plane plane = draw({"#.", ".#"});
  EXPECT_EQ(crop(plane, {1, 1, 9, 9}).at, (std::vector<std::uint8_t>{0}));
  EXPECT_EQ(crop(Picture{2, 1, {1, 2, 3, 4, 5, 6}}, {1, 0, 5, 5}).at,
            (std::vector<std::uint8_t>{4, 5, 6}));
}

}  // namespace
}  // namespace assay::label
