// SPDX-License-Identifier: Apache-2.0
#include "label/wording.h"

#include <algorithm>
#include <array>

#include "base/strings.h"

namespace assay::label {
namespace {

constexpr char32_t kFirstWide = 0x2E80;  // CJK radicals: what follows is written without spaces
// Letters that are taken for each other.
constexpr std::array<std::u32string_view, 2> kAlike = {U"Il1|!丨", U"AＡ"};
constexpr int kLettersForAMistake = 4;

struct Letter {
  char32_t code;
  std::size_t word;  // of the line
};

std::vector<Letter> letters_of(const Line& line) {
  std::vector<Letter> out;
  for (std::size_t word = 0; word < line.size(); ++word)
    for (std::size_t at = 0; at < line[word].text.size();)
      out.push_back({next_code_point(line[word].text, at), word});
  return out;
}

bool is_latin(char32_t c) {
  return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9');
}

enum class Strict : bool { no, yes };

bool alike(char32_t a, char32_t b, Strict strict) {
  if (a == b) return true;
  if (strict == Strict::yes || a >= kFirstWide) return false;
  return std::any_of(kAlike.begin(), kAlike.end(), [&](std::u32string_view row) {
    return row.find(a) != row.npos && row.find(b) != row.npos;
  });
}

bool joined(const std::vector<Letter>& letters, std::size_t left) {
  return left + 1 < letters.size() && letters[left].word == letters[left + 1].word &&
         is_latin(letters[left].code) && is_latin(letters[left + 1].code);
}

bool matches_at(const std::vector<Letter>& letters, std::size_t at, const std::u32string& word,
                Strict strict) {
  const bool wide = word[0] >= kFirstWide;
  int mistakes =
      wide && strict == Strict::no ? static_cast<int>(word.size()) / kLettersForAMistake : 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const Letter& letter = letters[at + i];
    if (alike(word[i], letter.code, strict)) continue;
    if (--mistakes < 0) return false;
  }
  if (wide) return true;
  // A Latin word is none within a longer one: "AI" is not in "AIR".
  return !(at > 0 && joined(letters, at - 1)) && !joined(letters, at + word.size() - 1) &&
         letters[at].word == letters[at + word.size() - 1].word;
}

std::u32string decode(const std::string& text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, at));
  return out;
}

// Which words of the line hold one of `wanted`; empty where none does.
std::vector<std::size_t> find_words(const std::vector<Letter>& letters,
                                    const std::vector<std::string>& wanted, Strict strict) {
  for (const std::string& text : wanted) {
    const std::u32string word = decode(text);
    for (std::size_t at = 0; !word.empty() && at + word.size() <= letters.size(); ++at) {
      if (!matches_at(letters, at, word, strict)) continue;
      std::vector<std::size_t> out;
      for (std::size_t i = at; i < at + word.size(); ++i) out.push_back(letters[i].word);
      return out;
    }
  }
  return {};
}

// Two lines as one, where the second stands right below the first or goes on beside it.
bool near(const Line& a, const Line& b) {
  Box first, second;
  for (const Word& word : a) first = both(first, word.box);
  for (const Word& word : b) second = both(second, word.box);
  const int reach = std::max(first.height, second.height);
  const Box around = grown(first, reach, reach);
  const int smaller = std::min(first.height, second.height);
  return common(around, second).width > 0 && common(around, second).height > 0 &&
         2 * smaller > reach;
}

Wording wording_of(const Line& line, const std::vector<std::string>& ai_words,
                   const std::vector<std::string>& generation_words) {
  Wording wording;
  const std::vector<Letter> letters = letters_of(line);
  const auto second = find_words(letters, generation_words, Strict::yes);
  wording.generation = !second.empty();
  const auto first = find_words(letters, ai_words, wording.generation ? Strict::no : Strict::yes);
  wording.ai = !first.empty();
  for (std::size_t word = 0; word < line.size(); ++word) {
    const std::string& text = line[word].text;
    const bool wide = !wording.text.empty() && static_cast<unsigned char>(text[0]) >= 0x80;
    if (!wording.text.empty() && !wide) wording.text += ' ';
    wording.text += text;
    if (std::count(first.begin(), first.end(), word) +
        std::count(second.begin(), second.end(), word))
      wording.words.push_back(line[word]);
  }
  return wording;
}

}  // namespace

std::optional<Wording> find_wording(const std::vector<Line>& lines,
                                    const std::vector<std::string>& ai_words,
                                    const std::vector<std::string>& generation_words) {
  std::optional<Wording> first_alone;
  for (const Line& line : lines) {
    Wording wording = wording_of(line, ai_words, generation_words);
    if (wording.whole()) return wording;
    if (wording.ai && !first_alone) first_alone = std::move(wording);
  }
  for (const Line& a : lines) {
    for (const Line& b : lines) {
      if (&a == &b || !near(a, b)) continue;
      Line line = a;
      line.insert(line.end(), b.begin(), b.end());
      Wording wording = wording_of(line, ai_words, generation_words);
      if (wording.whole()) return wording;
    }
  }
  return first_alone;
}

}  // namespace assay::label
