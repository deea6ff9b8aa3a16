// SPDX-License-Identifier: Apache-2.0
#include "document/references.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "document/plain.h"

namespace assay::document {
namespace {

using testing::ElementsAre;

std::vector<std::string> names(std::string_view text) {
  std::vector<std::string> out;
  for (const Reference& one : references_of(read_plain(text))) out.push_back(one.name);
  return out;
}

TEST(References, AreTitlesAndNumbers) {
  EXPECT_THAT(names("根据《网络安全法》和GB/T 45654-2025、GB 45438—2025。参见 TC260-PG-20252A。"),
              ElementsAre("网络安全法", "GB/T 45654-2025", "GB 45438—2025", "TC260-PG-20252A"));
  EXPECT_THAT(names("Regulation (EU) 2016/679, Directive 2002/58/EC; Regulation (EC) No 300/2008. "
                    "ISO/IEC 42001:2023; NIST AI 100-1."),
              ElementsAre("Regulation (EU) 2016/679", "Directive 2002/58/EC",
                          "Regulation (EC) No 300/2008", "ISO/IEC 42001:2023", "NIST AI 100-1"));
}

TEST(References, OtherWordsAreNone) {
  EXPECT_THAT(names("16 GB of memory, GB of it; ISO said; the Directive of 2002; Regulation (EU) "
                    "2024/; 《未完"),
              ElementsAre());
  EXPECT_THAT(names("MyGB/T 123; A-ISO 9001"), ElementsAre());
  EXPECT_THAT(names(""), ElementsAre());
}

TEST(References, AreCountedAtTheirFirstPlace) {
  const Document document = read_plain("《甲》。\n\n《乙》《甲》\n");
  const auto out = references_of(document);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out[0].times, 2U);
  EXPECT_EQ(document.at(out[0].first), "《甲》");
  EXPECT_EQ(out[0].first.begin, 0U);
}

}  // namespace
}  // namespace assay::document
