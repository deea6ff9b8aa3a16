// SPDX-License-Identifier: Apache-2.0
//
// A sample of files and what it says of all of them, for the checks and for the command line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::checks {

// Indices of the names that are drawn, in order; stats/draw.h has the method.
std::vector<std::size_t> draw_sample(const std::vector<std::string>& names, std::size_t count,
                                     std::string_view seed);

// In percent, with exact 95 % limits (Clopper and Pearson 1934): of a sample from a small
// population the true limits are closer.
struct Share {
  double percent = 0, low = 0, high = 100;
};
Share share_of(std::uint64_t k, std::uint64_t n);

}  // namespace assay::checks
