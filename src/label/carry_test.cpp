// SPDX-License-Identifier: Apache-2.0
#include "label/carry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::label {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string chunk(const std::string& name, const std::string& content) {
  std::string out("\0\0\0", 3);
  out += static_cast<char>(content.size());
  return out + name + content + "CRC.";
}
std::string png(const std::string& middle, char colour = 2) {
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", std::string(9, '\1') + colour + std::string(3, '\0')) +
         middle + chunk("IEND", "");
}
std::string segment(char marker, const std::string& content) {
  return std::string("\xFF") + marker + '\0' + static_cast<char>(content.size() + 2) + content;
}
std::string jpeg(const std::string& segments, const std::string& scan) {
  return "\xFF\xD8" + segments + "\xFF\xDA" + scan;
}
// A TIFF structure with one entry.
std::string turned(char how) {
  return std::string("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 18) + how +
         std::string("\0\0\0\0\0\0\0", 7);
}
const std::string kExif("Exif\0\0", 6);

TEST(Carry, KeepsTheChunksOfAPngAndTakesThePixels) {
  const std::string old = png(chunk("iCCP", "profile") + chunk("bKGD", "ground") +
                              chunk("tEXt", "AIGC") + chunk("IDAT", "before"));
  const auto carried =
      carry_metadata(old, png(chunk("tEXt", "Lavf") + chunk("IDAT", "after")), PictureFormat::png);
  ASSERT_TRUE(carried.ok());
  EXPECT_EQ(carried->file,
            png(chunk("iCCP", "profile") + chunk("tEXt", "AIGC") + chunk("IDAT", "after")));
  EXPECT_TRUE(carried->dropped.empty());
}

TEST(Carry, DropsAProfileThatIsOfOtherColours) {
  const auto carried = carry_metadata(png(chunk("iCCP", "profile") + chunk("IDAT", "1"), 0),
                                      png(chunk("IDAT", "2")), PictureFormat::png);
  ASSERT_TRUE(carried.ok());
  EXPECT_THAT(carried->file, Not(HasSubstr("iCCP")));
  EXPECT_THAT(carried->dropped, ElementsAre("a colour profile of gray"));
}

TEST(Carry, TurnsTheExifOfAJpegUpright) {
  const std::string old = jpeg(segment('\xE1', kExif + turned(6)) + segment('\xE2', "ICC") +
                                   segment('\xE2', std::string("MPF\0x", 5)) +
                                   segment('\xEE', "Adobe") + segment('\xDB', "old"),
                               "before");
  EXPECT_EQ(orientation_of(old, PictureFormat::jpeg), 6);
  const auto carried = carry_metadata(
      old, jpeg(segment('\xE0', "JFIF") + segment('\xDB', "new"), "after"), PictureFormat::jpeg);
  ASSERT_TRUE(carried.ok());
  EXPECT_EQ(carried->file, jpeg(segment('\xE1', kExif + turned(1)) + segment('\xE2', "ICC") +
                                    segment('\xDB', "new"),
                                "after"));
  EXPECT_EQ(carried->dropped.size(), 1U);
}

TEST(Carry, OfCutFilesIsRefusedOrWhole) {
  const std::string old = jpeg(segment('\xE1', kExif + turned(6)) + segment('\xDB', "old"), "scan");
  for (std::size_t size = 0; size < old.size() - 6; ++size) {
    EXPECT_FALSE(carry_metadata(old.substr(0, size), old, PictureFormat::jpeg).ok()) << size;
    EXPECT_EQ(orientation_of(old.substr(0, size), PictureFormat::jpeg), 1) << size;
  }
  const std::string other = png(chunk("eXIf", turned(3)) + chunk("IDAT", "x"));
  EXPECT_EQ(orientation_of(other, PictureFormat::png), 3);
  for (std::size_t size = 1; size < other.size() - 4; ++size) {
    const auto carried = carry_metadata(other.substr(0, size), other, PictureFormat::png);
    if (carried.ok()) {
      EXPECT_THAT(carried->file, HasSubstr("IDAT")) << size;
    }
  }
  for (std::size_t i = 0; i < 18; ++i) {
    std::string tiff = turned(6);
    tiff[i] = '\xFF';  // no offset or count of it leads out of it
    orientation_of(png(chunk("eXIf", tiff)), PictureFormat::png);
  }
}

}  // namespace
}  // namespace assay::label
