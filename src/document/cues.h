// SPDX-License-Identifier: Apache-2.0
//
// Words and phrases that speak of a label of a taxonomy, found in a text.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document/document.h"

namespace assay::document {

struct CueHit {
  std::size_t cue = 0;
  Span span;
};

class Cues {
 public:
  // A star at the end of a word stands for any ending, a space for anything between two words.
  // Words of Latin letters match whole and in either case; what has a Chinese character in it
  // ("AI系统"), anywhere.
  void add(std::string_view cue);
  std::size_t size() const { return size_; }

  std::vector<CueHit> find(std::string_view text) const;  // in the order of their ends

 private:
  struct Pattern {
    std::size_t cue = 0;
    std::vector<std::string> words;
    std::vector<bool> open;  // any ending
  };
  struct Wide {
    std::size_t cue = 0;
    std::string text;
    std::size_t before = 0;  // bytes in front of its first wide character
  };
  struct Word {
    std::string text;
    Span span;
  };
  static std::vector<Word> words_of(std::string_view text);
  void match(const std::vector<Word>& words, std::size_t at, const std::vector<Pattern>& patterns,
             std::vector<CueHit>& out) const;

  std::size_t size_ = 0;
  std::unordered_map<std::string, std::vector<Pattern>> whole_,
      stems_;                                             // by first word, by its first letters
  std::unordered_map<char32_t, std::vector<Wide>> wide_;  // by the first wide character
};

}  // namespace assay::document
