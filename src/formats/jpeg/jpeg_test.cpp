// SPDX-License-Identifier: Apache-2.0
#include "formats/jpeg/jpeg.h"

#include <gtest/gtest.h>

#include "base/hex_case.h"

namespace assay::formats::jpeg {
namespace {

std::string bytes_of(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/jpeg/cases" / name);
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : std::string();
}

std::vector<Item> items_of(std::string_view bytes) {
  MemorySource in(as_raw(bytes));
  auto read = kMedia.front().read(in, {});
  EXPECT_TRUE(read.ok());
  return read.ok() ? read->items : std::vector<Item>();
}

TEST(Jpeg, GivesTheXmpPacketAndNotWhatMentionsNoLabel) {
  const std::vector<Item> items = items_of(bytes_of("xmp_segment.ok.hex"));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].kind, ItemKind::xmp);
  EXPECT_EQ(items[0].place, "segment e1 at byte 20");
  EXPECT_EQ(items[0].offset, 20u);
  EXPECT_TRUE(items[0].agreed);
  EXPECT_TRUE(items[0].value.starts_with("<x:xmpmeta"));
}

TEST(Jpeg, PutsExtendedXmpTogetherByOffset) {
  const std::vector<Item> items = items_of(bytes_of("extended_xmp_out_of_order.ok.hex"));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].kind, ItemKind::xmp);
  EXPECT_EQ(items[0].offset, 2u);
  EXPECT_FALSE(items[0].agreed);
  EXPECT_TRUE(items[0].value.starts_with("<x:xmpmeta"));
  EXPECT_TRUE(items[0].value.ends_with("</x:xmpmeta>"));
}

TEST(Jpeg, SaysWhyExtendedXmpIsBroken) {
  const std::vector<Item> hole = items_of(bytes_of("extended_xmp_with_a_hole.ok.hex"));
  ASSERT_EQ(hole.size(), 1u);
  EXPECT_EQ(hole[0].broken, "pieces overlap or leave a hole");
  EXPECT_TRUE(hole[0].value.empty());
  EXPECT_EQ(items_of(bytes_of("extended_xmp_too_short.ok.hex")).at(0).broken,
            "segment is too short");
}

TEST(Jpeg, KeepsOtherSegmentsThatMentionALabel) {
  const std::vector<Item> items = items_of(bytes_of("bare_label_in_app_segment.ok.hex"));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].kind, ItemKind::text);
  EXPECT_EQ(items[0].key, "");
  EXPECT_FALSE(items[0].agreed);
  EXPECT_TRUE(items[0].place.starts_with("segment e9 at byte "));
}

TEST(Jpeg, EndsAtItsLimits) {
  const std::string bytes = bytes_of("xmp_segment.ok.hex");
  for (const MediaLimits& limits : {MediaLimits{.elements = 1}, MediaLimits{.total_bytes = 100}}) {
    MemorySource in(as_raw(bytes));
    const auto read = kMedia.front().read(in, limits);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, Code::limit);
  }
}

}  // namespace
}  // namespace assay::formats::jpeg
