// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assay::text {

// Texts that count once however often they stand, each under the topics that were named for it.
class TopicCounts {
 public:
  // At most 64 topics are held; `ids` of more give none.
  explicit TopicCounts(std::span<const std::string> ids);

  struct Seen {
    std::uint64_t line = 0;           // of the first row with this text
    bool first = false;               // this row is it
    std::uint64_t topics_before = 0;  // one bit for each topic of the earlier rows
  };
  // Counts `text`, in canonical spelling, under the topics of `mask`.
  Seen add(std::string text, std::uint64_t line, std::uint64_t mask);

  // The bit of a topic; nothing for an id that is none.
  std::optional<std::uint64_t> bit(std::string_view id) const;

  std::uint64_t texts() const { return texts_.size(); }
  const std::vector<std::uint64_t>& per_topic() const { return per_topic_; }

 private:
  struct Entry {
    std::uint64_t line;
    std::uint64_t topics;
  };
  std::vector<std::string> ids_;
  std::vector<std::uint64_t> per_topic_;
  std::unordered_map<std::string, Entry> texts_;
};

}  // namespace assay::text
