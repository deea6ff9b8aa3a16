// SPDX-License-Identifier: Apache-2.0
#include "stats/draw.h"

#include <algorithm>
#include <utility>

#include "base/digest.h"

namespace assay::stats {

std::vector<std::size_t> draw(const std::vector<std::string>& names, std::size_t count,
                              std::string_view seed) {
  std::vector<std::pair<Digest, std::size_t>> ranks;
  ranks.reserve(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string text = std::string(seed) + "\n" + names[i];
    ranks.emplace_back(sha256(as_raw(text)), i);
  }
  std::sort(ranks.begin(), ranks.end());
  ranks.resize(std::min(count, ranks.size()));
  std::vector<std::size_t> out;
  for (const auto& [rank, index] : ranks) out.push_back(index);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace assay::stats
