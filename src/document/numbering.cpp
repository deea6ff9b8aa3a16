// SPDX-License-Identifier: Apache-2.0
#include "document/numbering.h"

#include <algorithm>
#include <array>

#include "base/strings.h"

namespace assay::document {
namespace {

using Style = Number::Style;

constexpr std::u32string_view kDigits = U"零一二三四五六七八九";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_small(c) || is_capital(c); }

std::u32string decode(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, at));
  return out;
}

// Bytes of white space at the front, the ideographic space too.
std::size_t spaces(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size()) {
    if (text[n] == ' ' || text[n] == '\t')
      ++n;
    else if (text.substr(n).starts_with("\u3000"))
      n += 3;
    else if (text.substr(n).starts_with("\u00a0"))
      n += 2;
    else
      break;
  }
  return n;
}

std::size_t while_true(std::string_view text, std::size_t from, bool (*holds)(char)) {
  while (from < text.size() && holds(text[from])) ++from;
  return from;
}

// --- Chinese

struct HanUnit {
  std::string_view word;
  Unit unit;
};
constexpr std::array kHanUnits = {HanUnit{"编", Unit::part}, HanUnit{"章", Unit::chapter},
                                  HanUnit{"节", Unit::section}, HanUnit{"条", Unit::article}};

// The bytes of Chinese or Arabic numerals at the front.
std::size_t han_digits(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool number = kDigits.find(c) != kDigits.npos || c == U'十' || c == U'百' || c == U'千' ||
                        c == U'〇' || c == U'两' || (c >= U'0' && c <= U'9') ||
                        (c >= U'０' && c <= U'９');
    if (!number) break;
    end = at;
  }
  return end;
}

std::optional<Number> han_named(std::string_view line) {
  if (!line.starts_with("第")) return std::nullopt;
  const std::size_t from = 3 + spaces(line.substr(3));
  const std::size_t digits = han_digits(line.substr(from));
  const auto value = han_number(line.substr(from, digits));
  if (!value) return std::nullopt;
  std::size_t at = from + digits;
  at += spaces(line.substr(at));
  for (const HanUnit& unit : kHanUnits) {
    if (!line.substr(at).starts_with(unit.word)) continue;
    at += unit.word.size();
    Number out{unit.unit, {}, {*value}, 0, Style::named, 0};
    if (line.substr(at).starts_with("之")) {  // 第十二条之一
      const std::size_t more = han_digits(line.substr(at + 3));
      out.inserted = han_number(line.substr(at + 3, more)).value_or(0);
      if (out.inserted > 0) at += 3 + more;
    }
    // "第五条第二款", "第三条规定的" and "第四十五条、第五十条" speak of an article.
    for (const std::string_view after :
         {"第", "规定", "、", "和", "至", "的", "所", "，", "或", "及", "中", "与", "之"})
      if (line.substr(at).starts_with(after)) return std::nullopt;
    out.label = line.substr(0, at);
    out.bytes = at + spaces(line.substr(at));
    return out;
  }
  return std::nullopt;
}

std::optional<Number> han_annex(std::string_view line) {
  for (const std::string_view word : {"附件", "附录"}) {
    if (!line.starts_with(word)) continue;
    const std::size_t from = word.size() + spaces(line.substr(word.size()));
    const std::size_t digits = han_digits(line.substr(from));
    Number out{Unit::annex, {}, {}, 0, Style::named, from + digits};
    if (const auto value = han_number(line.substr(from, digits))) {
      out.values = {*value};
    } else if (from < line.size() && is_capital(line[from])) {
      out.values = {line[from] - 'A' + 1};
      ++out.bytes;
    } else if (trim(line) != word) {
      return std::nullopt;
    }
    const std::string_view rest = line.substr(out.bytes);
    for (const std::string_view after : {"中", "的", "和", "、", "所", "规定", "给出", "第", "."})
      if (rest.starts_with(after)) return std::nullopt;
    out.label = trim(line.substr(0, out.bytes));
    out.bytes += spaces(rest);
    return out;
  }
  return std::nullopt;
}

// （一） or (一), and 一、
std::optional<Number> han_item(std::string_view line) {
  std::size_t at = 0;
  for (const std::string_view open : {"（", "("})
    if (line.starts_with(open)) at = open.size();
  const std::size_t digits = han_digits(line.substr(at));
  const auto value = han_number(line.substr(at, digits));
  if (!value) return std::nullopt;
  const std::string_view rest = line.substr(at + digits);
  const bool arabic = is_digit(line[at]);
  std::size_t close = 0;
  if (at > 0) {
    for (const std::string_view sign : {"）", ")"})
      if (rest.starts_with(sign)) close = sign.size();
  } else {
    for (const std::string_view sign : {"、", "）"})
      if (rest.starts_with(sign)) close = sign.size();
  }
  if (close == 0) return std::nullopt;
  const std::size_t end = at + digits + close;
  return Number{Unit::item, std::string(line.substr(0, end)),   {*value},
                0,          arabic ? Style::digit : Style::han, end + spaces(line.substr(end))};
}

