// SPDX-License-Identifier: Apache-2.0
#include "formats/names_label.h"

#include <gtest/gtest.h>

#include <string>

namespace assay::formats {
namespace {

TEST(NamesLabel, InAnyCaseAndAtAnyPlace) {
  for (const std::string word : {"AIGC", "aigc", "Aigc", "ServiceProvider", "serviceprovider"})
    for (std::size_t before = 0; before < 20; ++before)
      for (const char filler : {'x', 'a', 'A', 'i', 'e', 'r', '\0'}) {
        const std::string text = std::string(before, filler) + word;
        EXPECT_TRUE(names_label(text)) << text;
        EXPECT_TRUE(names_label(text + std::string(before, filler))) << text;
      }
}

TEST(NamesLabel, NothingElse) {
  for (const std::string_view text :
       {"", "A", "AIG", "A I G C", "AIXC", "IGCA", "\x01IGC", "Service Provider"})
    EXPECT_FALSE(names_label(text)) << text;
}

}  // namespace
}  // namespace assay::formats
