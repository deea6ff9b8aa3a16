// SPDX-License-Identifier: Apache-2.0
//
// PDF objects as they are written (ISO 32000-1, 7.2 and 7.3). A value is kept as its own text,
// which is looked into only where it matters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::formats::pdf {

// A cursor over text. Errors count their offset from `base`.
class Lexer {
 public:
  explicit Lexer(std::string_view text, std::uint64_t base = 0) : text_(text), base_(base) {}

  std::size_t at() const { return at_; }
  std::uint64_t offset() const { return base_ + at_; }
  void skip_space();  // and comments
  bool skip(std::string_view word);
  bool at_end();
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  // The text of the next value: number, reference, name, string, array, dictionary or word.
  Result<std::string_view> value();
  Result<std::uint64_t> integer();

 private:
  Status token();  // moves past one: a bracket, string, name, number or word
  Status literal();
  void word();
  Error stop(std::string what) const { return {Code::invalid, std::move(what), offset()}; }

  std::string_view text_;
  std::uint64_t base_;
  std::size_t at_ = 0;
};

struct Pair {
  std::string key;    // without its slash and escapes
  std::string value;  // as it stands
  std::string name;   // the key as it stands
};

struct Dictionary {
  std::vector<Pair> pairs;
  std::string_view get(std::string_view key) const;  // the value; empty where there is none
};

struct Reference {
  std::uint64_t number = 0;
  std::uint64_t generation = 0;
};

Result<Dictionary> dictionary(std::string_view value, std::uint64_t base, std::uint64_t max_pairs);
Result<std::vector<std::string_view>> array(std::string_view value, std::uint64_t base);
std::optional<Reference> reference(std::string_view value);
std::optional<std::string> text_string(std::string_view value);  // as UTF-8

// A string value of `utf8`.
std::string written(std::string_view utf8);

}  // namespace assay::formats::pdf
