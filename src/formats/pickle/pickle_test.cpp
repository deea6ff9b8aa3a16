// SPDX-License-Identifier: Apache-2.0
#include "formats/pickle/pickle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace assay::formats::pickle {
namespace {

TEST(Disassembler, GivesEachInstructionItsPlace) {
  const std::string_view bytes("\x80\x04\x8c\x02hi\x94.", 8);
  MemorySource in(as_raw(bytes));
  Disassembler code(in, 0);
  std::vector<std::string> seen;
  for (auto one = code.next(); one.ok(); one = code.next())
    seen.push_back(std::to_string(one->offset) + " " + std::string(name(one->op)));
  EXPECT_THAT(seen, testing::ElementsAre("0 PROTO", "2 SHORT_BINUNICODE", "6 MEMOIZE", "7 STOP"));
}

TEST(Disassembler, KnowsEveryOpcodeOfProtocolsZeroToFive) {
  int known = 0;
  for (int byte = 0; byte < 256; ++byte) known += name(static_cast<Op>(byte)) != "unknown";
  EXPECT_EQ(known, 68);
}

TEST(Disassembler, LosesTheLastByteOfALineWithoutNewline) {
  const std::string_view bytes = "cos\nsystem";
  MemorySource in(as_raw(bytes));
  Disassembler code(in, 0);
  const auto one = code.next();
  ASSERT_TRUE(one.ok());
  EXPECT_EQ(one->data.size, 2u);
  EXPECT_EQ(one->second.size, 5u);  // "syste"
}

TEST(Decimal, ReadsAsPythonDoes) {
  EXPECT_EQ(decimal("12"), 12);
  EXPECT_EQ(decimal(" 1_0 "), 10);
  EXPECT_EQ(decimal("+3"), 3);
  EXPECT_EQ(decimal("-3"), -3);
  EXPECT_EQ(decimal(std::string_view("7\0x", 3)), 7);
  EXPECT_EQ(decimal("1__0"), std::nullopt);
  EXPECT_EQ(decimal("_1"), std::nullopt);
  EXPECT_EQ(decimal("1_"), std::nullopt);
  EXPECT_EQ(decimal(""), std::nullopt);
  EXPECT_EQ(decimal("9999999999999999999999"), std::nullopt);
}

TEST(RawUnicode, DecodesEscapesAndKeepsDoubledBackslashes) {
  EXPECT_EQ(raw_unicode("s\\u0079s"), "sys");
  EXPECT_EQ(raw_unicode("\\U0001f600"), "\U0001f600");
  EXPECT_EQ(raw_unicode("\\\\u0079"), "\\\\u0079");
  EXPECT_EQ(raw_unicode("\xe9"), "\xc3\xa9");
  EXPECT_EQ(raw_unicode("\\u00"), std::nullopt);
}

TEST(QuotedString, DecodesEscapes) {
  EXPECT_EQ(quoted_string("'o\\x73'"), "os");
  EXPECT_EQ(quoted_string("\"a\\n\\101\\q\""), "a\nA\\q");
  EXPECT_EQ(quoted_string("'a"), std::nullopt);
  EXPECT_EQ(quoted_string("'\\'"), std::nullopt);
}

}  // namespace
}  // namespace assay::formats::pickle
