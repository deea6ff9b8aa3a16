// SPDX-License-Identifier: Apache-2.0
#include "formats/png/png.h"

#include <gtest/gtest.h>

#include "base/hex_case.h"

namespace assay::formats::png {
namespace {

Png read_case(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/png/cases" / name);
  EXPECT_TRUE(bytes.ok());
  MemorySource in(as_raw(*bytes));
  auto png = read(in, {});
  EXPECT_TRUE(png.ok());
  return png.ok() ? *png : Png{};
}

TEST(Png, GivesTheXmpPacketWithItsPlace) {
  const Png png = read_case("xmp_in_itxt.ok.hex");
  ASSERT_EQ(png.chunks.size(), 1u);
  EXPECT_EQ(png.chunks[0].keyword, "XML:com.adobe.xmp");
  EXPECT_EQ(png.chunks[0].offset, 33u);
  EXPECT_FALSE(png.chunks[0].compressed);
  EXPECT_TRUE(png.chunks[0].crc_ok);
  EXPECT_TRUE(png.chunks[0].value.starts_with("<x:xmpmeta"));
  EXPECT_EQ(png.width, 1u);
  EXPECT_EQ(png.chunk_count, 4u);
}

TEST(Png, UnpacksCompressedText) {
  const Png png = read_case("compressed_text.ok.hex");
  ASSERT_EQ(png.chunks.size(), 1u);
  EXPECT_TRUE(png.chunks[0].compressed);
  EXPECT_EQ(png.chunks[0].value, R"({"AIGC":{"Label":"1"}})");
}

TEST(Png, ReadsTextBehindTheImageData) {
  const Png png = read_case("text_after_image_data.ok.hex");
  ASSERT_EQ(png.chunks.size(), 1u);
  EXPECT_EQ(png.chunks[0].value, R"({"Label":"1"})");
}

TEST(Png, SaysThatACheckSumIsWrong) {
  const Png png = read_case("wrong_crc_is_read.ok.hex");
  ASSERT_EQ(png.chunks.size(), 1u);
  EXPECT_FALSE(png.chunks[0].crc_ok);
  EXPECT_EQ(png.chunks[0].value, "{}");
}

TEST(Png, KeepsABrokenTextChunkWithItsReason) {
  const Png png = read_case("text_without_keyword_end.ok.hex");
  ASSERT_EQ(png.chunks.size(), 1u);
  EXPECT_EQ(png.chunks[0].broken, "terminator missing");
}

TEST(Png, CountsWhatFollowsTheEnd) {
  EXPECT_EQ(read_case("bytes_after_end.ok.hex").trailing_bytes, 4u);
}

}  // namespace
}  // namespace assay::formats::png
