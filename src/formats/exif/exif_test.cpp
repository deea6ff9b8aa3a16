// SPDX-License-Identifier: Apache-2.0
#include "formats/exif/exif.h"

#include <gtest/gtest.h>

#include "base/hex_case.h"

namespace assay::formats::exif {
namespace {

Exif read_case(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/exif/cases" / name);
  EXPECT_TRUE(bytes.ok());
  auto exif = read(as_raw(*bytes), {});
  EXPECT_TRUE(exif.ok());
  return exif.ok() ? *exif : Exif{};
}

TEST(Exif, GivesAUserCommentWithoutItsCode) {
  const Exif exif = read_case("user_comment_ascii.ok.hex");
  ASSERT_EQ(exif.entries.size(), 1u);
  EXPECT_EQ(exif.entries[0].tag, Tag::user_comment);
  EXPECT_TRUE(exif.entries[0].value.starts_with(R"({"AIGC":{"Label":"1")"));
}

TEST(Exif, TurnsUtf16OfEitherOrderIntoUtf8) {
  const Exif exif = read_case("user_comment_utf16_big.ok.hex");
  ASSERT_EQ(exif.entries.size(), 1u);
  EXPECT_EQ(exif.entries[0].value, R"({"AIGC":{"Label":"1"}})");
}

TEST(Exif, ReadsAShortValueInItsEntry) {
  const Exif exif = read_case("value_in_the_entry.ok.hex");
  ASSERT_EQ(exif.entries.size(), 1u);
  EXPECT_EQ(exif.entries[0].tag, Tag::image_description);
  EXPECT_EQ(exif.entries[0].value, "abc");
}

TEST(Exif, BlanksTheValuesOfATagAndNothingElse) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) /
                                   "src/formats/exif/cases/user_comment_ascii.ok.hex");
  ASSERT_TRUE(bytes.ok());
  const auto blank = without(as_raw(*bytes), Tag::user_comment, {});
  ASSERT_TRUE(blank.ok());
  ASSERT_EQ(blank->size(), bytes->size());
  const auto again = read(as_raw(*blank), {});
  ASSERT_TRUE(again.ok());
  ASSERT_EQ(again->entries.size(), 1u);
  EXPECT_EQ(again->entries[0].value, "");
  const std::uint64_t at = again->entries[0].offset;
  EXPECT_EQ(blank->substr(0, at + 8), bytes->substr(0, at + 8));
  EXPECT_EQ(without(as_raw(*bytes), Tag::image_description, {}).value(), *bytes);
}

}  // namespace
}  // namespace assay::formats::exif
