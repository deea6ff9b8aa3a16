// SPDX-License-Identifier: Apache-2.0
#include "text/near_duplicates.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <unordered_map>

#include "base/strings.h"

namespace assay::text {
namespace {

// A shingle is held as 27 bits of its hash; the 5 bits above them say how common it is once all
// texts are known, so that sets sorted as numbers start with their rarest shingles.
constexpr unsigned kHashBits = 27;
constexpr std::uint32_t kHashMask = (1U << kHashBits) - 1;
constexpr std::size_t kCounters = 1U << 22;

constexpr std::size_t kMaxLetters = 2048;
// Candidates that one text may have: shingles that are in every text would make the work quadratic.
constexpr std::uint32_t kMaxSteps = 5'000;

constexpr unsigned kShingleWidth = 4;

// CJK characters carry about what two letters do.
unsigned width_of(char32_t c) { return c >= 0x2E80 ? 2 : 1; }

bool is_letter(char32_t c) {
  if (c < 0x80)
    return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  return !(c < 0xC0 || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
           (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF65));
}

std::uint32_t hash_of(const char32_t* at, std::size_t n) {
  std::uint64_t h = 0x9E3779B97F4A7C15U + n;
  for (std::size_t i = 0; i < n; ++i) {
    h = (h ^ at[i]) * 0xBF58476D1CE4E5B9U;
    h ^= h >> 29;
  }
  return static_cast<std::uint32_t>(h >> 32) & kHashMask;
}

}  // namespace

NearDuplicates::NearDuplicates(double threshold, std::uint64_t max_shingles)
    : threshold_(threshold), max_shingles_(max_shingles) {}

void NearDuplicates::add(std::string_view text) {
  const std::uint64_t begin = shingles_.size();
  std::u32string letters;
  for (std::size_t at = 0; at < text.size() && letters.size() < kMaxLetters;) {
    const char32_t c = next_code_point(text, at);
    if (is_letter(c)) letters += c;
  }
  std::size_t end = 0;
  unsigned width = 0;
  for (std::size_t first = 0; first < letters.size(); ++first) {
    while (end < letters.size() && width < kShingleWidth) width += width_of(letters[end++]);
    if (width < kShingleWidth && first > 0) break;
    shingles_.push_back(hash_of(letters.data() + first, end - first));
    width -= width_of(letters[first]);
  }
  const auto from = shingles_.begin() + static_cast<std::ptrdiff_t>(begin);
  std::sort(from, shingles_.end());
  shingles_.erase(std::unique(from, shingles_.end()), shingles_.end());
  if (shingles_.size() > max_shingles_) {
    shingles_.resize(begin);
    ++not_compared_;
  }
  sets_.push_back({begin, static_cast<std::uint32_t>(shingles_.size() - begin),
                   static_cast<std::uint32_t>(sets_.size())});
}

void NearDuplicates::order_by_rarity() {
  std::vector<std::uint32_t> counts(kCounters);
  for (const std::uint32_t shingle : shingles_) ++counts[shingle % kCounters];
  for (std::uint32_t& shingle : shingles_)
    shingle |= static_cast<std::uint32_t>(std::bit_width(counts[shingle % kCounters]) - 1)
               << kHashBits;
  for (const Set& set : sets_) std::sort(shingles(set), shingles(set) + set.size);
  std::ranges::stable_sort(sets_, {}, &Set::size);
}

namespace {

// One bit for each shingle, so that two bitmaps differ in no more places than their sets do.
using Bitmap = std::array<std::uint64_t, 8>;

Bitmap bitmap_of(const std::uint32_t* shingles, std::uint32_t size) {
  Bitmap bits{};
  for (std::uint32_t i = 0; i < size; ++i)
    bits[shingles[i] % 8] |= std::uint64_t{1} << (shingles[i] / 8 % 64);
  return bits;
}

bool differ_by_more(const Bitmap& a, const Bitmap& b, std::uint32_t allowed) {
  std::uint32_t differing = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    differing += static_cast<std::uint32_t>(std::popcount(a[i] ^ b[i]));
    if (differing > allowed) return true;
  }
  return false;
}

// How many elements two sorted sets share, or fewer once they cannot share `needed`.
std::uint32_t overlap(const std::uint32_t* a, std::uint32_t a_size, const std::uint32_t* b,
                      std::uint32_t b_size, std::uint32_t needed) {
  std::uint32_t shared = 0;
  std::uint32_t i = 0;
  std::uint32_t j = 0;
  while (i < a_size && j < b_size) {
    if (shared + std::min(a_size - i, b_size - j) < needed) return shared;
    if (a[i] == b[j]) {
      ++shared, ++i, ++j;
    } else {
      a[i] < b[j] ? ++i : ++j;
    }
  }
  return shared;
}

std::uint32_t at_least(double share, double of) {
  return static_cast<std::uint32_t>(std::ceil(share * of - 1e-9));
}

}  // namespace