// --- English

struct NamedUnit {
  std::string_view word;
  Unit unit;
};
constexpr std::array kNamedUnits = {
    NamedUnit{"PART", Unit::part},       NamedUnit{"Part", Unit::part},
    NamedUnit{"TITLE", Unit::part},      NamedUnit{"Title", Unit::part},
    NamedUnit{"CHAPTER", Unit::chapter}, NamedUnit{"Chapter", Unit::chapter},
    NamedUnit{"SECTION", Unit::section}, NamedUnit{"Section", Unit::section},
    NamedUnit{"SEC.", Unit::section},    NamedUnit{"Sec.", Unit::section},
    NamedUnit{"ARTICLE", Unit::article}, NamedUnit{"Article", Unit::article},
    NamedUnit{"§", Unit::section},       NamedUnit{"ANNEX", Unit::annex},
    NamedUnit{"Annex", Unit::annex},     NamedUnit{"APPENDIX", Unit::annex},
    NamedUnit{"Appendix", Unit::annex}};

// What follows a number that only speaks of an article: "Article 6(2) of …", "Section 2, in a …".
bool refers(std::string_view rest) {
  const std::string_view word = rest.substr(spaces(rest));
  if (rest.starts_with("(") || rest.starts_with(",") || rest.starts_with(";") ||
      rest.starts_with("/"))
    return true;
  return word.size() != rest.size() && !word.empty() && is_small(word[0]);
}

std::optional<Number> named(std::string_view line) {
  for (const NamedUnit& unit : kNamedUnits) {
    if (!line.starts_with(unit.word)) continue;
    std::size_t at = unit.word.size();
    const std::size_t gap = spaces(line.substr(at));
    if (gap == 0 && is_letter(line[at - 1])) continue;
    at += gap;
    std::size_t end = while_true(line, at, is_digit);
    Number out{unit.unit, {}, {}, 0, Style::named, 0};
    if (end > at) {
      const auto value = to_number<int>(line.substr(at, end - at));
      if (!value) return std::nullopt;
      out.values = {*value};
      const bool inserted = end < line.size() && is_letter(line[end]) &&
                            (end + 1 == line.size() || !is_letter(line[end + 1]));
      if (inserted) out.inserted = (line[end++] | 0x20) - 'a' + 1;
      // "Section 2.1"
      while (end + 1 < line.size() && line[end] == '.' && is_digit(line[end + 1])) {
        const std::size_t more = while_true(line, end + 1, is_digit);
        out.values.push_back(to_number<int>(line.substr(end + 1, more - end - 1)).value_or(0));
        end = more;
      }
    } else {
      end = while_true(line, at, is_letter);
      const auto value = roman_number(line.substr(at, end - at));
      if (value && (unit.unit != Unit::annex || end - at != 1 || line[at] == 'I' ||
                    line[at] == 'V' || line[at] == 'X'))
        out.values = {*value};
      else if (end - at == 1 && is_capital(line[at]))
        out.values = {line[at] - 'A' + 1};
      else if (unit.unit == Unit::annex && trim(line) == unit.word)
        end = at;
      else
        continue;
    }
    if (refers(line.substr(end))) return std::nullopt;
    out.label = trim(line.substr(0, end));
    while (end < line.size() && (line[end] == '.' || line[end] == ':')) ++end;
    out.bytes = end + spaces(line.substr(end));
    return out;
  }
  return std::nullopt;
}

// 5.2.1 or A.1, with a title or text behind it; "5" alone only where a title may follow ("5
// Terms").
std::optional<Number> dotted(std::string_view line) {
  std::size_t at = 0;
  Number out{Unit::clause, {}, {}, 0, Style::dotted, 0};
  if (line.size() > 2 && is_capital(line[0]) && line[1] == '.' && is_digit(line[2])) {
    out.values.push_back(line[0] - 'A' + 1);
    at = 2;
  }
  while (at < line.size() && is_digit(line[at])) {
    const std::size_t end = while_true(line, at, is_digit);
    if (end - at > 3) return std::nullopt;  // a year
    out.values.push_back(to_number<int>(line.substr(at, end - at)).value_or(0));
    at = end;
    if (at + 1 >= line.size() || line[at] != '.' || !is_digit(line[at + 1])) break;
    ++at;
  }
  if (out.values.empty()) return std::nullopt;
  const bool point = out.values.size() > 1 && at < line.size() && line[at] == '.';
  out.label = line.substr(0, at);
  const std::string_view rest = line.substr(at + (point ? 1 : 0));
  const std::size_t gap = spaces(rest);
  const bool joined = !rest.empty() && static_cast<unsigned char>(rest[0]) >= 0xE3;  // "5.1文本"
  if (!rest.empty() && gap == 0 && !joined) return std::nullopt;
  out.bytes = at + (point ? 1 : 0) + gap;
  if (out.values.size() > 1) return out;
  // A lone number: a title of a few words follows, no measure ("5 years") and no sentence.
  const std::string_view title = rest.substr(gap);
  const bool title_like = gap > 0 && !title.empty() && title.size() < 80 &&
                          (is_capital(title[0]) || static_cast<unsigned char>(title[0]) >= 0xE3);
  return title_like ? std::optional(out) : std::nullopt;
}

