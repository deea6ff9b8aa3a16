// SPDX-License-Identifier: Apache-2.0
#include "document/cues.h"

#include <algorithm>

#include "base/strings.h"
#include "document/letters.h"

namespace assay::document {
namespace {

constexpr std::size_t kStem = 3;  // letters by which open words are looked up

bool is_letter(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0xC3 && c <= 0xC9) ||
         (c >= 0x80 && c < 0xC0);
}

}  // namespace

void Cues::add(std::string_view cue) {
  const std::size_t id = size_++;
  for (std::size_t at = 0; at < cue.size();) {
    const std::size_t before = at;
    const char32_t c = next_code_point(cue, at);
    if (c < kFirstWide) continue;
    wide_[c].push_back({id, to_lower(cue), before});
    return;
  }
  Pattern pattern{id, {}, {}};
  for (const std::string_view word : split(cue, ' ')) {
    if (word.empty()) continue;
    const bool open = word.ends_with('*');
    pattern.words.push_back(to_lower(open ? word.substr(0, word.size() - 1) : word));
    pattern.open.push_back(open);
  }
  if (pattern.words.empty()) return;
  const std::string& word = pattern.words[0];
  const bool by_stem = pattern.open[0] && word.size() >= kStem;
  (by_stem ? stems_[word.substr(0, kStem)] : whole_[word]).push_back(std::move(pattern));
}

std::vector<Cues::Word> Cues::words_of(std::string_view text) {
  std::vector<Word> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto letter = [&](std::size_t i) {
      return is_letter(
          static_cast<unsigned char>(text[i] >= 'A' && text[i] <= 'Z' ? text[i] | 0x20 : text[i]));
    };
    const bool continued = (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    if (!letter(at) || continued) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && letter(at)) ++at;
    out.push_back({to_lower(text.substr(begin, at - begin)), {begin, at}});
  }
  return out;
}

void Cues::match(const std::vector<Word>& words, std::size_t at,
                 const std::vector<Pattern>& patterns, std::vector<CueHit>& out) const {
  for (const Pattern& pattern : patterns) {
    const std::size_t n = pattern.words.size();
    if (at + n > words.size()) continue;
    const auto fits = [&](std::size_t i) {
      const std::string& word = words[at + i].text;
      return pattern.open[i] ? word.starts_with(pattern.words[i]) : word == pattern.words[i];
    };
    std::size_t i = 0;
    while (i < n && fits(i)) ++i;
    if (i == n) out.push_back({pattern.cue, {words[at].span.begin, words[at + n - 1].span.end}});
  }
}

std::vector<CueHit> Cues::find(std::string_view text) const {
  std::vector<CueHit> out;
  const std::vector<Word> words = words_of(text);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at].text;
    if (const auto found = whole_.find(word); found != whole_.end())
      match(words, at, found->second, out);
    if (word.size() < kStem) continue;
    if (const auto found = stems_.find(word.substr(0, kStem)); found != stems_.end())
      match(words, at, found->second, out);
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (c < kFirstWide) continue;
    const auto found = wide_.find(c);
    if (found == wide_.end()) continue;
    for (const Wide& wide : found->second) {
      if (wide.before > begin) continue;
      const Span span = {begin - wide.before, begin - wide.before + wide.text.size()};
      if (to_lower(text.substr(span.begin, wide.text.size())) == wide.text)
        out.push_back({wide.cue, span});
    }
  }
  std::sort(out.begin(), out.end(),
            [](const CueHit& a, const CueHit& b) { return a.span.end < b.span.end; });
  return out;
}

}  // namespace assay::document