// Sets by their rarest shingles. A set's rank is its place in order of size.
struct NearDuplicates::Index {
  struct Entry {
    std::uint32_t shingle;
    std::uint32_t rank;
    std::uint32_t place;  // of the shingle in the set
  };
  struct List {
    std::uint32_t begin;
    std::uint32_t end;
  };
  std::vector<Entry> entries;  // in order of shingle, then rank
  std::unordered_map<std::uint32_t, List> lists;
  std::vector<Bitmap> bitmaps;          // by rank
  std::vector<std::uint32_t> seen_for;  // by rank: the last set it was a candidate of

  void close() {
    std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
      return a.shingle != b.shingle ? a.shingle < b.shingle : a.rank < b.rank;
    });
    for (std::uint32_t i = 0; i < entries.size(); ++i)
      lists.try_emplace(entries[i].shingle, List{i, i}).first->second.end = i + 1;
  }
};

// Names the first earlier set in order of size that is alike, starting with the largest.
void NearDuplicates::compare(std::uint32_t rank, Index& index, NearDuplicateResult& result) {
  const Set x = sets_[rank];
  const std::uint32_t* xs = shingles(x);
  const std::uint32_t smallest = at_least(threshold_, x.size);
  const double share = threshold_ / (1 + threshold_);
  std::uint32_t steps = 0;
  for (std::uint32_t i = 0; i < x.size - smallest + 1; ++i) {
    const auto list = index.lists.find(xs[i]);
    if (list == index.lists.end()) continue;
    const auto begin = index.entries.begin() + list->second.begin;
    auto at = std::lower_bound(begin, index.entries.begin() + list->second.end, rank,
                               [](const Index::Entry& e, std::uint32_t r) { return e.rank < r; });
    while (at != begin) {
      --at;
      const Set& y = sets_[at->rank];
      if (y.size < smallest) break;
      if (++steps > kMaxSteps) {
        ++result.not_compared;
        return;
      }
      if (index.seen_for[at->rank] == rank) continue;
      const std::uint32_t both = x.size + y.size;
      const std::uint32_t needed = at_least(share, both);
      if (1 + std::min(x.size - i - 1, y.size - at->place - 1) < needed) continue;
      index.seen_for[at->rank] = rank;
      if (differ_by_more(index.bitmaps[rank], index.bitmaps[at->rank], both - 2 * needed)) continue;
      const std::uint32_t shared = overlap(xs, x.size, shingles(y), y.size, needed);
      if (shared < needed) continue;
      result.found.push_back({std::max(x.text, y.text), std::min(x.text, y.text),
                              static_cast<double>(shared) / (both - shared)});
      return;
    }
  }
}

NearDuplicateResult NearDuplicates::find() {
  NearDuplicateResult result;
  result.not_compared = not_compared_;
  order_by_rarity();
  Index index;
  for (std::uint32_t rank = 0; rank < sets_.size(); ++rank) {
    const Set& x = sets_[rank];
    index.bitmaps.push_back(bitmap_of(shingles(x), x.size));
    if (x.size == 0) continue;
    // A partner of higher rank is at least as large, so it takes fewer shingles to meet it.
    const std::uint32_t places = x.size - at_least(2 * threshold_ / (1 + threshold_), x.size) + 1;
    for (std::uint32_t i = 0; i < places; ++i) index.entries.push_back({shingles(x)[i], rank, i});
  }
  index.close();
  index.seen_for.assign(sets_.size(), ~0U);
  for (std::uint32_t rank = 0; rank < sets_.size(); ++rank)
    if (sets_[rank].size > 0) compare(rank, index, result);
  std::ranges::sort(result.found, [](const NearDuplicate& a, const NearDuplicate& b) {
    return std::pair(a.text, a.like) < std::pair(b.text, b.like);
  });
  return result;
}

}  // namespace assay::text
