// SPDX-License-Identifier: Apache-2.0
#include "label/text_label.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/strings.h"
#include "text/normalise.h"

namespace assay::label {
namespace {

using formats::prose::Block;
using formats::prose::Prose;
using Text32 = std::u32string_view;
using Words = std::vector<std::u32string>;

// What looks like a Latin letter, in canonical spelling.
constexpr std::array<std::pair<Text32, char32_t>, 2> kAlike = {{
    {U"аαᴀ", U'a'},       // Cyrillic, Greek, small capital
    {U"іιӏⅠⅰɪІӀ", U'i'},  // Cyrillic, Greek, Roman one, small capital
}};
constexpr Text32 kMarkup = U"*_`~";                      // of Markdown, within a line
constexpr Text32 kFrame = U" #>|-–—=+•·※★◆■□●○▪…~/\\:";  // around a line
constexpr Text32 kOpen = U"([【〔〖", kClose = U")]】〕〗";
constexpr Text32 kQuotes = U"\"“”'‘’「」『』《》〈〉";
constexpr Text32 kEnds = U"。!?;";
constexpr Text32 kJoins = U"/+与和及或并";
constexpr Text32 kClauses = U",，、：:·|—–";

bool has(Text32 set, char32_t c) { return set.find(c) != Text32::npos; }

struct Letter {
  char32_t c;
  std::uint32_t at;  // in the block's text
};

// The letters that a reader sees, and where each stands.
struct Line {
  std::u32string text;
  std::vector<std::uint32_t> at;
};

Line line_of(const std::string& raw) {
  Line out;
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t here = at;
    const char32_t c = text::canonical(next_code_point(raw, at));
    if (c == 0 || has(kMarkup, c) || (c == U' ' && (out.text.empty() || out.text.back() == U' ')))
      continue;
    out.text += c;
    out.at.push_back(static_cast<std::uint32_t>(here));
  }
  return out;
}

struct Part {
  std::size_t begin = 0, end = 0;
  std::size_t size() const { return end - begin; }
};

Text32 of(Text32 line, Part part) { return line.substr(part.begin, part.size()); }

Part trimmed(Text32 line, Part part, Text32 set) {
  while (part.begin < part.end && has(set, line[part.begin])) ++part.begin;
  while (part.begin < part.end && has(set, line[part.end - 1])) --part.end;
  return part;
}

bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9'); }

char32_t seen_as(char32_t c) {
  for (const auto& [alike, letter] : kAlike)
    if (has(alike, c)) return letter;
  return c;
}

// The word at `at`, with letters that look alike where `alike`. A Latin word is none within a
// longer one.
bool stands_at(Text32 line, std::size_t at, Text32 word, bool alike) {
  if (word.empty() || at + word.size() > line.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (line[at + i] != word[i] && !(alike && seen_as(line[at + i]) == word[i])) return false;
  const auto joins = [&](std::size_t i, char32_t neighbour) {
    return i < line.size() && is_latin(neighbour) && is_latin(alike ? seen_as(line[i]) : line[i]);
  };
  if (at > 0 && joins(at - 1, word.front())) return false;
  return !joins(at + word.size(), word.back());
}

// Letters of the longest of `words` at the front of `rest`; 0 where there is none.
std::size_t longest(Text32 rest, const Words& words) {
  std::size_t best = 0;
  for (const std::u32string& word : words)
    if (rest.starts_with(word)) best = std::max(best, word.size());
  return best;
}

Text32 without_spaces(Text32 text) {
  while (!text.empty() && text.front() == U' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == U' ') text.remove_suffix(1);
  return text;
}

// Takes a note in brackets off the front.
bool take_note(Text32& rest, std::size_t most) {
  if (rest.empty() || !has(kOpen, rest.front())) return false;
  const std::size_t end = rest.find(kClose[kOpen.find(rest.front())]);
  if (end == Text32::npos || end > most) return false;
  rest.remove_prefix(end + 1);
  return true;
}

// --- one clause against the grammar of a label:
// [head:] {subject | link} [name] AI {means | (note)} generation… [的] {subject} [tail…]

struct Match {
  bool strong = false;  // it says of what, or by whom
  bool disguised = false;
};

class Clause {
 public:
  Clause(Text32 text, const TextRules& rules) : text_(text), rules_(rules) {}

  std::optional<Match> match() const {
    for (const bool alike : {false, true})
      for (const std::u32string& word : rules_.ai)
        for (std::size_t at = 0; at + word.size() <= text_.size(); ++at) {
          if (!stands_at(text_, at, word, alike)) continue;
          const auto front = before(text_.substr(0, at));
          if (front && behind(text_.substr(at + word.size()))) return Match{*front, alike};
        }
    return std::nullopt;
  }

 private:
  // Whether what stands before the first element is strong; nothing where it is not a label's.
  std::optional<bool> before(Text32 rest) const {
    bool subject = false, link = false;
    while (true) {
      rest = without_spaces(rest);
      if (const std::size_t n = longest(rest, rules_.subject)) {
        subject = true;
        rest.remove_prefix(n);
      } else if (const std::size_t m = longest(rest, rules_.link)) {
        link = true;
        rest.remove_prefix(m);
      } else {
        break;
      }
    }
    if (rest.empty()) return subject || link;
    if (!link || rest.size() > rules_.name_letters || denied(rest)) return std::nullopt;
    const bool plain = std::all_of(rest.begin(), rest.end(), [](char32_t c) {
      return !has(kQuotes, c) && !has(kOpen, c) && !has(kClose, c);
    });
    return plain ? std::optional(true) : std::nullopt;
  }

  bool denied(Text32 text) const {
    return std::any_of(rules_.denial.begin(), rules_.denial.end(),
                       [&](const std::u32string& word) { return text.find(word) != Text32::npos; });
  }

  bool behind(Text32 rest) const {
    while (longest(rest = without_spaces(rest), rules_.generation) == 0) {
      const std::size_t n = longest(rest, rules_.means);
      rest.remove_prefix(n);
      if (n == 0 && !take_note(rest, rules_.note_letters)) return false;
    }
    while (const std::size_t n = longest(rest, rules_.generation)) {
      rest = without_spaces(rest.substr(n));
      const Text32 more = rest.substr(!rest.empty() && has(kJoins, rest.front()) ? 1 : 0);
      if (longest(more, rules_.generation) > 0) rest = more;  // "生成/合成"
    }
    if (rest.starts_with(U"的")) rest.remove_prefix(1);
    while (const std::size_t n = longest(rest = without_spaces(rest), rules_.subject))
      rest.remove_prefix(n);
    while (take_note(rest, rules_.note_letters)) rest = without_spaces(rest);
    return rest.empty() || longest(rest, rules_.tail) > 0;
  }

  Text32 text_;
  const TextRules& rules_;
};

// --- the parts of a line

// Sentences, each with its closing sign.
std::vector<Part> sentences(Text32 line) {
  std::vector<Part> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool stop = line[i] == U'.' && (i + 1 == line.size() || line[i + 1] == U' ');
    if (!has(kEnds, line[i]) && !stop) continue;
    out.push_back({begin, i + 1});
    begin = i + 1;
  }
  if (begin < line.size()) out.push_back({begin, line.size()});
  return out;
}

// The note in brackets at the start of the line, or at its end; empty where there is none.
Part note_at_start(Text32 line, std::size_t most) {
  const Part all = trimmed(line, {0, line.size()}, kFrame);
  if (all.size() == 0 || !has(kOpen, line[all.begin])) return {};
  const std::size_t end = line.find(kClose[kOpen.find(line[all.begin])], all.begin);
  return end == Text32::npos || end - all.begin > most ? Part{} : Part{all.begin + 1, end};
}

Part note_at_end(Text32 line, std::size_t most) {
  constexpr Text32 kBehind = U" #>|-–—=。.!";
  const Part all = trimmed(line, {0, line.size()}, kBehind);
  if (all.size() == 0 || !has(kClose, line[all.end - 1])) return {};
  const std::size_t begin = line.rfind(kOpen[kClose.find(line[all.end - 1])], all.end - 1);
  return begin == Text32::npos || all.end - begin > most ? Part{} : Part{begin + 1, all.end - 1};
}

class Look {
 public:
  Look(const Prose& prose, const TextRules& rules) : prose_(prose), rules_(rules) {}

  TextLook run() {
    for (index_ = 0; index_ < prose_.blocks.size(); ++index_) {
      block_ = &prose_.blocks[index_];
      line_ = line_of(block_->text);
      look_at_line();
    }
    best_.pictures = prose_.pictures;
    return std::move(best_);
  }

 private:
  bool first() const { return index_ < rules_.edge_blocks; }
  bool last() const { return index_ + rules_.edge_blocks >= prose_.blocks.size(); }
  TextPlace place() const {
    if (first() && last())  // of a short text, what is nearer
      return 2 * index_ < prose_.blocks.size() ? TextPlace::start : TextPlace::end;
    return first() ? TextPlace::start : last() ? TextPlace::end : TextPlace::middle;
  }

  void look_at_line() {
    const Text32 line = line_.text;
    if (!names_ai(line)) return;
    const Part whole = trimmed(line, {0, line.size()}, kFrame);
    for (const Part note :
         {note_at_start(line, rules_.note_letters), note_at_end(line, rules_.note_letters)}) {
      const bool alone = note.size() + 2 >= whole.size();
      if (note.size() > 0) look_at_note(note, alone);
    }
    look_at_mark(whole);
    look_at_own_line(whole);
    const std::vector<Part> all = sentences(line);
    if (index_ == 0) look_at_sentence(all.front(), TextPlace::start);
    if (index_ + 1 == prose_.blocks.size()) look_at_sentence(all.back(), TextPlace::end);
    if (mentions(line)) keep(TextSign::mention, whole, place(), false);
  }

  // Any letters of the first element, also such as look alike: whether a closer look is worth it.
  bool names_ai(Text32 line) const {
    return std::any_of(rules_.ai.begin(), rules_.ai.end(), [&](const std::u32string& word) {
      for (std::size_t at = 0; at + word.size() <= line.size(); ++at)
        if (stands_at(line, at, word, true)) return true;
      return false;
    });
  }

  bool mentions(Text32 line) const {
    return std::any_of(rules_.ai.begin(), rules_.ai.end(), [&](const std::u32string& word) {
      for (std::size_t at = 0; at + word.size() <= line.size(); ++at)
        if (stands_at(line, at, word, false)) return true;
      return false;
    });
  }

  // A note in brackets: alone on its line it labels anywhere, else at the edges of the text.
  void look_at_note(Part note, bool alone) {
    const auto match = clause_of(note, true);
    if (match && (alone || first() || last()))
      keep(TextSign::label, note, place(), match->disguised);
    look_at_mark(note);
  }

  void look_at_mark(Part part) {
    const Part bare = trimmed(line_.text, part, kFrame);
    for (const std::u32string& word : rules_.ai)
      if (of(line_.text, bare) == word) keep(TextSign::mark, bare, place(), false);
  }

  // A line that holds nothing else. In the middle, and where it is a heading, it must say of what
  // it speaks, or it may be the title of a passage about such content.
  void look_at_own_line(Part whole) {
    if (whole.size() > rules_.label_letters) return;
    const auto match = clause_of(whole, true);
    const bool edge = (first() || last()) && !block_->heading;
    if (match && (match->strong || edge)) keep(TextSign::label, whole, place(), match->disguised);
  }

  // A sentence that goes on into a longer text must say that it speaks of the text.
  void look_at_sentence(Part sentence, TextPlace at) {
    if (sentence.size() > rules_.label_letters) return;
    const auto match = clause_of(sentence, false);
    if (match && match->strong) keep(TextSign::label, sentence, at, match->disguised);
  }

  // A clause of the part's first sentence that is a label's, or only its very first. No question,
  // no quote.
  std::optional<Match> clause_of(Part part, bool any) const {
    const Text32 line = line_.text;
    part = trimmed(line, part, kFrame);
    if (part.size() == 0 || line[part.end - 1] == U'?') return std::nullopt;
    const Text32 text = of(line, part);
    if (std::any_of(text.begin(), text.end(), [](char32_t c) { return has(kQuotes, c); }))
      return std::nullopt;
    bool head = true;
    for (std::size_t begin = 0; begin <= text.size();) {
      std::size_t end = begin;
      for (; end < text.size() && !has(kClauses, text[end]) && !has(kEnds, text[end]); ++end) {
      }
      const Text32 clause = without_spaces(text.substr(begin, end - begin));
      if (const auto match = Clause(clause, rules_).match()) return match;
      head = head && longest(clause, rules_.head) == clause.size();
      if ((!any && !head) || (end < text.size() && has(kEnds, text[end]))) break;
      begin = end + 1;
    }
    return std::nullopt;
  }

  // The better sign stays; of labels, one at an edge, and the first.
  void keep(TextSign sign, Part part, TextPlace at, bool disguised) {
    part = trimmed(line_.text, part, kFrame);
    const bool better =
        sign > best_.sign || (sign == best_.sign && sign == TextSign::label &&
                              best_.found->place == TextPlace::middle && at != TextPlace::middle);
    if (!better || part.size() == 0) return;
    best_.sign = sign;
    const std::size_t begin = line_.at[part.begin];
    const std::size_t end = part.end < line_.at.size() ? line_.at[part.end] : block_->text.size();
    best_.found = TextFound{at, block_->text.substr(begin, end - begin), block_->line,
                            block_->offset + (block_->raw ? begin : 0), disguised};
  }

  const Prose& prose_;
  const TextRules& rules_;
  TextLook best_;
  std::size_t index_ = 0;
  const Block* block_ = nullptr;
  Line line_;
};

}  // namespace

bool TextRules::add(std::string_view roles, std::string_view word) {
  const std::array<std::pair<std::string_view, Words*>, 8> known = {{{"ai", &ai},
                                                                     {"generation", &generation},
                                                                     {"head", &head},
                                                                     {"subject", &subject},
                                                                     {"link", &link},
                                                                     {"means", &means},
                                                                     {"tail", &tail},
                                                                     {"denial", &denial}}};
  std::u32string plain;
  const std::string folded = text::canonical(word);
  for (std::size_t at = 0; at < folded.size();) plain += next_code_point(folded, at);
  for (const std::string_view role : split(roles, ' ')) {
    const auto row = std::find_if(known.begin(), known.end(),
                                  [&](const auto& one) { return one.first == role; });
    if (row == known.end()) return false;
    row->second->push_back(plain);
  }
  return true;
}

TextLook look_at_text(const Prose& prose, const TextRules& rules) {
  return Look(prose, rules).run();
}

std::optional<formats::prose::Kind> text_kind(std::string_view format) {
  using formats::prose::Kind;
  if (format == "Text") return Kind::plain;
  if (format == "Markdown") return Kind::markdown;
  if (format == "HTML") return Kind::html;
  if (format == "DOCX") return Kind::docx;
  return std::nullopt;
}

}  // namespace assay::label
