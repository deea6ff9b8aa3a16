// SPDX-License-Identifier: Apache-2.0
#include "formats/gif/gif.h"

#include <gtest/gtest.h>

#include "formats/media_unit.h"

namespace assay::formats::gif {
namespace {

const MediaUnit kUnit("gif", kMedia.front());

TEST(Gif, GivesThePacketBeforeTheMagicTrailer) {
  const Item item = kUnit.only_item("xmp.ok.hex");
  EXPECT_EQ(item.kind, ItemKind::xmp);
  EXPECT_EQ(item.place, "application extension at byte 19");
  EXPECT_TRUE(item.agreed);
  EXPECT_TRUE(item.value.ends_with("</x:xmpmeta>"));
}

TEST(Gif, JoinsSubBlocksOfCommentsAndOfPacketsWithoutATrailer) {
  EXPECT_EQ(kUnit.only_item("loop_comment_and_two_images.ok.hex").value, "{\"AIGC\":{}} x");
  const Item packet = kUnit.only_item("xmp_in_sub_blocks.ok.hex");
  EXPECT_EQ(packet.value, "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>");
  EXPECT_FALSE(packet.agreed);
}

TEST(Gif, AddsBehindTheLoopCountAndMakesIt89a) {
  const std::string loop = kUnit.bytes("loop_comment_and_two_images.ok.hex");
  const std::string out = kUnit.written(loop, {{}, "<x/>"});
  EXPECT_LT(out.find("NETSCAPE"), out.find("<x/>"));
  EXPECT_LT(out.find("<x/>"), out.find("\x21\xf9"));
  const std::string old = kUnit.bytes("no_metadata_87a.ok.hex");
  EXPECT_TRUE(kUnit.written(old, {{}, "<x/>"}).starts_with("GIF89a"));
  EXPECT_EQ(kUnit.written(old, {}), old);
}

TEST(Gif, ChangesCommentsAndPackets) {
  EXPECT_TRUE(kUnit.each_item_can_be_changed(kUnit.bytes("loop_comment_and_two_images.ok.hex"),
                                             std::string(600, 'c')));
  EXPECT_TRUE(kUnit.each_item_can_be_changed(kUnit.bytes("xmp.ok.hex"), "<y/>"));
}

TEST(Gif, RefusesAPacketWithANul) {
  const auto out = kUnit.write(kUnit.bytes("xmp.ok.hex"), {{}, std::string("a\0b", 3)});
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().code, Code::unsupported);
}

}  // namespace
}  // namespace assay::formats::gif
