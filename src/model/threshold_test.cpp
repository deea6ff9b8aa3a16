// SPDX-License-Identifier: Apache-2.0
#include "model/threshold.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(Threshold, WriteNumbersForPeople) {
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(999), "999");
  EXPECT_EQ(number_text(10000), "10,000");
  EXPECT_EQ(number_text(1234567), "1,234,567");
  EXPECT_EQ(number_text(-1234.5), "-1,234.5");
  EXPECT_EQ(number_text(97.499), "97.5");
  EXPECT_EQ(number_text(-0.001), "0");
}

TEST(Threshold, WriteThresholdsInBothLanguages) {
  Threshold threshold;
  EXPECT_TRUE(threshold_text(threshold).empty());
  threshold.op = Op::between;
  threshold.low = 120;
  threshold.high = 160;
  threshold.unit = {"字/分钟", "characters/min"};
  EXPECT_EQ(threshold_text(threshold), (Text{"120–160 字/分钟", "120–160 characters/min"}));
  threshold = {};
  threshold.op = Op::any;
  threshold.parts = {{"per_day", Op::at_least, 5}, {"in_a_row", Op::at_least, 3}};
  EXPECT_EQ(threshold_text(threshold).en, "any of: per_day ≥ 5; in_a_row ≥ 3");
  threshold = {};
  threshold.op = Op::one_of;
  threshold.values = {"png", "jpeg"};
  EXPECT_EQ(threshold_text(threshold).en, "one of png, jpeg");
  threshold = {};
  threshold.op = Op::equal;
  threshold.value = 1;
  threshold.unit = {"签名有效", "signature valid"};
  EXPECT_EQ(threshold_text(threshold), (Text{"签名有效（= 1）", "signature valid (= 1)"}));
}

TEST(Threshold, IsNeverRounded) {
  EXPECT_EQ(limit_text(Op::at_most, 0.00125), (Text{"≤ 0.00125", "≤ 0.00125"}));
}

}  // namespace
}  // namespace assay
