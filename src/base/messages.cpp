// SPDX-License-Identifier: Apache-2.0
#include "base/messages.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace assay {
namespace {

constexpr StaticText kRows[] = {
#define ROW(english, chinese) {chinese, english},
#define FOREIGN(english, chinese) ROW(english, chinese)
#include "base/messages.def"
#undef FOREIGN
#undef ROW
};

// How many messages may stand one in the other.
constexpr int kMaxDepth = 4;

// The English of a row: literals[0], a place, literals[1], a place, …
struct Pattern {
  std::vector<std::string_view> literals;
  std::vector<bool> is_message;  // of each place
  std::size_t literal_bytes = 0;
  std::string_view chinese;
};

Pattern make_pattern(const StaticText& row) {
  constexpr std::string_view kValue = "{}";
  constexpr std::string_view kMessage = "{*}";
  Pattern out;
  out.chinese = row.zh;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < row.en.size();) {
    const std::string_view rest = row.en.substr(at);
    const bool message = rest.starts_with(kMessage);
    if (!message && !rest.starts_with(kValue)) {
      ++at;
      continue;
    }
    out.literals.push_back(row.en.substr(begin, at - begin));
    out.is_message.push_back(message);
    at += message ? kMessage.size() : kValue.size();
    begin = at;
  }
  out.literals.push_back(row.en.substr(begin));
  for (const std::string_view literal : out.literals) out.literal_bytes += literal.size();
  return out;
}

// The rows by the first byte of their English; those that begin with a place stand apart. Each list
// has the most literal text first.
class Index {
 public:
  Index() {
    for (const StaticText& row : kRows) {
      Pattern pattern = make_pattern(row);
      list(pattern.literals.front()).push_back(std::move(pattern));
    }
    for (std::vector<Pattern>& one : lists_)
      std::ranges::stable_sort(one, std::ranges::greater(), &Pattern::literal_bytes);
  }

  const std::vector<Pattern>& beginning_like(std::string_view text) const {
    return lists_[text.empty() ? kPlaceFirst : static_cast<unsigned char>(text.front())];
  }

 private:
  static constexpr std::size_t kPlaceFirst = 256;
  std::vector<Pattern>& list(std::string_view text) {
    return lists_[text.empty() ? kPlaceFirst : static_cast<unsigned char>(text.front())];
  }
  std::array<std::vector<Pattern>, kPlaceFirst + 1> lists_;
};

// What stands at the places, where `text` is made by the pattern.
std::optional<std::vector<std::string_view>> match(const Pattern& pattern, std::string_view text) {
  const std::string_view first = pattern.literals.front();
  const std::string_view last = pattern.literals.back();
  std::vector<std::string_view> found;
  if (pattern.literals.size() == 1) return text == first ? std::optional(found) : std::nullopt;
  if (text.size() < pattern.literal_bytes || !text.starts_with(first) || !text.ends_with(last))
    return std::nullopt;
  const std::string_view before_last = text.substr(0, text.size() - last.size());
  std::size_t at = first.size();
  for (std::size_t i = 1; i + 1 < pattern.literals.size(); ++i) {
    const std::size_t next = before_last.find(pattern.literals[i], at);
    if (next == std::string_view::npos) return std::nullopt;
    found.push_back(text.substr(at, next - at));
    at = next + pattern.literals[i].size();
  }
  if (at > before_last.size()) return std::nullopt;
  found.push_back(before_last.substr(at));
  return found;
}

std::string chinese(std::string_view english, int depth);

// The Chinese with its places filled: {} takes the next part, {1} the one of that number. Parts are
// put in as they are, whatever brackets they hold.
std::string fill(const Pattern& pattern, const std::vector<std::string_view>& parts, int depth) {
  std::string out;
  std::size_t next = 0;
  const std::string_view form = pattern.chinese;
  for (std::size_t at = 0; at < form.size(); ++at) {
    const std::string_view rest = form.substr(at);
    const bool plain = rest.starts_with("{}");
    const bool numbered =
        rest.size() > 2 && rest[0] == '{' && rest[1] >= '0' && rest[1] <= '9' && rest[2] == '}';
    if (!plain && !numbered) {
      out += form[at];
      continue;
    }
    const std::size_t part = plain ? next++ : static_cast<std::size_t>(rest[1] - '0');
    at += plain ? 1 : 2;
    if (part >= parts.size()) continue;
    if (pattern.is_message[part])
      out += chinese(parts[part], depth + 1);
    else
      out += parts[part];
  }
  return out;
}

std::string chinese(std::string_view english, int depth) {
  static const Index index;
  const Pattern* best = nullptr;
  std::vector<std::string_view> parts;
  for (const std::vector<Pattern>* list :
       {&index.beginning_like(english), &index.beginning_like({})})
    for (const Pattern& pattern : *list) {
      if (best != nullptr && pattern.literal_bytes <= best->literal_bytes) break;
      auto found = match(pattern, english);
      if (!found) continue;
      best = &pattern;
      parts = std::move(*found);
      break;
    }
  if (best == nullptr || depth >= kMaxDepth) return std::string(english);
  return fill(*best, parts, depth);
}

}  // namespace

std::string in(std::string_view english, Language language) {
  return language == Language::zh ? chinese(english, 0) : std::string(english);
}

Text in_both(std::string_view english) { return {in(english, Language::zh), std::string(english)}; }

Text place_in_both(std::string_view where) {
  const std::size_t mark = where.rfind(": ");
  if (mark == std::string_view::npos) return {std::string(where), std::string(where)};
  const std::string_view path = where.substr(0, mark + 2);
  return {std::string(path) + in(where.substr(mark + 2), Language::zh), std::string(where)};
}

}  // namespace assay
