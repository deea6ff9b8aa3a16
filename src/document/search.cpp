// SPDX-License-Identifier: Apache-2.0
#include "document/search.h"

#include <algorithm>
#include <cmath>

#include "base/strings.h"
#include "document/letters.h"

namespace assay::document {
namespace {

constexpr double kSaturation = 1.2, kLengthShare = 0.75;  // k1 and b, as usual
constexpr std::size_t kStem = 7;  // letters of a word that count: "discriminates", "discrimination"

}  // namespace

std::map<std::string, int> terms_of(std::string_view text) {
  std::map<std::string, int> out;
  std::string word, wide;
  const auto end_word = [&] {
    if (word.size() > 1 || (!word.empty() && word[0] >= '0' && word[0] <= '9'))
      ++out[to_lower(word).substr(0, kStem)];
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    const bool is_wide = c >= kFirstWide && !(c >= 0x3000 && c <= 0x303F) && c < 0xFF00;
    if (is_word_letter(c)) {
      word += text.substr(begin, at - begin);
    } else {
      end_word();
    }
    if (!is_wide) {
      wide.clear();
      continue;
    }
    const std::string one(text.substr(begin, at - begin));
    if (!wide.empty()) ++out[wide + one];
    wide = one;
  }
  end_word();
  return out;
}

void SearchIndex::add(std::string_view text) {
  double length = 0;
  for (const auto& [term, times] : terms_of(text)) {
    terms_[term].push_back({lengths_.size(), times});
    length += times;
  }
  lengths_.push_back(length);
  total_ += length;
}

std::vector<SearchIndex::Found> SearchIndex::find(std::string_view query, std::size_t most) const {
  if (lengths_.empty()) return {};
  const auto n = static_cast<double>(lengths_.size());
  const double mean = std::max(1.0, total_ / n);
  std::vector<double> scores(lengths_.size(), 0);
  for (const auto& [term, times] : terms_of(query)) {
    const auto found = terms_.find(term);
    if (found == terms_.end()) continue;
    const auto in = static_cast<double>(found->second.size());
    const double rare = std::log(1 + (n - in + 0.5) / (in + 0.5));
    for (const Posting& posting : found->second) {
      const double often = posting.times;
      const double long_as = 1 - kLengthShare + kLengthShare * lengths_[posting.passage] / mean;
      scores[posting.passage] +=
          times * rare * often * (kSaturation + 1) / (often + kSaturation * long_as);
    }
  }
  std::vector<Found> out;
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (scores[i] > 0) out.push_back({i, scores[i]});
  std::stable_sort(out.begin(), out.end(),
                   [](const Found& a, const Found& b) { return a.score > b.score; });
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace assay::document
