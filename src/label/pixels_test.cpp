// SPDX-License-Identifier: Apache-2.0
#include "label/pixels.h"

#include <gtest/gtest.h>

#include <algorithm>

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

// A slope from left to right with bars of `width` pixels that stand out of it by 90.
Plane bars(int width) {
  Plane plane = Plane::filled(120, 60, 0);
  for (int y = 0; y < 60; ++y)
    for (int x = 0; x < 120; ++x)
      plane.pixel(x, y) =
          static_cast<std::uint8_t>(x + (x % 60 >= 30 && x % 60 < 30 + width && y > 5 ? 90 : 0));
  return plane;
}

TEST(Strokes, StandOutOfASlopeAndAreNarrow) {
  const Plane narrow = strokes_of(bars(5), Tone::light, 5);
  EXPECT_GT(narrow.pixel(32, 30), 70);
  EXPECT_GT(narrow.pixel(92, 30), 70);
  EXPECT_LT(narrow.pixel(60, 30), 15);
  EXPECT_LT(strokes_of(bars(20), Tone::light, 5).pixel(40, 30), 15);
  EXPECT_LT(strokes_of(bars(5), Tone::dark, 5).pixel(32, 30), 15);
}

TEST(Strokes, OfDarkInkAreThoseOfLightInk) {
  Plane dark = bars(5);
  for (std::uint8_t& value : dark.at) value = static_cast<std::uint8_t>(255 - value);
  EXPECT_EQ(strokes_of(dark, Tone::dark, 5).at, strokes_of(bars(5), Tone::light, 5).at);
}

TEST(Greatest, IsThatOfTheSquareAround) {
  Plane plane = Plane::filled(7, 5, 0);
  for (std::size_t i = 0; i < plane.at.size(); ++i)
    plane.at[i] = static_cast<std::uint8_t>(i * 97 % 251);
  for (const int radius : {1, 2, 9}) {
    const Plane out = greatest_around(plane, radius);
    for (int y = 0; y < plane.height; ++y) {
      for (int x = 0; x < plane.width; ++x) {
        const Plane around = crop(plane, {x - radius, y - radius, 2 * radius + 1, 2 * radius + 1});
        EXPECT_EQ(out.pixel(x, y), *std::max_element(around.at.begin(), around.at.end()));
      }
    }
  }
}

TEST(Ink, IsHalfAsStrongAsTheStrongestAround) {
  const Plane strokes{5, 1, {200, 101, 90, 0, 30}};
  EXPECT_EQ(ink_of(strokes, 2, 20).at, (std::vector<std::uint8_t>{0, 0, 255, 255, 255}));
  EXPECT_EQ(ink_of(strokes, 1, 20).at, (std::vector<std::uint8_t>{0, 0, 0, 255, 0}));
}

TEST(Blots, HangTogetherCornerwise) {
  const Plane ink = draw({"#...##",  //
                          ".#...#",  //
                          "#....."});
  Plane strokes = Plane::filled(6, 3, 5);
  strokes.pixel(1, 1) = 9;
  const std::vector<Blot> blots = blots_of(ink, strokes);
  ASSERT_EQ(blots.size(), 2U);
  EXPECT_EQ(blots[0].box, (Box{0, 0, 2, 3}));
  EXPECT_EQ(blots[0].strength, 9);
  EXPECT_EQ(blots[1].box, (Box{4, 0, 2, 2}));
}

TEST(Scaled, KeepsWhatItShows) {
  Plane plane = Plane::filled(4, 2, 255);
  for (int y = 0; y < 2; ++y) plane.pixel(0, y) = plane.pixel(1, y) = 0;
  const Plane twice = scaled(plane, 2);
  EXPECT_EQ(twice.width, 8);
  EXPECT_EQ(twice.height, 4);
  EXPECT_EQ(twice.pixel(0, 0), 0);
  EXPECT_EQ(twice.pixel(7, 3), 255);
  const Plane half = scaled(plane, 0.5);
  EXPECT_EQ(half.width, 2);
  EXPECT_EQ(half.pixel(0, 0), 0);
  EXPECT_EQ(half.pixel(1, 0), 255);
  EXPECT_EQ(scaled(plane, 0.01).width, 1);
}

TEST(Crop, StaysInside) {
  const Plane plane = draw({"#.", ".#"});
  EXPECT_EQ(crop(plane, {1, 1, 9, 9}).at, (std::vector<std::uint8_t>{0}));
  EXPECT_EQ(crop(Picture{2, 1, {1, 2, 3, 4, 5, 6}}, {1, 0, 5, 5}).at,
            (std::vector<std::uint8_t>{4, 5, 6}));
}

}  // namespace
}  // namespace assay::label
