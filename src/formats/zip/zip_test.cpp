// SPDX-License-Identifier: Apache-2.0
#include "formats/zip/zip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hex_case.h"

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

TEST(Zip, HoldsTheDirectoryAgainstLocalHeaders) {
  EXPECT_THAT(differences("names_differ.ok.hex"), testing::ElementsAre(Difference::other_name));
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
  EXPECT_EQ(*unpack_prefix(in, archive.entries.at(0), 5), "hello");
}

}  // namespace
}  // namespace assay::formats::zip
