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
constexpr int kLettersForAMistake = 4, kLatinLettersForAMistake = 6;

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

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Letter by letter; with letters that look alike and a few mistakes; or without regard to capitals.
enum class How : std::uint8_t { strict, loose, folded };

char32_t folded(char32_t c) { return c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c; }

bool alike(char32_t a, char32_t b, How how) {
  if (a == b || (how == How::folded && folded(a) == folded(b))) return true;
  if (how != How::loose || a >= kFirstWide) return false;
  return std::any_of(kAlike.begin(), kAlike.end(), [&](std::u32string_view row) {
    return row.find(a) != row.npos && row.find(b) != row.npos;
  });
}

bool joined(const std::vector<Letter>& letters, std::size_t left) {
  return left + 1 < letters.size() && letters[left].word == letters[left + 1].word &&
         is_latin(letters[left].code) && is_latin(letters[left + 1].code);
}

bool matches_at(const std::vector<Letter>& letters, std::size_t at, const std::u32string& word,
                std::size_t spaces, How how) {
  const bool wide = word[0] >= kFirstWide;
  int mistakes =
      static_cast<int>(word.size()) / (wide ? kLettersForAMistake : kLatinLettersForAMistake);
  if (how == How::strict) mistakes = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const Letter& letter = letters[at + i];
    if (alike(word[i], letter.code, how)) continue;
    if (--mistakes < 0) return false;
  }
  if (wide) return true;
  // A Latin word is none within a longer one, nor in two: "AI" is not in "AIR".
  return !(at > 0 && joined(letters, at - 1)) && !joined(letters, at + word.size() - 1) &&
         letters[at + word.size() - 1].word - letters[at].word == spaces;
}

std::u32string decode(const std::string& text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, at));
  return out;
}

// Which words of the line hold one of `wanted`; empty where none does.
std::vector<std::size_t> find_words(const std::vector<Letter>& letters,
                                    const std::vector<std::string>& wanted, How how) {
  for (const std::string& text : wanted) {
    std::u32string word = decode(text);
    const std::size_t spaces = std::erase(word, U' ');
    for (std::size_t at = 0; !word.empty() && at + word.size() <= letters.size(); ++at) {
      if (!matches_at(letters, at, word, spaces, how)) continue;
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

using Places = std::vector<std::size_t>;  // words of a line

Places either(Places named, const std::vector<Letter>& letters,
              const std::vector<std::string>& others) {
  return named.empty() ? find_words(letters, others, How::folded) : named;
}

Wording wording_of(const Line& line, const LabelWords& words) {
  Wording wording;
  const std::vector<Letter> letters = letters_of(line);
  Places second = find_words(letters, words.generation, How::strict);
  wording.generation = !second.empty();
  second = either(second, letters, words.other_generation);
  Places first = find_words(letters, words.ai, second.empty() ? How::strict : How::loose);
  wording.ai = !first.empty();
  first = either(first, letters, words.other_ai);
  wording.other = !wording.whole() && !first.empty() && !second.empty();
  for (std::size_t word = 0; word < line.size(); ++word) {
    const std::string& text = line[word].text;
    if (!wording.text.empty() && is_ascii(wording.text.back()) && is_ascii(text.front()))
      wording.text += ' ';
    wording.text += text;
    if (std::count(first.begin(), first.end(), word) +
        std::count(second.begin(), second.end(), word))
      wording.words.push_back(line[word]);
  }
  return wording;
}

int rank(const Wording& wording) {
  return wording.whole() ? 3 : wording.other ? 2 : wording.ai ? 1 : 0;
}

}  // namespace

void LabelWords::add(std::string_view element, std::string word) {
  const std::array<std::pair<std::string_view, std::vector<std::string>*>, 4> lists = {
      {{"ai", &ai},
       {"generation", &generation},
       {"other-ai", &other_ai},
       {"other-generation", &other_generation}}};
  for (const auto& [name, list] : lists)
    if (name == element) list->push_back(std::move(word));
}

std::optional<Wording> find_wording(const std::vector<Line>& lines, const LabelWords& words) {
  Wording best;
  const auto take = [&](Wording wording) {
    if (rank(wording) > rank(best)) best = std::move(wording);
    return best.whole();
  };
  for (const Line& line : lines)
    if (take(wording_of(line, words))) return best;
  for (const Line& a : lines) {
    for (const Line& b : lines) {
      if (&a == &b || !near(a, b)) continue;
      Line line = a;
      line.insert(line.end(), b.begin(), b.end());
      if (take(wording_of(line, words))) return best;
    }
  }
  return rank(best) > 0 ? std::optional(best) : std::nullopt;
}

}  // namespace assay::label