std::optional<Number> item(std::string_view line) {
  const bool open = line.starts_with("(");
  const std::size_t at = open ? 1 : 0;
  std::size_t end = while_true(line, at, is_digit);
  Number out{Unit::item, {}, {}, 0, Style::digit, 0};
  if (end > at) {
    const auto value = end - at > 4 ? std::nullopt : to_number<int>(line.substr(at, end - at));
    if (!value) return std::nullopt;
    out.values = {*value};
    if (open && end < line.size() && is_small(line[end])) out.inserted = line[end++] - 'a' + 1;
  } else {
    end = while_true(line, at, is_letter);
    if (end == at || end - at > 5) return std::nullopt;
    const std::string_view letters = line.substr(at, end - at);
    if (letters.size() == 1) {
      out.style = Style::letter;
      out.values = {(letters[0] | 0x20) - 'a' + 1};
    } else if (const auto value = roman_number(letters)) {
      out.style = Style::roman;
      out.values = {*value};
    } else if (letters.size() == 2 && letters[0] == letters[1] && open) {  // (aa)
      out.style = Style::letter;
      out.values = {26 + (letters[0] | 0x20) - 'a' + 1};
    } else {
      return std::nullopt;
    }
  }
  std::string_view rest = line.substr(end);
  if (rest.starts_with(")"))
    ++end;
  else if (rest.starts_with("）"))
    end += 3;
  else if (!open && rest.starts_with(".") && out.style == Style::digit)
    ++end;
  else
    return std::nullopt;
  out.label = line.substr(0, end);
  rest = line.substr(end);
  const bool joined = !rest.empty() && static_cast<unsigned char>(rest[0]) >= 0xE2;
  if (!rest.empty() && spaces(rest) == 0 && !joined && !open) return std::nullopt;
  out.bytes = end + spaces(rest);
  return out;
}

}  // namespace

std::optional<int> han_number(std::string_view text) {
  int total = 0, section = 0;
  bool any = false;
  for (const char32_t c : decode(text)) {
    const std::size_t digit = kDigits.find(c);
    if (digit != kDigits.npos) {
      section = static_cast<int>(digit);
    } else if (c == U'〇') {
      section = 0;
    } else if (c == U'两') {
      section = 2;
    } else if ((c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９')) {
      section = section * 10 + static_cast<int>(c - (c >= U'０' ? U'０' : U'0'));
    } else if (c == U'十' || c == U'百' || c == U'千') {
      total += std::max(section, any ? section : 1) * (c == U'十' ? 10 : c == U'百' ? 100 : 1000);
      if (c == U'十' && section == 0 && any) total += 10;
      section = 0;
    } else {
      return std::nullopt;
    }
    any = true;
    if (total + section > 9'999) return std::nullopt;
  }
  return any ? std::optional(total + section) : std::nullopt;
}

std::optional<int> roman_number(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, int>, 13> kSigns = {{{"m", 1000},
                                                                        {"cm", 900},
                                                                        {"d", 500},
                                                                        {"cd", 400},
                                                                        {"c", 100},
                                                                        {"xc", 90},
                                                                        {"l", 50},
                                                                        {"xl", 40},
                                                                        {"x", 10},
                                                                        {"ix", 9},
                                                                        {"v", 5},
                                                                        {"iv", 4},
                                                                        {"i", 1}}};
  const std::string lower = to_lower(text);
  std::string_view rest = lower;
  int value = 0;
  for (const auto& [sign, worth] : kSigns) {
    const int most = sign.size() == 2 || worth == 5 || worth == 50 || worth == 500 ? 1 : 3;
    for (int n = 0; n < most && rest.starts_with(sign); ++n) {
      value += worth;
      rest.remove_prefix(sign.size());
    }
  }
  return rest.empty() && value > 0 ? std::optional(value) : std::nullopt;
}

std::optional<Number> number_at(std::string_view line) {
  for (const auto read : {han_named, han_annex, named, han_item, item, dotted})
    if (auto number = read(line)) return number;
  return std::nullopt;
}

bool begins_numbered(std::string_view line) {
  if (line.starts_with("•") || line.starts_with("●") || line.starts_with("▪") ||
      line.starts_with("–") || line.starts_with("— ") || line.starts_with("- "))
    return true;
  return number_at(line).has_value();
}

bool is_marker(std::string_view text) {
  text = trim(text);
  if (text == "•" || text == "●" || text == "▪" || text == "–" || text == "—" || text == "-")
    return true;
  const auto number = number_at(text);
  return number ? number->bytes == text.size()
                : text.size() <= 3 && !text.empty() && is_digit(text[0]);
}

}  // namespace assay::document
