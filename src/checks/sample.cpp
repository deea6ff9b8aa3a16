// SPDX-License-Identifier: Apache-2.0
#include "checks/sample.h"

#include "stats/draw.h"
#include "stats/limits.h"

namespace assay::checks {

std::vector<std::size_t> draw_sample(const std::vector<std::string>& names, std::size_t count,
                                     std::string_view seed) {
  return stats::draw(names, count, seed);
}

Share share_of(std::uint64_t k, std::uint64_t n) {
  const stats::Limits limits = stats::clopper_pearson(k, n);
  const double percent = n == 0 ? 0 : 100.0 * static_cast<double>(k) / static_cast<double>(n);
  return {percent, 100.0 * limits.low, 100.0 * limits.high};
}

}  // namespace assay::checks
