// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hex_case.h"
#include "formats/zip_archive.h"

namespace assay::formats::zip {
namespace {

std::string bytes_of(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/zip/cases" / name);
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : std::string();
}

Archive read_case(const std::string& bytes) {
  MemorySource in(as_raw(bytes));
  auto archive = read(in, {});
  EXPECT_TRUE(archive.ok());
  return archive.ok() ? *archive : Archive{};
}

std::vector<Difference> differences(std::string_view name) {
  std::vector<Difference> out;
  for (const Disagreement& one : read_case(bytes_of(name)).disagreements) out.push_back(one.what);
  return out;
}

std::vector<std::string> contents(std::string_view name) {
  const std::string bytes = bytes_of(name);
  MemorySource in(as_raw(bytes));
  std::vector<std::string> out;
  for (const Entry& entry : read_case(bytes).entries) {
    const auto data = unpack(in, entry, 1000);
    out.push_back(data.ok() ? *data : data.error().what);
  }
  return out;
}

TEST(Zip, UnpacksStoredAndDeflated) {
  EXPECT_THAT(contents("two_stored.ok.hex"), testing::ElementsAre("hello", "world"));
  EXPECT_THAT(contents("deflated.ok.hex"), testing::ElementsAre("hello hello hello"));
  EXPECT_THAT(contents("zip64.ok.hex"), testing::ElementsAre("hi"));
  EXPECT_THAT(differences("two_stored.ok.hex"), testing::IsEmpty());
  EXPECT_THAT(differences("zip64.ok.hex"), testing::IsEmpty());
}

TEST(Zip, UnpacksTheSameInPieces) {
  const auto pieces = [](std::string bytes, std::uint64_t most) {
    const Entry entry = read_case(bytes).entries.at(0);
    MemorySource in(as_raw(bytes));
    std::string out;
    const Status done = unpack_pieces(in, entry, most, [&](std::string_view piece) -> Status {
      out += piece;
      return Done{};
    });
    return done.ok() ? out : "!" + done.error().what;
  };
  const std::string deflated = bytes_of("deflated.ok.hex");
  EXPECT_EQ(pieces(deflated, 17), "hello hello hello");
  EXPECT_EQ(pieces(deflated, 16), "!unpacks to more than 16 bytes");
  EXPECT_EQ(pieces(bytes_of("two_stored.ok.hex"), 5), "hello");
  EXPECT_EQ(pieces(bytes_of("two_stored.ok.hex"), 4), "!entry is too long");
}

TEST(Zip, HoldsTheDirectoryAgainstLocalHeaders) {
  EXPECT_THAT(differences("names_differ.ok.hex"), testing::ElementsAre(Difference::other_name));
}

TEST(Zip, CountsDifferencesOfAKindAndKeepsTheFirst) {
  const Archive archive = read_case(bytes_of("three_entries_on_one_header.ok.hex"));
  ASSERT_EQ(archive.entries.size(), 3U);
  ASSERT_EQ(archive.disagreements.size(), 2U);
  EXPECT_EQ(archive.disagreements[0].what, Difference::other_name);
  EXPECT_EQ(archive.disagreements[0].name, "a.txt");
  EXPECT_EQ(archive.disagreements[0].count, 2U);
  EXPECT_EQ(archive.disagreements[1].what, Difference::overlap);
  EXPECT_EQ(archive.disagreements[1].count, 2U);
}

std::string local_header(std::uint16_t name_bytes, std::uint32_t data_bytes) {
  const auto le = [](std::uint32_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> 8 * i & 0xff);
    return out;
  };
  return "PK\x03\x04" + std::string(14, '\0') + le(data_bytes, 4) + le(data_bytes, 4) +
         le(name_bytes, 2) + le(0, 2);
}

TEST(Zip, KeepsTheBeginningOfALongName) {
  const std::string bytes = local_header(60'000, 1) + std::string(60'001, 'a');
  const Archive archive = read_case(bytes);
  ASSERT_EQ(archive.disagreements.size(), 2U);
  EXPECT_EQ(archive.disagreements[1].what, Difference::unlisted_entry);
  EXPECT_EQ(archive.disagreements[1].name, std::string(kMaxName, 'a'));
}

// Each header's name spans the headers after it, and its data seems to reach beyond the gap.
TEST(Zip, NamesOfHeadersInEachOtherAreBounded) {
  std::string bytes;
  for (int i = 0; i < 2'000; ++i) bytes += local_header(60'000, 0xf000'0000);
  bytes += std::string(60'000, 'z');
  bytes += "PK\x05\x06" + std::string(18, '\0');
  MemorySource in(as_raw(bytes));
  const auto archive = read(in, {});
  ASSERT_FALSE(archive.ok());
  EXPECT_EQ(archive.error().code, Code::limit);
}

TEST(Zip, FindsMembersThatTheDirectoryDoesNotName) {
  EXPECT_THAT(contents("member_not_listed.ok.hex"), testing::ElementsAre("hello", "world"));
  EXPECT_THAT(differences("member_not_listed.ok.hex"),
              testing::ElementsAre(Difference::unlisted_entry));
}

TEST(Zip, ReadsWithoutADirectory) {
  EXPECT_THAT(contents("no_directory.ok.hex"), testing::ElementsAre("hello", "world"));
  EXPECT_THAT(differences("no_directory.ok.hex"), testing::Contains(Difference::no_directory));
}

TEST(Zip, ShiftsOffsetsBehindOtherBytes) {
  EXPECT_THAT(contents("bytes_before.ok.hex"), testing::ElementsAre("hello"));
  EXPECT_THAT(differences("bytes_before.ok.hex"), testing::ElementsAre(Difference::bytes_before));
}

TEST(Zip, KeepsBothMembersOfOneName) {
  EXPECT_THAT(contents("same_name_twice.ok.hex"), testing::ElementsAre("one", "two"));
  EXPECT_THAT(differences("same_name_twice.ok.hex"), testing::ElementsAre(Difference::same_name));
}

TEST(Zip, UnpacksNoFurtherThanAllowed) {
  const std::string bytes = bytes_of("deflated.ok.hex");
  MemorySource in(as_raw(bytes));
  const Archive archive = read_case(bytes);
  const auto data = unpack(in, archive.entries.at(0), 16);
  ASSERT_FALSE(data.ok());
  EXPECT_EQ(data.error().code, Code::limit);
  EXPECT_EQ(*unpack(in, archive.entries.at(0), 17), "hello hello hello");
}

}  // namespace
}  // namespace assay::formats::zip
