// SPDX-License-Identifier: Apache-2.0
//
// Words and pieces of words of a text, hashed, for linear classifiers.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace assay::text {

struct Feature {
  std::uint32_t index = 0;
  float value = 0;
};
using Features = std::vector<Feature>;  // by index, each once

// Words, pairs of words, and pieces of 3 to 5 letters within words (for Chinese: of 1 to 3
// characters of a run), each counted as 1 + log(n) under hash modulo 2^bits; words and pieces
// apart.
Features ngrams(std::string_view utf8, unsigned bits);

}  // namespace assay::text
