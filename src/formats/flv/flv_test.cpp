// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <bit>

#include "base/hex_case.h"
#include "formats/media_soundness.h"

namespace assay::formats::flv {
extern const std::span<const MediaFormat> kMedia;
namespace {

std::string bytes_of(std::string_view name) {
  return read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/flv/cases" / name).value();
}

double number_behind(const std::string& bytes, std::string_view key, std::size_t skip) {
  ByteReader in(as_raw(std::string_view(bytes).substr(bytes.find(key) + key.size() + skip)));
  return std::bit_cast<double>(in.be<std::uint64_t>().value());
}

TEST(Flv, PlacesInTheFileMoveWithTheFilm) {
  const auto out = set_label_item(kMedia[0], bytes_of("positions.ok.hex"), "{}");
  ASSERT_TRUE(out.ok()) << out.error().text();
  const auto film = static_cast<double>(out->size() - 18);  // its one tag is the last
  EXPECT_EQ(number_behind(*out, "filesize", 1), static_cast<double>(out->size()));
  EXPECT_EQ(number_behind(*out, "filepositions", 6), film);
  EXPECT_EQ(number_behind(*out, "lastkeyframelocation", 1), film);
}

TEST(Flv, ALongTextIsWrittenAndReadBack) {
  const std::string value(70'000, 'x');
  const std::string bytes = bytes_of("label.ok.hex");
  MemorySource in(as_raw(bytes));
  const auto have = kMedia[0].read(in, {});
  ASSERT_TRUE(have.ok());
  const auto splice = kMedia[0].write(in, *have, {.edits = {{0, value}}, .add = {}}, {});
  ASSERT_TRUE(splice.ok());
  const std::string out = splice->apply(in, 1 << 20).value();
  MemorySource again(as_raw(out));
  const auto back = kMedia[0].read(again, {});
  ASSERT_TRUE(back.ok());
  ASSERT_EQ(back->items.size(), 1u);
  EXPECT_EQ(back->items[0].value, value);
}

TEST(Flv, ALabelThatIsNoTextIsTold) {
  const std::string bytes = bytes_of("label_is_a_number.ok.hex");
  MemorySource in(as_raw(bytes));
  const auto have = kMedia[0].read(in, {});
  ASSERT_TRUE(have.ok());
  ASSERT_EQ(have->items.size(), 1u);
  EXPECT_EQ(have->items[0].broken, "the value is no text");
}

}  // namespace
}  // namespace assay::formats::flv
