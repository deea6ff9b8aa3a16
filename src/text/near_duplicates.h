// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace assay::text {

// A text that is nearly the same as an earlier one. Texts are numbered from 0 as they were added.
// Of a group of n texts that are all alike, n - 1 pairs are named.
struct NearDuplicate {
  std::uint32_t text;
  std::uint32_t like;  // < text
  double jaccard;      // of their shingles, at least the threshold
};

struct NearDuplicateResult {
  std::vector<NearDuplicate> found;  // in order of `text`, then `like`
  std::uint64_t not_compared = 0;    // texts left out because a budget was spent
};

// Finds texts with nearly the same characters. A shingle is two CJK characters or four others in a
// row, without spaces and punctuation; likeness is the Jaccard index of the sets of shingles of the
// first 2,048 letters, computed exactly.
//
// Candidates come from prefix filtering (Chaudhuri et al. 2006; Xiao et al., PPJoin, 2008), which
// loses no pair at or above the threshold: two such sets must share one of their rarest shingles.
// Only where thousands of texts are made from one pattern can a text run out of its budget; it is
// counted then.
class NearDuplicates {
 public:
  // `max_shingles`, of all texts together, bounds the memory at about 12 bytes for each and 100 for
  // each text.
  explicit NearDuplicates(double threshold, std::uint64_t max_shingles = 64U << 20);

  // `text` as canonical() gives it. Exact duplicates are better left out by the caller.
  void add(std::string_view text);

  // Once, after the last add().
  NearDuplicateResult find();

 private:
  struct Set {
    std::uint64_t begin;
    std::uint32_t size;
    std::uint32_t text;
  };
  struct Index;
  std::uint32_t* shingles(const Set& set) { return shingles_.data() + set.begin; }
  void order_by_rarity();
  void compare(std::uint32_t rank, Index& index, NearDuplicateResult& result);

  double threshold_;
  std::uint64_t max_shingles_;
  std::vector<std::uint32_t> shingles_;
  std::vector<Set> sets_;  // as added; by size once find() has begun
  std::uint64_t not_compared_ = 0;
};

}  // namespace assay::text
