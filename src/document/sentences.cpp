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
constexpr std::string_view kSemicolon = "；";
constexpr std::array<std::string_view, 12> kCommonest = {"the", "of", "and", "to", "in",   "a",
                                                         "for", "or", "is",  "by", "that", "be"};

bool is_han(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF); }
bool is_latin(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

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

void push_trimmed(std::vector<Span>& out, std::string_view text, Span span) {
  const std::string_view all = text.substr(span.begin, span.end - span.begin);
  const std::string_view inner = trim(all);
  if (inner.empty()) return;
  const std::size_t begin = span.begin + static_cast<std::size_t>(inner.data() - all.data());
  std::size_t end = begin + std::min(inner.size(), kLongest);
  while (end < begin + inner.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  out.push_back({begin, end});
}

void push_clauses(std::vector<Span>& out, std::string_view text, Span span) {
  while (true) {
    const std::size_t at = text.substr(0, span.end).find(kSemicolon, span.begin);
    if (at == text.npos) return push_trimmed(out, text, span);
    push_trimmed(out, text, {span.begin, at + kSemicolon.size()});
    span.begin = at + kSemicolon.size();
  }
}

}  // namespace

TextLanguage language_of(std::string_view text) {
  const std::string_view part = text.substr(0, kLookedAt);
  std::size_t han = 0, latin = 0, words = 0, common = 0;
  std::string word;
  for (std::size_t at = 0; at < part.size();) {
    const char32_t c = next_code_point(part, at);
    if (is_latin(c)) {
      ++latin;
      word += static_cast<char>(c | 0x20);
      continue;
    }
    if (is_han(c)) ++han;
    if (word.empty()) continue;
    ++words;
    common += std::ranges::count(kCommonest, word) > 0 ? 1 : 0;
    word.clear();
  }
  if (han * 5 > han + latin) return TextLanguage::chinese;
  if (words > 0 && common * 10 >= words) return TextLanguage::english;
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
