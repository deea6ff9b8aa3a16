// SPDX-License-Identifier: Apache-2.0
//
// Numbers of parts, articles, clauses and items at the start of a line, in Chinese and English.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::document {

enum class Unit : std::uint8_t {
  part,     // 第一编, PART I, TITLE I
  chapter,  // 第一章, CHAPTER I
  section,  // 第一节, Section 1
  article,  // 第一条, Article 1, § 1
  clause,   // 5.2.1
  item,     // （一）, (a), a), 1.
  annex,    // 附件一, 附录 A, ANNEX I
  recital,  // (1) before the first article
};

struct Number {
  Unit unit{};
  std::string label;        // as it stands: "第十二条", "Article 5", "5.2.1", "(a)"
  std::vector<int> values;  // 12; 5; 5,2,1; 1
  int inserted = 0;         // 条之一 is 1, Article 5a is 1
  enum class Style : std::uint8_t {
    named,   // with its word: 条, Article
    dotted,  // 5.2.1
    han,     // （一）
    digit,   // (1) or 1. or 1)
    letter,  // (a) or a)
    roman,   // (iv)
  } style{};
  std::size_t bytes = 0;  // of the text that it takes, with the white space behind it
};

// The number that `line` begins with. A letter that is also a Roman numeral ("i)") comes as a
// letter; the caller knows what stood before it.
std::optional<Number> number_at(std::string_view line);

// For joining lines: does the line begin a block of its own by its number?
bool begins_numbered(std::string_view line);
// Is the whole of it a number or a bullet, whose text stands beside it?
bool is_marker(std::string_view text);

// 12 of "十二", "12" or "１２"; nothing for others. Up to 9,999.
std::optional<int> han_number(std::string_view text);
std::optional<int> roman_number(std::string_view text);  // either case, up to 3,999

}  // namespace assay::document
