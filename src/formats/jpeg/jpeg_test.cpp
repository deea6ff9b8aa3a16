// SPDX-License-Identifier: Apache-2.0
#include "formats/jpeg/jpeg.h"

#include <gtest/gtest.h>

#include "formats/media_unit.h"
#include "formats/patches.h"

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

// A picture with a further one behind it, named by an index between segments that may grow.
std::string two_pictures(bool little) {
  const auto number = [&](std::uint64_t value, unsigned bytes) {
    return little ? little_endian(value, bytes) : big_endian(value, bytes);
  };
  const std::string packet = std::string("http://ns.adobe.com/xap/1.0/") + '\0' + "<x/>";
  const std::string xmp = "\xff\xe1" + big_endian(packet.size() + 2, 2) + packet;
  constexpr std::size_t kIndex = 8 + 2 + 12 + 4 + 32;
  const std::string before = "\xff\xd8" + xmp;
  const std::size_t head = before.size() + 8;
  const std::string scan = "\xff\xda" + big_endian(2, 2);
  const std::string behind = xmp + scan + " first \xff\xd9";
  const std::size_t first = head + kIndex + behind.size();
  const std::string second = "\xff\xd8" + scan + " second \xff\xd9";
  const std::string index = (little ? "II" : "MM") + number(42, 2) + number(8, 4) + number(1, 2) +
                            number(0xb002, 2) + number(7, 2) + number(32, 4) + number(26, 4) +
                            number(0, 4) + number(0, 4) + number(first, 4) + number(0, 8) +
                            number(0, 4) + number(second.size(), 4) + number(first - head, 4) +
                            number(0, 4);
  return before + "\xff\xe2" + big_endian(index.size() + 6, 2) + "MPF" + '\0' + index + behind +
         second;
}

TEST(Jpeg, MovesTheIndexOfFurtherPictures) {
  for (const bool little : {true, false}) {
    const std::string bytes = two_pictures(little);
    const std::vector<Change> changes = {{{{0, "<longer/>"}}, {}},
                                         {{{1, "<longer/>"}}, {}},
                                         {{{0, std::nullopt}, {1, "<longer/>"}}, {}},
                                         {{}, "<new/>"}};
    for (const Change& change : changes) {
      const std::string out = kUnit.written(bytes, change);
      const std::size_t head = out.find("MPF") + 4;
      const auto number = [&](std::size_t at) {
        ByteReader in(as_raw(std::string_view(out).substr(head + at, 4)));
        return little ? *in.le<std::uint32_t>() : *in.be<std::uint32_t>();
      };
      const std::size_t second = out.find(" second") - 6;
      EXPECT_EQ(number(26 + 4), second);
      EXPECT_EQ(number(26 + 8), 0u);
      EXPECT_EQ(number(42 + 4), out.size() - second);
      EXPECT_EQ(number(42 + 8), second - head);
    }
  }
}

TEST(Jpeg, AnIndexThatCannotBeReadStaysAsItIs) {
  std::string bytes = two_pictures(true);
  const std::size_t head = bytes.find("MPF") + 4;
  bytes.replace(head + 4, 4, "\xff\xff\xff\xff");
  const std::string out = kUnit.written(bytes, {{}, "<new/>"});
  EXPECT_NE(out.find(bytes.substr(head, 58)), std::string::npos);
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
