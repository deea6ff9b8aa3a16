// SPDX-License-Identifier: Apache-2.0
#include "text/ngrams.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "base/strings.h"

namespace assay::text {
namespace {

// Words that say nothing of what a text is about.
constexpr std::array<std::string_view, 60> kStop = {
    "a",     "about", "all",  "also", "an",   "and",   "any",   "are",  "as",   "at",
    "be",    "been",  "but",  "by",   "can",  "could", "do",    "for",  "from", "has",
    "have",  "how",   "if",   "in",   "into", "is",    "it",    "its",  "may",  "might",
    "more",  "most",  "not",  "of",   "on",   "or",    "other", "our",  "out",  "over",
    "so",    "some",  "such", "than", "that", "the",   "their", "them", "then", "there",
    "these", "they",  "this", "to",   "was",  "were",  "which", "will", "with", "would"};

std::uint64_t hash(std::string_view text, std::uint64_t seed) {  // FNV-1a
  std::uint64_t value = 14695981039346656037ULL ^ seed;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return value ^ (value >> 32);
}

bool wide(char32_t c) { return c >= 0x2E80; }
bool letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || c == U'\'' ||
         (c >= 0xC0 && c < 0x2000);
}

class Counter {
 public:
  explicit Counter(unsigned bits) : bits_(bits) {}

  void word(const std::string& word) {
    if (word.size() < 2 || std::binary_search(kStop.begin(), kStop.end(), word)) return;
    add(word, 1);
    if (!before_.empty()) add(before_ + " " + word, 1);
    before_ = word;
    const std::string padded = " " + word + " ";
    for (std::size_t n = 3; n <= 5; ++n)
      for (std::size_t at = 0; at + n <= padded.size(); ++at)
        add(std::string_view(padded).substr(at, n), 2);
  }

  // Characters of three bytes each, mostly.
  void run(const std::vector<std::string>& letters) {
    for (std::size_t n = 1; n <= 3; ++n) {
      for (std::size_t at = 0; at + n <= letters.size(); ++at) {
        std::string piece;
        for (std::size_t i = at; i < at + n; ++i) piece += letters[i];
        add(piece, n == 2 ? 1 : 2);
      }
    }
    before_.clear();
  }

  Features take() {
    std::sort(seen_.begin(), seen_.end());
    Features out;
    for (auto at = seen_.begin(); at != seen_.end();) {
      const auto end = std::upper_bound(at, seen_.end(), *at);
      out.push_back({*at, 1 + std::log(static_cast<float>(end - at))});
      at = end;
    }
    return out;
  }

 private:
  // Words stand in the lower half of the indices, pieces in the upper.
  void add(std::string_view piece, std::uint64_t kind) {
    const std::uint64_t half = std::uint64_t{1} << (bits_ - 1);
    seen_.push_back(static_cast<std::uint32_t>(hash(piece, kind) % half + (kind == 2 ? half : 0)));
  }
  unsigned bits_;
  std::string before_;
  std::vector<std::uint32_t> seen_;
};

}  // namespace

Features ngrams(std::string_view utf8, unsigned bits) {
  Counter counter(bits);
  const std::string lower = to_lower(utf8);
  std::string word;
  std::vector<std::string> run;
  for (std::size_t at = 0; at <= lower.size();) {
    const std::size_t from = at;
    const char32_t c = at < lower.size() ? next_code_point(lower, at) : U'\n';
    const bool han = wide(c) && !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFF00 && c <= 0xFFEF);
    if (!letter(c) && !word.empty()) counter.word(std::exchange(word, {}));
    if (!han && !run.empty()) counter.run(std::exchange(run, {}));
    if (from == lower.size()) break;
    if (letter(c)) word += lower.substr(from, at - from);
    if (han) run.push_back(lower.substr(from, at - from));
  }
  return counter.take();
}

}  // namespace assay::text
