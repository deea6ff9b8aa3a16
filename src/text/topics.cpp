// SPDX-License-Identifier: Apache-2.0
#include "text/topics.h"

#include <algorithm>

namespace assay::text {

TopicCounts::TopicCounts(std::span<const std::string> ids) {
  if (ids.size() <= 64) ids_.assign(ids.begin(), ids.end());
  per_topic_.resize(ids_.size());
}

std::optional<std::uint64_t> TopicCounts::bit(std::string_view id) const {
  const auto at = std::ranges::find(ids_, id);
  if (at == ids_.end()) return std::nullopt;
  return std::uint64_t{1} << (at - ids_.begin());
}

TopicCounts::Seen TopicCounts::add(std::string text, std::uint64_t line, std::uint64_t mask) {
  const auto [at, first] = texts_.try_emplace(std::move(text), Entry{line, 0});
  const Seen seen{at->second.line, first, at->second.topics};
  const std::uint64_t fresh = mask & ~at->second.topics;
  at->second.topics |= mask;
  for (std::size_t i = 0; i < per_topic_.size(); ++i) per_topic_[i] += fresh >> i & 1U;
  return seen;
}

}  // namespace assay::text
