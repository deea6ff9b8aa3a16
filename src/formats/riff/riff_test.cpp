// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/hex_case.h"
#include "formats/media_soundness.h"

namespace assay::formats::riff {
extern const std::span<const MediaFormat> kMedia;
namespace {

const std::string kValue = R"({"Label":"3"})";  // 13 bytes: padded

std::string bytes_of(std::string_view name) {
  return read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/riff/cases" / name).value();
}

std::string written(std::size_t row, std::string_view name) {
  const auto out = set_label_item(kMedia[row], bytes_of(name), kValue);
  EXPECT_TRUE(out.ok()) << out.error().text();
  return out.ok() ? *out : "";
}

std::uint64_t number_at(const std::string& bytes, std::size_t at, std::size_t n) {
  std::uint64_t out = 0;
  for (std::size_t i = n; i-- > 0;) out = out << 8 | static_cast<unsigned char>(bytes.at(at + i));
  return out;
}

TEST(Riff, TellsTheAgreedPlaceFromOthers) {
  const std::string bytes = bytes_of("other_places.ok.hex");
  MemorySource in(as_raw(bytes));
  const auto read = kMedia[0].read(in, {});
  ASSERT_TRUE(read.ok());
  std::vector<std::string> keys;
  for (const Item& item : read->items) {
    EXPECT_FALSE(item.agreed) << item.place;
    keys.push_back(item.key);
  }
  EXPECT_EQ(keys, (std::vector<std::string>{"bext", "ICMT", "AIGC", "", "iXML"}));
}

TEST(Riff, TheSizeOver32BitsIsKeptInDs64) {
  const std::string out = written(0, "rf64.ok.hex");
  EXPECT_EQ(number_at(out, 4, 4), 0xffffffffu);
  EXPECT_EQ(number_at(out, 20, 8), out.size() - 8);
}

TEST(Riff, MissingPaddingIsPutBeforeANewChunk) {
  const std::string out = written(0, "last_padding_missing.ok.hex");
  EXPECT_EQ(out.find("AIGC") % 2, 0u);
  EXPECT_EQ(number_at(out, 4, 4), out.size() - 8);
}

TEST(Riff, WhatWasStreamedIsNotWritten) {
  const auto out = set_label_item(kMedia[0], bytes_of("streamed.ok.hex"), kValue);
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().code, Code::unsupported);
}

TEST(Riff, AnIndexFromTheFilesBeginMovesWithTheFilm) {
  const std::string out = written(1, "avi_index_from_file_begin.ok.hex");
  const std::size_t entry = out.find("idx1") + 8;
  EXPECT_EQ(number_at(out, entry + 8, 4), out.find("00dc"));
  EXPECT_LT(out.find("AIGC"), out.find("movi"));
}

TEST(Riff, OpenDmlIndexesMoveWithTheFilm) {
  const std::string out = written(1, "avi_open_dml.ok.hex");
  const std::size_t film = out.find("movi"), index = out.find("ix00");
  EXPECT_EQ(number_at(out, out.find("indx") + 8 + 24, 8), index);
  EXPECT_EQ(number_at(out, index + 8 + 12, 8), film + 4 + 8);
}

}  // namespace
}  // namespace assay::formats::riff
