// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/hex_case.h"
#include "formats/media_soundness.h"

namespace assay::formats::flac {

extern const std::span<const MediaFormat> kMedia;

namespace {

std::string bytes_of(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/flac/cases" / name);
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : "";
}

std::vector<Item> items_of(std::string_view bytes) {
  MemorySource in(as_raw(bytes));
  auto read = kMedia[0].read(in, kSmallLimits);
  EXPECT_TRUE(read.ok());
  return read.ok() ? read->items : std::vector<Item>{};
}

const std::string kLabel = R"({"Label":"1"})";

TEST(Flac, ReadsTheLabelAndWhereItStands) {
  for (const std::string_view name : {"label.ok.hex", "id3_in_front.ok.hex"}) {
    const auto items = items_of(bytes_of(name));
    ASSERT_EQ(items.size(), 1u) << name;
    EXPECT_EQ(items[0].key, "AIGC");
    EXPECT_EQ(items[0].value, kLabel);
    EXPECT_TRUE(items[0].agreed);
  }
  EXPECT_EQ(items_of(bytes_of("label.ok.hex"))[0].place, "VORBIS_COMMENT block at byte 42");
}

TEST(Flac, KeysAreTheSameInAnyCaseAndOtherCommentsAreElsewhere) {
  const auto items = items_of(bytes_of("lower_case_and_others.ok.hex"));
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].key, "aigc");
  EXPECT_TRUE(items[0].agreed);
  EXPECT_EQ(items[1].key, "COMMENT");
  EXPECT_FALSE(items[1].agreed);
  EXPECT_EQ(items[2].key, "");
  EXPECT_FALSE(items[2].agreed);
  EXPECT_EQ(items[3].broken, "text is not UTF-8");
}

TEST(Flac, TellsAListThatCannotBeFollowedAndDoesNotWriteIt) {
  const std::string bytes = bytes_of("list_past_its_block.ok.hex");
  const auto items = items_of(bytes);
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].broken, "ends too early");
  const auto written = set_label_item(kMedia[0], bytes, kLabel);
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code, Code::unsupported);
}

TEST(Flac, UsesPaddingSoThatTheSoundStays) {
  const std::string before = bytes_of("padding.ok.hex");
  const auto written = set_label_item(kMedia[0], before, kLabel);
  ASSERT_TRUE(written.ok());
  EXPECT_EQ(written->size(), before.size());
  // The comment takes all of the padding and its header: 4 for its own length, 5 for the key.
  const auto filled = set_label_item(kMedia[0], before, std::string(704 - 9, '1'));
  ASSERT_TRUE(filled.ok());
  EXPECT_EQ(filled->size(), before.size());
  EXPECT_EQ(filled->at(42), '\x84');  // the comments are the last block now
}

TEST(Flac, PutsABlockBehindStreaminfoWhereThereAreNoComments) {
  const auto written = set_label_item(kMedia[0], bytes_of("no_comments.ok.hex"), kLabel);
  ASSERT_TRUE(written.ok());
  EXPECT_EQ(written->at(4), '\0');
  EXPECT_EQ(written->at(42), '\x84');
  EXPECT_TRUE(written->ends_with(std::string("\xff\xf8\x69\x08\0\0", 6)));
}

TEST(Flac, ABlockHoldsNoMoreThan16MiB) {
  const auto written =
      set_label_item(kMedia[0], bytes_of("label.ok.hex"), std::string(1 << 24, '1'));
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code, Code::unsupported);
}

}  // namespace
}  // namespace assay::formats::flac
