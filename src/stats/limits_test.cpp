// SPDX-License-Identifier: Apache-2.0
#include "stats/limits.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace assay::stats {
namespace {

struct Published {
  std::uint64_t k;
  std::uint64_t n;
  double confidence;
  double low;
  double high;
};

// The tail equations solved by bisection, apart from the code under test; printed tables give the
// same to their digits (4 of 20: 5.7 % to 43.7 %; 5 of 10: 18.7 % to 81.3 %; 0 of 10: to 30.8 %).
constexpr std::array<Published, 8> kPublished = {{
    {0, 10, 0.95, 0.0, 0.3084971},
    {10, 10, 0.95, 0.6915029, 1.0},
    {1, 20, 0.95, 0.001265089, 0.2487328},
    {4, 20, 0.95, 0.05733400, 0.4366140},
    {5, 10, 0.95, 0.1870860, 0.8129140},
    {5, 10, 0.90, 0.2224411, 0.7775589},
    {900, 1000, 0.95, 0.8797121, 0.9178947},
    {0, 1000, 0.95, 0.0, 0.003682084},
}};

TEST(ClopperPearson, GivesThePublishedLimits) {
  for (const Published& row : kPublished) {
    const Limits limits = clopper_pearson(row.k, row.n, row.confidence);
    EXPECT_NEAR(limits.low, row.low, 5e-7) << row.k << " of " << row.n;
    EXPECT_NEAR(limits.high, row.high, 5e-7) << row.k << " of " << row.n;
  }
}

// P(X >= k) for X ~ Binomial(n, p), summed term by term.
double upper_tail(std::uint64_t k, std::uint64_t n, double p) {
  const auto trials = static_cast<double>(n);
  double sum = 0;
  for (std::uint64_t i = k; i <= n; ++i) {
    const auto x = static_cast<double>(i);
    sum += std::exp(std::lgamma(trials + 1) - std::lgamma(x + 1) - std::lgamma(trials - x + 1) +
                    x * std::log(p) + (trials - x) * std::log1p(-p));
  }
  return sum;
}

TEST(ClopperPearson, LeavesHalfOfAlphaInEachTail) {
  for (const std::uint64_t n : {7U, 50U, 400U})
    for (std::uint64_t k = 1; k < n; k += 1 + n / 13) {
      const Limits limits = clopper_pearson(k, n);
      EXPECT_NEAR(upper_tail(k, n, limits.low), 0.025, 1e-9) << k << " of " << n;
      EXPECT_NEAR(1 - upper_tail(k + 1, n, limits.high), 0.025, 1e-9) << k << " of " << n;
    }
}

TEST(ClopperPearson, CoversTheShareAndRisesWithIt) {
  for (const std::uint64_t n : {1U, 2U, 20U, 1000U, 4000U}) {
    Limits before{-1, -1};
    for (std::uint64_t k = 0; k <= n; ++k) {
      const Limits limits = clopper_pearson(k, n);
      const double share = static_cast<double>(k) / static_cast<double>(n);
      ASSERT_LE(limits.low, share);
      ASSERT_GE(limits.high, share);
      ASSERT_GE(limits.low, 0.0);
      ASSERT_LE(limits.high, 1.0);
      ASSERT_GT(limits.low + limits.high, before.low + before.high) << k << " of " << n;
      before = limits;
    }
  }
}

TEST(ClopperPearson, GivesEverythingWithoutTrialsAndStaysFiniteForMany) {
  EXPECT_EQ(clopper_pearson(0, 0).low, 0.0);
  EXPECT_EQ(clopper_pearson(0, 0).high, 1.0);
  const Limits many = clopper_pearson(999'999'999, 1'000'000'000);
  EXPECT_GT(many.low, 0.999999);
  EXPECT_LT(many.high, 1.0);
}

}  // namespace
}  // namespace assay::stats
