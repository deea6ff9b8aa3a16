// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace assay::stats {

struct Limits {
  double low;
  double high;
};

// Exact two-sided limits for a proportion with k successes of n, as fractions of 1 (Clopper and
// Pearson, Biometrika 26, 1934). n of 0 gives [0, 1]. `confidence` is e.g. 0.95.
Limits clopper_pearson(std::uint64_t k, std::uint64_t n, double confidence = 0.95);

}  // namespace assay::stats
