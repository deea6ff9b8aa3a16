// SPDX-License-Identifier: Apache-2.0
#include "label/stamp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::label {
namespace {

TEST(Stamp, IsMeasuredByItsChinese) {
  EXPECT_EQ(measured_part("AI generated，人工智能生成"), "人工智能生成");
  EXPECT_EQ(measured_part("AI"), "AI");
}

TEST(Stamp, StandsInItsCorner) {
  StampRequest request{"AI生成", Corner::top_right, 5, "/usr/share/fonts/a.ttc"};
  const std::string filter = stamp_filter(request, "/scratch/text", 0.0625);
  EXPECT_THAT(filter, ::testing::HasSubstr("fontsize='min(w,h)*0.06250':x='w-tw-min(w,h)*0.03':"
                                           "y='min(w,h)*0.03'"));
  EXPECT_THAT(filter, ::testing::HasSubstr("textfile=/scratch/text:expansion=none"));
}

TEST(Stamp, InkIsAllThatIsNotBlack) {
  Picture picture{1, 4, std::vector<std::uint8_t>(12, 0)};
  EXPECT_EQ(height_of_ink(picture), 0);
  picture.at[4] = picture.at[8] = 255;
  EXPECT_EQ(height_of_ink(picture), 2);
}

TEST(Stamp, IsRefusedForOtherFormatsAndFonts) {
  const auto any = [](const fs::path&) { return Status(Done{}); };
  EXPECT_EQ(stamp_picture("a.bmp", "b.bmp", {}, any).error().code, Code::unsupported);
  const StampRequest request{"AI生成", Corner::top_left, 5, "/usr/a:b.ttf"};
  EXPECT_EQ(stamp_picture("a.png", "b.png", request, any).error().code, Code::invalid);
}

}  // namespace
}  // namespace assay::label
