// SPDX-License-Identifier: Apache-2.0
#include "formats/tiff/tiff.h"

#include <gtest/gtest.h>

#include "formats/media_unit.h"

namespace assay::formats::tiff {
namespace {

const MediaUnit kUnit("tiff", kMedia.front());

TEST(Tiff, GivesThePacketOfEitherType) {
  const Item item = kUnit.only_item("xmp_type_1.ok.hex");
  EXPECT_EQ(item.kind, ItemKind::xmp);
  EXPECT_EQ(item.place, "tag 02bc at byte 10");
  EXPECT_TRUE(item.agreed);
  EXPECT_TRUE(item.value.ends_with("</x:xmpmeta>"));
  EXPECT_TRUE(kUnit.only_item("xmp_type_7_big_endian.ok.hex").agreed);
  EXPECT_FALSE(kUnit.only_item("xmp_type_2.ok.hex").agreed);
}

TEST(Tiff, GivesTheTextsWhereLabelsAreSeen) {
  const auto items = kUnit.items(kUnit.bytes("description_and_user_comment.ok.hex"));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].key, "ImageDescription");
  EXPECT_EQ(items[0].value, "abc");
  EXPECT_EQ(items[1].key, "UserComment");
  EXPECT_EQ(items[1].value, R"({"AIGC":{"Label":"1"}})");
  EXPECT_FALSE(items[1].agreed);
  EXPECT_EQ(kUnit.only_item("big_tiff_big_endian.ok.hex").value, items[1].value);
}

TEST(Tiff, SaysThatAValueLiesOutside) {
  EXPECT_EQ(kUnit.only_item("xmp_outside.ok.hex").broken, "ends too early");
}

TEST(Tiff, PutsAllBehindTheOldFile) {
  for (const char* name : {"no_metadata.ok.hex", "description_and_user_comment.ok.hex",
                           "big_tiff_big_endian.ok.hex"}) {
    const std::string bytes = kUnit.bytes(name);
    const std::string out = kUnit.written(bytes, {{}, "<x:xmpmeta/>"});
    EXPECT_EQ(out.substr(16, bytes.size() - 16), bytes.substr(16)) << name;
    EXPECT_EQ(kUnit.items(out).size(), kUnit.items(bytes).size() + 1) << name;
  }
}

TEST(Tiff, ChangesEachItem) {
  for (const char* name : {"description_and_user_comment.ok.hex", "big_tiff.ok.hex",
                           "big_tiff_big_endian.ok.hex", "xmp_type_2.ok.hex"})
    for (const char* value : {"a", "a longer value"})
      EXPECT_TRUE(kUnit.each_item_can_be_changed(kUnit.bytes(name), value));
}

TEST(Tiff, RefusesASecondPacketAndOtherThanAsciiInAComment) {
  const auto second = kUnit.write(kUnit.bytes("xmp_type_2.ok.hex"), {{}, "<x/>"});
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, Code::unsupported);
  const auto comment = kUnit.write(kUnit.bytes("big_tiff_big_endian.ok.hex"), {{{0, "标签"}}, {}});
  ASSERT_FALSE(comment.ok());
  EXPECT_EQ(comment.error().code, Code::unsupported);
}

}  // namespace
}  // namespace assay::formats::tiff
