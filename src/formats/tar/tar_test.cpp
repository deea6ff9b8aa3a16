// SPDX-License-Identifier: Apache-2.0
#include "formats/tar/tar.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/hex_case.h"

namespace assay::formats::tar {
namespace {

std::string bytes_of(std::string_view name) {
  const auto out = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/tar/cases" / name);
  EXPECT_TRUE(out.ok()) << name;
  return out.ok() ? *out : std::string();
}

// Those before the end, or before what ends the reading.
std::vector<Member> members(std::string_view bytes, const Limits& limits = {}) {
  MemorySource in(as_raw(bytes));
  Reader reader(in, limits);
  std::vector<Member> out;
  for (auto one = reader.next(); one.ok() && *one; one = reader.next())
    out.push_back(std::move(**one));
  return out;
}

TEST(Tar, TellsMembersByTheirKinds) {
  const std::string bytes = bytes_of("ustar_prefix_and_links.ok.hex");
  const auto all = members(bytes);
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].kind, Kind::folder);
  EXPECT_EQ(all[1].kind, Kind::file);
  EXPECT_EQ(all[1].name, "d/" + std::string(90, 'p') + "/" + std::string(60, 'n') + ".txt");
  EXPECT_EQ(bytes.substr(all[1].offset, all[1].size), "hello");
  EXPECT_EQ(all[2].kind, Kind::hard_link);
  EXPECT_EQ(all[2].target, "d/x");
  EXPECT_EQ(all[3].kind, Kind::other);
}

TEST(Tar, TakesLongNamesOfBothKinds) {
  const auto gnu = members(bytes_of("gnu_long_names.ok.hex"));
  ASSERT_EQ(gnu.size(), 2u);
  EXPECT_EQ(gnu[0].name, std::string(120, 'g'));
  EXPECT_EQ(gnu[1].target, gnu[0].name);
  const auto pax = members(bytes_of("pax_name.ok.hex"));
  ASSERT_EQ(pax.size(), 1u);
  EXPECT_EQ(pax[0].name.size(), 240u);
  EXPECT_TRUE(pax[0].name.starts_with("标识"));
  EXPECT_EQ(pax[0].size, 2u);
}

TEST(Tar, ReadsSizesInBinaryAndHeadersBeforePosix) {
  EXPECT_EQ(members(bytes_of("binary_size.ok.hex")).at(0).size, 5u);
  EXPECT_EQ(members(bytes_of("before_posix.ok.hex")).at(0).name, "a.txt");
}

TEST(Tar, IsKnownByItsCheckSumAlone) {
  const auto known = [](std::string_view bytes) {
    MemorySource in(as_raw(bytes));
    const auto out = sniff(in);
    return out.ok() && *out;
  };
  EXPECT_TRUE(known(bytes_of("before_posix.ok.hex")));
  EXPECT_FALSE(known(bytes_of("wrong_sum.invalid.hex")));
  EXPECT_FALSE(known(std::string(1024, '\0')));
  EXPECT_FALSE(known(std::string(1024, ' ')));
  EXPECT_FALSE(known("short"));
}

TEST(Tar, EndsAtZerosAndAtItsLimits) {
  const std::string one = bytes_of("binary_size.ok.hex");
  EXPECT_EQ(members(one + std::string(512, '\0') + one).size(), 1u);
  EXPECT_EQ(members(one + one).size(), 2u);
  EXPECT_EQ(members(one + one, {.headers = 1}).size(), 1u);
  EXPECT_TRUE(members(bytes_of("gnu_long_names.ok.hex"), {.name_bytes = 100}).empty());
}

}  // namespace
}  // namespace assay::formats::tar
