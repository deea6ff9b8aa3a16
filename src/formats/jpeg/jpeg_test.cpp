// SPDX-License-Identifier: Apache-2.0
#include "formats/jpeg/jpeg.h"

#include <gtest/gtest.h>

#include "formats/media_unit.h"

namespace assay::formats::jpeg {
namespace {

const MediaUnit kUnit("jpeg", kMedia.front());

TEST(Jpeg, GivesTheXmpPacketAndNotWhatMentionsNoLabel) {
  const Item item = kUnit.only_item("xmp_segment.ok.hex");
  EXPECT_EQ(item.kind, ItemKind::xmp);
  EXPECT_EQ(item.place, "segment e1 at byte 20");
  EXPECT_EQ(item.offset, 20u);
  EXPECT_TRUE(item.agreed);
  EXPECT_TRUE(item.value.starts_with("<x:xmpmeta"));
}

TEST(Jpeg, PutsExtendedXmpTogetherByOffset) {
  const Item item = kUnit.only_item("extended_xmp_out_of_order.ok.hex");
  EXPECT_EQ(item.kind, ItemKind::xmp);
  EXPECT_EQ(item.offset, 2u);
  EXPECT_FALSE(item.agreed);
  EXPECT_TRUE(item.value.starts_with("<x:xmpmeta"));
  EXPECT_TRUE(item.value.ends_with("</x:xmpmeta>"));
}

TEST(Jpeg, SaysWhyExtendedXmpIsBroken) {
  const Item hole = kUnit.only_item("extended_xmp_with_a_hole.ok.hex");
  EXPECT_EQ(hole.broken, "pieces overlap or leave a hole");
  EXPECT_TRUE(hole.value.empty());
  EXPECT_EQ(kUnit.only_item("extended_xmp_too_short.ok.hex").broken, "segment is too short");
}

TEST(Jpeg, KeepsOtherSegmentsThatMentionALabel) {
  const Item item = kUnit.only_item("bare_label_in_app_segment.ok.hex");
  EXPECT_EQ(item.kind, ItemKind::text);
  EXPECT_EQ(item.key, "");
  EXPECT_FALSE(item.agreed);
  EXPECT_TRUE(item.place.starts_with("segment e9 at byte "));
}

TEST(Jpeg, TakesAnExtendedPacketForAgreedWhereAMainOneNamesIt) {
  const auto items = kUnit.items(kUnit.bytes("exif_main_and_extended_xmp.ok.hex"));
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].kind, ItemKind::exif);
  EXPECT_EQ(items[2].value, "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>");
  EXPECT_TRUE(items[2].agreed);
  EXPECT_EQ(items[3].value, "Aigc by hand");
}

TEST(Jpeg, ChangesAMainPacketAndKeepsTheExtendedOne) {
  const std::string bytes = kUnit.bytes("exif_main_and_extended_xmp.ok.hex");
  const auto before = kUnit.items(bytes);
  const std::string packet = before.at(1).value + " ";
  const auto after = kUnit.items(kUnit.written(bytes, {{{1, packet}}, {}}));
  ASSERT_EQ(after.size(), 4u);
  EXPECT_EQ(after[1].value, packet);
  EXPECT_EQ(after[2].value, before[2].value);
  EXPECT_TRUE(after[2].agreed);
}

TEST(Jpeg, TakesAllSegmentsOfAnExtendedPacketOut) {
  const std::string bytes = kUnit.bytes("exif_main_and_extended_xmp.ok.hex");
  const std::string out = kUnit.written(bytes, {{{2, std::nullopt}}, {}});
  EXPECT_EQ(out.find("xmp/extension"), std::string::npos);
  EXPECT_EQ(kUnit.items(out).size(), 3u);
  EXPECT_EQ(kUnit.write(bytes, {{{2, "<x/>"}}, {}}).error().code, Code::unsupported);
}

TEST(Jpeg, AddsBehindJfifAndExifAlsoWhereTheNextSegmentGoes) {
  const std::string bytes = kUnit.bytes("exif_main_and_extended_xmp.ok.hex");
  const std::string out = kUnit.written(bytes, {{{1, std::nullopt}}, "<x/>"});
  const auto items = kUnit.items(out);
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].kind, ItemKind::exif);
  EXPECT_EQ(items[1].value, "<x/>");
}

TEST(Jpeg, RefusesAPacketThatFillsNoSegment) {
  const std::string bytes = kUnit.bytes("no_metadata_no_scan.ok.hex");
  EXPECT_TRUE(kUnit.write(bytes, {{}, std::string(65'502, ' ')}).ok());
  EXPECT_EQ(kUnit.write(bytes, {{}, std::string(65'503, ' ')}).error().code, Code::unsupported);
}

TEST(Jpeg, EndsAtItsLimits) {
  const std::string bytes = kUnit.bytes("xmp_segment.ok.hex");
  for (const MediaLimits& limits : {MediaLimits{.elements = 1}, MediaLimits{.total_bytes = 100}}) {
    const auto read = kUnit.read(bytes, limits);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, Code::limit);
  }
}

}  // namespace
}  // namespace assay::formats::jpeg
