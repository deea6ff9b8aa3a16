// SPDX-License-Identifier: Apache-2.0
#include "document/builder.h"

#include <algorithm>

#include "base/strings.h"

namespace assay::document {
namespace {

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Han, kana, their punctuation and full-width forms: written without spaces.
bool unspaced(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF60) || c >= 0x20000;
}

char32_t first_of(std::string_view text) {
  std::size_t at = 0;
  return text.empty() ? U' ' : next_code_point(text, at);
}

char32_t last_of(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && (static_cast<unsigned char>(text[--at]) & 0xC0) == 0x80) {
  }
  return text.empty() ? U' ' : next_code_point(text, at);
}

bool small_letter(char c) { return c >= 'a' && c <= 'z'; }

// "trans-" before "parency", but not "AI-" or "2024-" before anything.
bool hyphenated(std::string_view before, std::string_view after) {
  const std::size_t n = before.size();
  return n >= 3 && before[n - 1] == '-' && small_letter(before[n - 2]) &&
         small_letter(before[n - 3]) && !after.empty() && small_letter(after[0]);
}

}  // namespace

bool space_between(std::string_view before, std::string_view after) {
  if (before.empty() || after.empty() || blank(before.back()) || blank(after.front())) return false;
  return !unspaced(last_of(before)) && !unspaced(first_of(after));
}

void Builder::add(std::string_view text) {
  std::string& out = document_.text;
  document_.cut = document_.cut || out.size() + text.size() > kMostText ||
                  document_.blocks.size() >= kMostBlocks;
  if (document_.cut) return;
  for (const char c : text) {
    if (!blank(c)) {
      out += c;
    } else if (!empty() && out.back() != ' ' && out.back() != '\t') {
      out += ' ';
    }
  }
}

Span Builder::add_line(std::string_view text) {
  std::string& out = document_.text;
  const std::string_view before = std::string_view(out).substr(begin_);
  if (hyphenated(before, text)) {
    out.pop_back();
  } else if (space_between(before, text)) {
    out += ' ';
  }
  const std::size_t begin = out.size();
  add(text);
  return {begin, out.size()};
}

void Builder::cell() {
  std::string& out = document_.text;
  if (document_.cut) return;
  if (!empty() && out.back() == ' ') out.pop_back();
  if (!empty()) out += '\t';
}

void Builder::end(BlockKind kind, int level) {
  std::string& out = document_.text;
  while (!empty() && blank(out.back())) out.pop_back();
  if (empty()) return;
  document_.blocks.push_back({kind, level, {begin_, out.size()}});
  out += '\n';
  begin_ = out.size();
}

int page_of(const Document& document, std::size_t offset) {
  const auto after =
      std::upper_bound(document.lines.begin(), document.lines.end(), offset,
                       [](std::size_t at, const PlacedLine& line) { return at < line.span.begin; });
  return after == document.lines.begin() ? 1 : std::prev(after)->page;
}

std::vector<PlacedLine> areas_of(const Document& document, Span span) {
  std::vector<PlacedLine> out;
  auto line =
      std::lower_bound(document.lines.begin(), document.lines.end(), span.begin,
                       [](const PlacedLine& l, std::size_t at) { return l.span.end <= at; });
  for (; line != document.lines.end() && line->span.begin < span.end; ++line) out.push_back(*line);
  return out;
}

}  // namespace assay::document
