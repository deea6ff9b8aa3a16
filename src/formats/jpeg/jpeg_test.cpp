// SPDX-License-Identifier: Apache-2.0
#include "formats/jpeg/jpeg.h"

#include <gtest/gtest.h>

#include "base/hex_case.h"

namespace assay::formats::jpeg {
namespace {

Jpeg read_case(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/jpeg/cases" / name);
  EXPECT_TRUE(bytes.ok());
  MemorySource in(as_raw(*bytes));
  auto jpeg = read(in, {});
  EXPECT_TRUE(jpeg.ok());
  return jpeg.ok() ? *jpeg : Jpeg{};
}

TEST(Jpeg, GivesTheXmpPacketAndStopsAtTheScan) {
  const Jpeg jpeg = read_case("xmp_segment.ok.hex");
  ASSERT_EQ(jpeg.parts.size(), 2u);
  EXPECT_EQ(jpeg.parts[1].kind, Kind::xmp);
  EXPECT_EQ(jpeg.parts[1].offset, 20u);
  EXPECT_TRUE(jpeg.parts[1].value.starts_with("<x:xmpmeta"));
  EXPECT_GT(jpeg.scan_offset, 20u);
}

TEST(Jpeg, PutsExtendedXmpTogetherByOffset) {
  const Jpeg jpeg = read_case("extended_xmp_out_of_order.ok.hex");
  ASSERT_EQ(jpeg.parts.size(), 1u);
  EXPECT_EQ(jpeg.parts[0].kind, Kind::extended_xmp);
  EXPECT_EQ(jpeg.parts[0].offset, 2u);
  EXPECT_TRUE(jpeg.parts[0].broken.empty());
  EXPECT_TRUE(jpeg.parts[0].value.starts_with("<x:xmpmeta"));
  EXPECT_TRUE(jpeg.parts[0].value.ends_with("</x:xmpmeta>"));
}

TEST(Jpeg, SaysWhyExtendedXmpIsBroken) {
  const Jpeg hole = read_case("extended_xmp_with_a_hole.ok.hex");
  ASSERT_EQ(hole.parts.size(), 1u);
  EXPECT_EQ(hole.parts[0].broken, "pieces overlap or leave a hole");
  EXPECT_TRUE(hole.parts[0].value.empty());
  EXPECT_EQ(read_case("extended_xmp_too_short.ok.hex").parts.at(0).broken, "segment is too short");
}

TEST(Jpeg, KeepsOtherSegments) {
  const Jpeg jpeg = read_case("bare_label_in_app_segment.ok.hex");
  ASSERT_EQ(jpeg.parts.size(), 2u);
  EXPECT_EQ(jpeg.parts[1].kind, Kind::other);
  EXPECT_EQ(jpeg.parts[1].marker, 0xe9);
}

}  // namespace
}  // namespace assay::formats::jpeg
