// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/hex_case.h"
#include "formats/media_soundness.h"

namespace assay::formats::matroska {
extern const std::span<const MediaFormat> kMedia;
namespace {

constexpr std::string_view kTags = "\x12\x54\xc3\x67", kCluster = "\x1f\x43\xb6\x75",
                           kSegment = "\x18\x53\x80\x67", kPosition = "\x53\xac\x81";

std::string written(std::string_view name, std::size_t n) {
  const auto bytes =
      read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/matroska/cases" / name);
  const auto out = set_label_item(kMedia[0], *bytes, std::string(n, 'x'));
  EXPECT_TRUE(out.ok()) << out.error().text();
  return out.ok() ? *out : "";
}

TEST(Matroska, AShortLabelTakesTheRoomOfTheOldOne) {
  const std::string out = written("label_before_film.ok.hex", 4);
  EXPECT_LT(out.rfind(kTags), out.find(kCluster));
}

TEST(Matroska, ALongLabelGoesBehindTheFilmAndTheSeekHeadSaysSo) {
  const std::string out = written("no_tags_narrow_size.ok.hex", 300);
  const std::size_t tags = out.rfind(kTags);
  EXPECT_GT(tags, out.find(kCluster));
  const std::size_t data = out.find(kSegment) + 4 + 8;  // the size is eight bytes wide now
  EXPECT_EQ(static_cast<unsigned char>(out.at(out.find(kPosition) + 3)), tags - data);
}

TEST(Matroska, ALiveStreamHasItsLabelBeforeTheFilm) {
  const std::string out = written("live.ok.hex", 300);
  EXPECT_LT(out.find(kTags), out.find(kCluster));
}

TEST(Matroska, OnlyTagsOfTheWholeFileAreAgreed) {
  const auto bytes =
      read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/matroska/cases/other_tags.ok.hex");
  MemorySource in(as_raw(*bytes));
  const auto have = kMedia[0].read(in, {});
  ASSERT_TRUE(have.ok());
  std::vector<bool> agreed;
  for (const Item& item : have->items) agreed.push_back(item.agreed);
  EXPECT_EQ(agreed, (std::vector<bool>{false, false, false, true}));
}

}  // namespace
}  // namespace assay::formats::matroska
