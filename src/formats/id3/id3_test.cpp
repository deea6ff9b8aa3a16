// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/hex_case.h"
#include "formats/id3/sound.h"
#include "formats/media_soundness.h"

namespace assay::formats::id3 {

extern const std::span<const MediaFormat> kMedia;

namespace {

std::string bytes_of(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/id3/cases" / name);
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : "";
}

std::vector<Item> items_of(std::string_view bytes) {
  MemorySource in(as_raw(bytes));
  auto read = kMedia[0].read(in, kSmallLimits);
  EXPECT_TRUE(read.ok());
  return read.ok() ? read->items : std::vector<Item>{};
}

// The one item of a case, or one that says so.
Item only_item(std::string_view name) {
  const auto items = items_of(bytes_of(name));
  EXPECT_EQ(items.size(), 1u) << name;
  return items.size() == 1 ? items[0] : Item{};
}

std::string known_as(std::string_view bytes) {
  MemorySource in(as_raw(bytes));
  std::string out;
  for (const MediaFormat& format : kMedia) {
    const auto yes = format.sniff(as_raw(bytes.substr(0, kHead)), in);
    if (yes.ok() && *yes) out += format.name;
  }
  return out;
}

const std::string kLabel = R"({"Label":"1"})";

TEST(Id3, ReadsTheLabelInEveryVersionAndEncoding) {
  for (const std::string_view name :
       {"label_in_24.ok.hex", "label_in_23_utf16.ok.hex",
        "label_in_23_utf16_one_mark_odd_end.ok.hex", "unsynchronised_23.ok.hex",
        "unsynchronised_24.ok.hex", "extended_header_23.ok.hex", "extended_header_24.ok.hex",
        "v22.ok.hex", "two_tags.ok.hex", "appended_tag.ok.hex", "adts_behind_a_tag.ok.hex"}) {
    const Item item = only_item(name);
    EXPECT_EQ(item.value, kLabel) << name;
    EXPECT_EQ(item.key, "AIGC") << name;
    EXPECT_TRUE(item.agreed) << name;
  }
  EXPECT_EQ(only_item("label_in_24_utf16_big.ok.hex").value, "{\"Label\":\"😀\"}");
}

TEST(Id3, UnpacksFrames) {
  EXPECT_EQ(only_item("compressed_24.ok.hex").value, kLabel + kLabel + kLabel);
  EXPECT_EQ(only_item("compressed_and_grouped_23.ok.hex").value, kLabel + kLabel + kLabel);
}

TEST(Id3, TakesSizesOfEightBitsWhereOnlyTheyLeadToAFrame) {
  const Item item = only_item("itunes_size_24.ok.hex");
  EXPECT_TRUE(item.value.ends_with("pp\"}"));
  EXPECT_EQ(item.place, "TXXX frame at byte 10");
}

TEST(Id3, TellsWhatCannotBeRead) {
  EXPECT_EQ(only_item("encrypted.ok.hex").broken, "encrypted");
  EXPECT_EQ(only_item("compressed_data_cut_short.ok.hex").broken, "compressed data is cut short");
  EXPECT_EQ(only_item("not_utf8.ok.hex").broken, "text is not UTF-8");
  EXPECT_EQ(only_item("frame_past_the_tag.ok.hex").broken, "ends too early");
  EXPECT_EQ(only_item("v22_compressed.ok.hex").broken, "compressed by an unknown method");
  EXPECT_EQ(only_item("unknown_version.ok.hex").broken, "unknown version");
  EXPECT_EQ(only_item("ape_begins_outside.ok.hex").broken, "tag begins outside");
  const auto junk = items_of(bytes_of("junk_in_the_tag.ok.hex"));
  ASSERT_EQ(junk.size(), 2u);
  EXPECT_EQ(junk[0].value, kLabel);
  EXPECT_EQ(junk[1].broken, "no frame here");
}

TEST(Id3, FindsLabelsInOtherPlaces) {
  const auto items = items_of(bytes_of("other_frames.ok.hex"));
  ASSERT_EQ(items.size(), 4u);
  for (const Item& item : items) EXPECT_FALSE(item.agreed);
  EXPECT_EQ(items[0].key, "COMM");
  EXPECT_EQ(items[1].key, "AIGC");
  EXPECT_EQ(items[2].key, "aigc");
  EXPECT_EQ(items[3].key, "TIT1");
  const Item xmp = only_item("xmp_in_priv.ok.hex");
  EXPECT_EQ(xmp.kind, ItemKind::xmp);
  EXPECT_EQ(xmp.value, "<x:xmpmeta/>");
  for (const std::string_view name :
       {"ape_and_id3v1.ok.hex", "ape_without_header_and_lyrics.ok.hex"}) {
    const Item ape = only_item(name);
    EXPECT_EQ(ape.value, kLabel);
    EXPECT_FALSE(ape.agreed);
  }
}

TEST(Id3, KnowsSoundByItsFrames) {
  EXPECT_EQ(known_as(bytes_of("bare_sound.ok.hex")), "MP3");
  EXPECT_EQ(known_as(bytes_of("bare_adts.ok.hex")), "AAC");
  EXPECT_EQ(known_as(bytes_of("adts_behind_a_tag.ok.hex")), "AAC");
  EXPECT_EQ(known_as(bytes_of("label_in_24.ok.hex")), "MP3");
  EXPECT_EQ(known_as(bytes_of("bare_sound.ok.hex").substr(0, 24)), "");  // one frame proves nothing
  EXPECT_EQ(known_as(bytes_of("neither.invalid.hex")), "");
  const auto size = [](std::string_view head) {
    const auto frame = sound_frame(as_raw(head));
    return frame ? frame->size : 0;
  };
  EXPECT_EQ(size("\xff\xfb\x92\x64??"), 418u);  // 128 kbit/s at 44.1 kHz, padded
  EXPECT_EQ(size("\xff\xfd\x14\x04??"), 96u);   // layer II, 32 kbit/s at 48 kHz
  EXPECT_EQ(size("\xff\xff\x14\x04??"), 32u);   // layer I
}

TEST(Id3, UsesPaddingSoThatTheSoundStays) {
  const std::string before = bytes_of("no_label_but_room.ok.hex");
  const auto written = set_label_item(kMedia[0], before, kLabel);
  ASSERT_TRUE(written.ok());
  EXPECT_EQ(written->size(), before.size());
  EXPECT_EQ(written->substr(0, 25), before.substr(0, 25));  // header and TIT2
  EXPECT_EQ(only_item("label_in_24.ok.hex").value, kLabel);
}

TEST(Id3, WritesUtf16Into23WhereAsciiIsNotEnough) {
  const std::string before = bytes_of("unsynchronised_23.ok.hex");
  const std::string value = "{\"Label\":\"\u6587ÿ😀\"}";
  const auto written = set_label_item(kMedia[0], before, value);
  ASSERT_TRUE(written.ok());
  const auto items = items_of(*written);
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].value, value);
  EXPECT_EQ(written->at(5), '\0');  // no longer unsynchronised
  EXPECT_NE(written->find("TIT2"), std::string::npos);
}

