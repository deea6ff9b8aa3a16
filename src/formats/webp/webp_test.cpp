// SPDX-License-Identifier: Apache-2.0
#include "formats/webp/webp.h"

#include <gtest/gtest.h>

#include "formats/media_unit.h"

namespace assay::formats::webp {
namespace {

using namespace std::string_view_literals;

const MediaUnit kUnit("webp", kMedia.front());

// The flags of VP8X.
int flags(std::string_view bytes) { return static_cast<unsigned char>(bytes.at(20)); }

TEST(Webp, GivesExifAndThePacketThatTheFlagTellsOf) {
  const auto items = kUnit.items(kUnit.bytes("exif_and_xmp.ok.hex"));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].kind, ItemKind::exif);
  EXPECT_EQ(items[1].kind, ItemKind::xmp);
  EXPECT_EQ(items[1].place, "XMP  chunk at byte 70");
  EXPECT_TRUE(items[1].agreed);
  EXPECT_FALSE(kUnit.only_item("xmp_without_its_flag.ok.hex").agreed);
}

TEST(Webp, MakesTheHeaderOfASimpleFileFromItsDimensions) {
  const std::string lossy = kUnit.written(kUnit.bytes("lossy.ok.hex"), {{}, "<x/>"});
  EXPECT_EQ(lossy.substr(12, 18), "VP8X\x0a\0\0\0\x04\0\0\0\x02\0\0\x01\0\0"sv);
  const std::string lossless = kUnit.written(kUnit.bytes("lossless.ok.hex"), {{}, "<x/>"});
  EXPECT_EQ(lossless.substr(12, 18), "VP8X\x0a\0\0\0\x14\0\0\0\x02\0\0\x01\0\0"sv);
  EXPECT_EQ(static_cast<std::size_t>(static_cast<unsigned char>(lossy[4])) + 8, lossy.size());
}

TEST(Webp, ClearsTheFlagOfWhatItTakesOut) {
  const std::string bytes = kUnit.bytes("exif_and_xmp.ok.hex");
  EXPECT_EQ(flags(kUnit.written(bytes, {{{0, std::nullopt}}, {}})), 0x04);
  EXPECT_EQ(flags(kUnit.written(bytes, {{{1, std::nullopt}}, {}})), 0x08);
  EXPECT_EQ(kUnit.written(bytes, {}), bytes);
}

TEST(Webp, PutsANewPacketBeforeOneThatWasNotAgreed) {
  const std::string bytes = kUnit.bytes("xmp_without_its_flag.ok.hex");
  const auto items = kUnit.items(kUnit.written(bytes, {{}, "<y/>"}));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].value, "<y/>");
  EXPECT_TRUE(items[0].agreed);
  EXPECT_FALSE(items[1].agreed);
  EXPECT_EQ(kUnit.items(kUnit.written(bytes, {{{0, std::nullopt}}, "<y/>"})).size(), 1u);
}

TEST(Webp, PadsALastChunkThatWasNot) {
  const std::string bytes = kUnit.bytes("last_chunk_not_padded.ok.hex");
  EXPECT_EQ(kUnit.items(kUnit.written(bytes, {{}, "<y/>"})).at(0).value, "<y/>");
}

TEST(Webp, ChangesEachItem) {
  EXPECT_TRUE(kUnit.each_item_can_be_changed(kUnit.bytes("exif_and_xmp.ok.hex"), "odd"));
}

TEST(Webp, KeepsWhatFollowsAndRefusesAPictureOfUnknownSize) {
  EXPECT_TRUE(
      kUnit.written(kUnit.bytes("bytes_after_the_riff.ok.hex"), {{}, "<x/>"}).ends_with("tail"));
  const auto out = kUnit.write(kUnit.bytes("picture_of_no_known_kind.ok.hex"), {{}, "<x/>"});
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().code, Code::unsupported);
}

}  // namespace
}  // namespace assay::formats::webp
