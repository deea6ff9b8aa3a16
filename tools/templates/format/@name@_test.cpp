// SPDX-License-Identifier: Apache-2.0
//
// Runs every cases/<what>.<outcome>.hex: the outcome is `ok` or the name of the Code.
#include "formats/@name@/@name@.h"

#include <gtest/gtest.h>

#include <set>

#include "base/hex_case.h"

namespace assay::formats::@name@ {
namespace {

constexpr Limits kLimits{.entries = 100};

std::vector<fs::path> cases() {
  return hex_cases(fs::path(ASSAY_SOURCE_DIR) / "src/formats/@name@/cases");
}

TEST(@Name@, CasesEndAsTheirNamesSay) {
  std::set<std::string> outcomes;
  for (const fs::path& path : cases()) {
    const auto data = read_hex_case(path);
    ASSERT_TRUE(data.ok()) << path;
    const auto result = read(as_raw(*data), kLimits);
    EXPECT_EQ(result.ok() ? "ok" : name(result.error().code), outcome_of(path)) << path;
    outcomes.insert(outcome_of(path));
  }
  EXPECT_TRUE(outcomes.contains("ok"));
  EXPECT_GT(outcomes.size(), 1U) << "a refused case is missing";
}

TEST(@Name@, EveryTruncationAndBitFlipEndsInAResult) {
  const auto sound = [](std::string_view bytes) {
    const auto result = read(as_raw(bytes), kLimits);
    return result.ok() ||
           (result.error().code != Code::internal && result.error().offset <= bytes.size());
  };
  for (const fs::path& path : cases()) {
    auto data = read_hex_case(path);
    ASSERT_TRUE(data.ok()) << path;
    for (std::size_t n = 0; n < data->size(); ++n)
      EXPECT_TRUE(sound(std::string_view(*data).substr(0, n))) << path << " cut at " << n;
    for (std::size_t bit = 0; bit < data->size() * 8; ++bit) {
      char& byte = (*data)[bit / 8];
      byte = static_cast<char>(byte ^ 1 << bit % 8);
      EXPECT_TRUE(sound(*data)) << path << " bit " << bit;
      byte = static_cast<char>(byte ^ 1 << bit % 8);
    }
  }
}

}  // namespace
}  // namespace assay::formats::@name@