TEST(Id3, ATagPutInFrontGoesWithItsOnlyFrame) {
  const std::string before = bytes_of("bare_sound.ok.hex");
  const auto written = set_label_item(kMedia[0], before, kLabel);
  ASSERT_TRUE(written.ok());
  EXPECT_EQ(written->substr(0, 4), "ID3\x04");
  MemorySource in(as_raw(*written));
  const auto have = kMedia[0].read(in, kSmallLimits);
  ASSERT_TRUE(have.ok());
  const auto splice =
      kMedia[0].write(in, *have, {.edits = {{0, std::nullopt}}, .add = {}}, kSmallLimits);
  ASSERT_TRUE(splice.ok());
  const auto after = splice->apply(in, 1 << 20);
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(*after, before);
}

TEST(Id3, EditsAnApeTagInItsPlace) {
  const std::string before = bytes_of("ape_and_id3v1.ok.hex");
  MemorySource in(as_raw(before));
  const auto have = kMedia[0].read(in, kSmallLimits);
  ASSERT_TRUE(have.ok());
  for (const std::optional<std::string>& value : {std::optional<std::string>("AIGC?"), {}}) {
    const auto splice =
        kMedia[0].write(in, *have, {.edits = {{0, value}}, .add = {}}, kSmallLimits);
    ASSERT_TRUE(splice.ok());
    const auto after = splice->apply(in, 1 << 20);
    ASSERT_TRUE(after.ok());
    const auto items = items_of(*after);
    ASSERT_EQ(items.size(), value ? 1u : 0u);
    if (value) {
      EXPECT_EQ(items[0].value, *value);
    }
    EXPECT_EQ(after->substr(after->size() - 128), before.substr(before.size() - 128));
  }
}

TEST(Id3, SaysWhichTagsAreNotWritten) {
  for (const std::string_view name :
       {"v22.ok.hex", "restrictions.ok.hex", "junk_in_the_tag.ok.hex", "unknown_version.ok.hex"}) {
    const auto written = set_label_item(kMedia[0], bytes_of(name), kLabel);
    ASSERT_FALSE(written.ok()) << name;
    EXPECT_EQ(written.error().code, Code::unsupported) << name;
  }
}

}  // namespace
}  // namespace assay::formats::id3
