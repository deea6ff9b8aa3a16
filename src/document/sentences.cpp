// SPDX-License-Identifier: Apache-2.0
#include "document/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/strings.h"

namespace assay::document {
namespace {

constexpr std::size_t kLookedAt = std::size_t{256} << 10;  // bytes
constexpr std::size_t kLongest = 2'000;                    // bytes of a sentence
constexpr std::size_t kFewWords = 6;
constexpr std::array<std::string_view, 2> kSemicolons = {"；", "; "};
constexpr std::array<std::string_view, 3> kPauses = {"，", ", ", " "};
// Common in English and in no other language of Latin letters.
constexpr std::array<std::string_view, 16> kCommonest = {
    "the",  "and",  "to",  "for", "that", "shall", "must", "not",
    "with", "this", "are", "be",  "we",   "our",   "by",   "or"};

bool is_han(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF); }
bool is_kana(char32_t c) { return c >= 0x3040 && c <= 0x30FF; }
bool is_latin(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// Letters of the scripts between Latin and Han, accents among them; no marks and signs.
bool is_other(char32_t c) { return (c >= 0xC0 && c < 0x2000) || (c >= 0xAC00 && c <= 0xD7FF); }

// Making one reads the rules of the language, so that each thread keeps its own.
icu::BreakIterator* breaker() {
  thread_local const std::unique_ptr<icu::BreakIterator> kept = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), error));
    return U_SUCCESS(error) ? std::move(made) : nullptr;
  }();
  return kept.get();
}

// Where a stretch that is too long is parted: behind the last pause, else between two characters.
std::size_t parted(std::string_view text, std::size_t begin) {
  std::size_t end = begin + kLongest;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  for (const std::string_view pause : kPauses)
    if (const std::size_t at = text.substr(0, end).rfind(pause); at != text.npos && at > begin)
      return at + pause.size();
  return end;
}

void push_trimmed(std::vector<Span>& out, std::string_view text, Span span) {
  const std::string_view all = text.substr(span.begin, span.end - span.begin);
  const std::string_view inner = trim(all);
  if (inner.empty()) return;
  const std::size_t begin = span.begin + static_cast<std::size_t>(inner.data() - all.data());
  out.push_back({begin, begin + inner.size()});
}

void push_parts(std::vector<Span>& out, std::string_view text, Span span) {
  while (span.end - span.begin > kLongest) {
    const std::size_t end = std::min(parted(text, span.begin), span.end);
    push_trimmed(out, text, {span.begin, end});
    span.begin = end;
  }
  push_trimmed(out, text, span);
}

void push_clauses(std::vector<Span>& out, std::string_view text, Span span) {
  const std::string_view all = text.substr(0, span.end);
  while (true) {
    std::size_t end = span.end;
    for (const std::string_view mark : kSemicolons)
      if (const std::size_t at = all.find(mark, span.begin); at < end) end = at + mark.size();
    push_parts(out, text, {span.begin, end});
    if (end == span.end) return;
    span.begin = end;
  }
}

}  // namespace

TextLanguage language_of(std::string_view text) {
  const std::string_view part = text.substr(0, kLookedAt);
  std::size_t han = 0, kana = 0, latin = 0, other = 0, words = 0, common = 0;
  std::string word;
  const auto end_word = [&] {
    words += word.empty() ? 0 : 1;
    common += std::ranges::count(kCommonest, word) > 0 ? 1 : 0;
    word.clear();
  };
  for (std::size_t at = 0; at < part.size();) {
    const char32_t c = next_code_point(part, at);
    han += is_han(c) ? 1 : 0;
    kana += is_kana(c) ? 1 : 0;
    other += is_other(c) ? 1 : 0;
    latin += is_latin(c) ? 1 : 0;
    if (is_latin(c) || is_other(c))
      word += is_latin(c) ? static_cast<char>(c | 0x20) : '?';
    else
      end_word();
  }
  end_word();
  if (kana * 10 > han + kana || other * 50 > latin + other + han) return TextLanguage::other;
  if (han * 5 > han + latin) return TextLanguage::chinese;
  if (words > 0 && (common * 33 >= words || words < kFewWords)) return TextLanguage::english;
  return TextLanguage::other;
}

std::vector<Span> sentences_of(std::string_view text, Span stretch) {
  std::vector<Span> out;
  UErrorCode error = U_ZERO_ERROR;
  UText opened = UTEXT_INITIALIZER;
  utext_openUTF8(&opened, text.data() + stretch.begin,
                 static_cast<std::int64_t>(stretch.end - stretch.begin), &error);
  if (breaker() != nullptr) breaker()->setText(&opened, error);
  if (breaker() == nullptr || U_FAILURE(error)) {
    push_clauses(out, text, stretch);
  } else {
    std::size_t begin = stretch.begin;
    for (int at = breaker()->next(); at != icu::BreakIterator::DONE; at = breaker()->next()) {
      const std::size_t end = stretch.begin + static_cast<std::size_t>(at);
      push_clauses(out, text, {begin, end});
      begin = end;
    }
  }
  utext_close(&opened);
  return out;
}

}  // namespace assay::document
