// SPDX-License-Identifier: Apache-2.0
#include "label/platform.h"

#include <gtest/gtest.h>

#include "label/flaws.h"

namespace assay::label {
namespace {

Platform verdict(std::string_view value, const Traces& traces = {}) {
  Reading reading;
  reading.format = formats::media_formats().front();
  if (!value.empty()) reading.found.push_back({Place::agreed, "here", std::string(value), 0});
  return platform_verdict(reading, judge(reading, {}), traces).verdict;
}

TEST(PlatformVerdict, FollowsArticle6) {
  EXPECT_EQ(verdict(R"({"Label":"1"})"), Platform::confirmed);
  EXPECT_EQ(verdict(R"({"Label":1})"), Platform::confirmed);
  EXPECT_EQ(verdict(R"({"Label":"2"})"), Platform::possible);
  EXPECT_EQ(verdict(R"({"Label":"3"})"), Platform::suspected);
  EXPECT_EQ(verdict(R"({"Label":"AIGC"})"), Platform::suspected);
  EXPECT_EQ(verdict(""), Platform::none);
  EXPECT_EQ(verdict("", {.declared = true}), Platform::possible);
  EXPECT_EQ(verdict("", {.explicit_label = true}), Platform::suspected);
  EXPECT_EQ(verdict("", {.c2pa = true}), Platform::suspected);
  EXPECT_EQ(verdict("", {.declared = true, .explicit_label = true}), Platform::possible);
  EXPECT_EQ(verdict(R"({"Label":"1"})", {.declared = true}), Platform::confirmed);
}

TEST(PlatformVerdict, GenerationDataOfAnotherSchemeAreATrace) {
  Reading reading;
  reading.flaws.push_back(make_flaw(FlawKind::other_scheme, "here"));
  const PlatformVerdict out = platform_verdict(reading, judge(reading, {}), {});
  EXPECT_EQ(out.verdict, Platform::suspected);
  EXPECT_EQ(out.reasons.size(), 1u);
}

}  // namespace
}  // namespace assay::label
