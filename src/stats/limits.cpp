// SPDX-License-Identifier: Apache-2.0
#include "stats/limits.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>

namespace assay::stats {
namespace {

// NaN instead of an exception: no exception crosses a room.
using Quiet = boost::math::policies::policy<
    boost::math::policies::domain_error<boost::math::policies::ignore_error>,
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>>;
using Binomial = boost::math::binomial_distribution<double, Quiet>;

}  // namespace

Limits clopper_pearson(std::uint64_t k, std::uint64_t n, double confidence) {
  if (n == 0) return {0.0, 1.0};
  const auto trials = static_cast<double>(n);
  const auto successes = static_cast<double>(std::min(k, n));
  const double tail = (1.0 - confidence) / 2.0;
  return {k == 0 ? 0.0 : Binomial::find_lower_bound_on_p(trials, successes, tail),
          k >= n ? 1.0 : Binomial::find_upper_bound_on_p(trials, successes, tail)};
}

}  // namespace assay::stats
