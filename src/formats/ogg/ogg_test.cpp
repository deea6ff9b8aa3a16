// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/hex_case.h"
#include "formats/media_soundness.h"
#include "formats/ogg/page.h"

namespace assay::formats::ogg {

extern const std::span<const MediaFormat> kMedia;

namespace {

std::string bytes_of(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/ogg/cases" / name);
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : "";
}

std::vector<Item> items_of(std::string_view bytes) {
  MemorySource in(as_raw(bytes));
  auto read = kMedia[0].read(in, kSmallLimits);
  EXPECT_TRUE(read.ok());
  return read.ok() ? read->items : std::vector<Item>{};
}

std::vector<Page> pages_of(std::string_view bytes) {
  MemorySource in(as_raw(bytes));
  std::vector<Page> out;
  for (std::uint64_t at = 0; at < bytes.size(); at = out.back().end()) {
    const auto page = read_page(in, at);
    EXPECT_TRUE(page.ok()) << at;
    if (!page.ok()) break;
    EXPECT_TRUE(*crc_matches(in, *page)) << at;
    out.push_back(*page);
  }
  return out;
}

std::string payload(std::string_view bytes, const Page& page) {
  return std::string(bytes.substr(static_cast<std::size_t>(page.offset + page.header()),
                                  static_cast<std::size_t>(page.payload)));
}

const std::string kLabel = R"({"Label":"1"})";

TEST(Ogg, ReadsTheLabelOfEachCodec) {
  for (const std::string_view name :
       {"vorbis.ok.hex", "opus_with_padding.ok.hex", "flac.ok.hex", "theora_and_vorbis.ok.hex",
        "comments_on_three_pages.ok.hex", "skeleton_with_index.ok.hex"}) {
    const auto items = items_of(bytes_of(name));
    ASSERT_EQ(items.size(), 1u) << name;
    EXPECT_EQ(items[0].value, kLabel) << name;
    EXPECT_TRUE(items[0].agreed && !items[0].damaged) << name;
  }
  EXPECT_TRUE(items_of(bytes_of("speex.ok.hex")).empty());
}

TEST(Ogg, SaysThatACheckSumIsWrongOrThatThereAreNoComments) {
  const auto damaged = items_of(bytes_of("wrong_check_sum.ok.hex"));
  ASSERT_EQ(damaged.size(), 1u);
  EXPECT_TRUE(damaged[0].damaged);
  EXPECT_EQ(damaged[0].value, kLabel);
  const auto other = items_of(bytes_of("second_packet_is_another.ok.hex"));
  ASSERT_EQ(other.size(), 1u);
  EXPECT_EQ(other[0].broken, "no comments in the second packet");
}

TEST(Ogg, KeepsTheNumberOfPagesWhereItCan) {
  const std::string before = bytes_of("comments_on_three_pages.ok.hex");
  for (const std::size_t n : {1u, 300u, 60'000u}) {
    const auto written = set_label_item(kMedia[0], before, std::string(n, '1'));
    ASSERT_TRUE(written.ok());
    EXPECT_EQ(pages_of(*written).size(), pages_of(before).size());
    const std::string sound = before.substr(pages_of(before).back().offset);
    EXPECT_TRUE(written->ends_with(sound));
  }
}

TEST(Ogg, RenumbersLaterPagesOfTheStreamAlone) {
  const std::string before = bytes_of("theora_and_vorbis.ok.hex");
  const auto written = set_label_item(kMedia[0], before, std::string(200'000, '1'));
  ASSERT_TRUE(written.ok());
  const auto old = pages_of(before);
  const auto now = pages_of(*written);
  ASSERT_EQ(now.size(), old.size() + 3);  // 65,025 bytes a page
  std::uint32_t sequence = 0;
  std::vector<Page> others;
  for (const Page& page : now) {
    if (page.serial == 5) {
      others.push_back(page);
    } else {
      EXPECT_EQ(page.sequence, sequence++);
    }
  }
  EXPECT_EQ(payload(*written, now.back()), "sound1snd2");
  EXPECT_EQ(now.back().granule, 100u);
  EXPECT_EQ(now.back().flags, kLast);
  ASSERT_EQ(others.size(), 3u);
  const Page& film = old[old.size() - 2];
  EXPECT_EQ(written->substr(others.back().offset, film.size()),
            before.substr(film.offset, film.size()));
}

TEST(Ogg, ARenumberedPageStaysDamaged) {
  std::string bytes = bytes_of("wrong_check_sum.ok.hex");
  MemorySource in(as_raw(bytes));
  const auto page = read_page(in, 58);
  ASSERT_TRUE(page.ok());
  EXPECT_FALSE(*crc_matches(in, *page));
  bytes.replace(58 + kSequenceAt, 8, renumbered(*page, 5));
  MemorySource again(as_raw(bytes));
  const auto other = read_page(again, 58);
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(other->sequence, 5u);
  EXPECT_FALSE(*crc_matches(again, *other));
}

TEST(Ogg, SaysWhatIsNotWritten) {
  for (const std::string_view name :
       {"sound_on_the_page_of_comments.ok.hex", "skeleton_with_index.ok.hex",
        "unknown_codec.ok.hex", "second_packet_is_another.ok.hex"}) {
    const auto written = set_label_item(kMedia[0], bytes_of(name), "{}");
    ASSERT_FALSE(written.ok()) << name;
    EXPECT_EQ(written.error().code, Code::unsupported) << name;
  }
}

}  // namespace
}  // namespace assay::formats::ogg
