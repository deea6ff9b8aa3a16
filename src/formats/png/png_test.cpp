// SPDX-License-Identifier: Apache-2.0
#include "formats/png/png.h"

#include <gtest/gtest.h>

#include "base/hex_case.h"

namespace assay::formats::png {
namespace {

std::string bytes_of(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/png/cases" / name);
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : std::string();
}

std::vector<Item> items_of(std::string_view bytes) {
  MemorySource in(as_raw(bytes));
  auto read = kMedia.front().read(in, {});
  EXPECT_TRUE(read.ok());
  return read.ok() ? read->items : std::vector<Item>();
}

Item only_item(std::string_view name) {
  const std::vector<Item> items = items_of(bytes_of(name));
  EXPECT_EQ(items.size(), 1u);
  return items.empty() ? Item{} : items.front();
}

TEST(Png, GivesTheXmpPacketWithItsPlace) {
  const Item item = only_item("xmp_in_itxt.ok.hex");
  EXPECT_EQ(item.kind, ItemKind::xmp);
  EXPECT_EQ(item.place, "iTXt chunk at byte 33");
  EXPECT_EQ(item.offset, 33u);
  EXPECT_TRUE(item.agreed);
  EXPECT_FALSE(item.damaged);
  EXPECT_TRUE(item.value.starts_with("<x:xmpmeta"));
}

TEST(Png, UnpacksCompressedText) {
  const Item item = only_item("compressed_text.ok.hex");
  EXPECT_EQ(item.kind, ItemKind::text);
  EXPECT_EQ(item.key, "AIGC");
  EXPECT_EQ(item.place, "zTXt chunk at byte 33, keyword AIGC");
  EXPECT_FALSE(item.agreed);
  EXPECT_EQ(item.value, R"({"AIGC":{"Label":"1"}})");
}

TEST(Png, ReadsTextBehindTheImageData) {
  EXPECT_EQ(only_item("text_after_image_data.ok.hex").value, R"({"Label":"1"})");
}

TEST(Png, SaysThatACheckSumIsWrong) {
  const Item item = only_item("wrong_crc_is_read.ok.hex");
  EXPECT_TRUE(item.damaged);
  EXPECT_EQ(item.value, "{}");
}

TEST(Png, KeepsABrokenTextChunkWithItsReason) {
  EXPECT_EQ(only_item("text_without_keyword_end.ok.hex").broken, "terminator missing");
}

TEST(Png, EndsAtItsLimits) {
  const std::string bytes = bytes_of("xmp_in_itxt.ok.hex");
  for (const MediaLimits& limits : {MediaLimits{.elements = 3}, MediaLimits{.value_bytes = 100},
                                    MediaLimits{.total_bytes = 100}}) {
    MemorySource in(as_raw(bytes));
    const auto read = kMedia.front().read(in, limits);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, Code::limit);
  }
}

}  // namespace
}  // namespace assay::formats::png
