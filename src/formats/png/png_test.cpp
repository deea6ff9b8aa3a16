// SPDX-License-Identifier: Apache-2.0
#include "formats/png/png.h"

#include <gtest/gtest.h>

#include "formats/media_unit.h"

namespace assay::formats::png {
namespace {

const MediaUnit kUnit("png", kMedia.front());

TEST(Png, GivesTheXmpPacketWithItsPlace) {
  const Item item = kUnit.only_item("xmp_in_itxt.ok.hex");
  EXPECT_EQ(item.kind, ItemKind::xmp);
  EXPECT_EQ(item.place, "iTXt chunk at byte 33");
  EXPECT_EQ(item.offset, 33u);
  EXPECT_TRUE(item.agreed);
  EXPECT_FALSE(item.damaged);
  EXPECT_TRUE(item.value.starts_with("<x:xmpmeta"));
}

TEST(Png, UnpacksCompressedText) {
  const Item item = kUnit.only_item("compressed_text.ok.hex");
  EXPECT_EQ(item.kind, ItemKind::text);
  EXPECT_EQ(item.key, "AIGC");
  EXPECT_EQ(item.place, "zTXt chunk at byte 33, keyword AIGC");
  EXPECT_FALSE(item.agreed);
  EXPECT_EQ(item.value, R"({"AIGC":{"Label":"1"}})");
}

TEST(Png, ReadsTextBehindTheImageData) {
  EXPECT_EQ(kUnit.only_item("text_after_image_data.ok.hex").value, R"({"Label":"1"})");
}

TEST(Png, SaysThatACheckSumIsWrong) {
  const Item item = kUnit.only_item("wrong_crc_is_read.ok.hex");
  EXPECT_TRUE(item.damaged);
  EXPECT_EQ(item.value, "{}");
}

TEST(Png, KeepsABrokenTextChunkWithItsReason) {
  EXPECT_EQ(kUnit.only_item("text_without_keyword_end.ok.hex").broken, "terminator missing");
}

TEST(Png, ReadsEveryKind) {
  const auto items = kUnit.items(kUnit.bytes("every_kind.ok.hex"));
  ASSERT_EQ(items.size(), 5u);
  EXPECT_EQ(items[0].kind, ItemKind::exif);
  EXPECT_EQ(items[1].value, "caf\xc3\xa9");
  EXPECT_EQ(items[2].value, "标题");
  EXPECT_EQ(items[3].kind, ItemKind::xmp);
  EXPECT_FALSE(items[3].agreed);
  EXPECT_EQ(items[4].value, "abc");
}

TEST(Png, ChangesEveryKind) {
  const std::string bytes = kUnit.bytes("every_kind.ok.hex");
  EXPECT_TRUE(kUnit.each_item_can_be_changed(bytes, "{\"a\":1}"));
  EXPECT_TRUE(kUnit.each_item_can_be_changed(bytes, "标签"));
}

TEST(Png, AddsBehindContentCredentialsAndBeforeTheImage) {
  const std::string bytes = kUnit.bytes("every_kind.ok.hex");
  const std::string out = kUnit.written(bytes, {{}, "<x/>"});
  EXPECT_LT(out.find("caBX"), out.find("<x/>"));
  EXPECT_LT(out.find("<x/>"), out.find("IDAT"));
  EXPECT_FALSE(kUnit.items(out).at(4).damaged);
}

TEST(Png, MendsTheCheckSumOfWhatItChanges) {
  const std::string bytes = kUnit.bytes("wrong_crc_is_read.ok.hex");
  EXPECT_FALSE(kUnit.items(kUnit.written(bytes, {{{0, "{}"}}, {}})).at(0).damaged);
}

TEST(Png, EndsAtItsLimits) {
  const std::string bytes = kUnit.bytes("xmp_in_itxt.ok.hex");
  for (const MediaLimits& limits : {MediaLimits{.elements = 3}, MediaLimits{.value_bytes = 100},
                                    MediaLimits{.total_bytes = 100}}) {
    const auto read = kUnit.read(bytes, limits);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, Code::limit);
  }
}

}  // namespace
}  // namespace assay::formats::png
