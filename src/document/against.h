// SPDX-License-Identifier: Apache-2.0
//
// A document held against demands (the clauses of a standard): where it speaks of each, how much of
// it, and where its numbers say otherwise. It finds words, not meaning: a person confirms.
#pragma once

#include <string>
#include <vector>

#include "document/document.h"

namespace assay::document {

enum class NumberRule : std::uint8_t { at_least, at_most, equal };

struct DemandedNumber {
  NumberRule rule{};
  double value = 0;
  std::vector<std::string> units;  // as they follow a number: "条", "months"; the first word counts
};

struct Demand {
  std::string text;  // in the language of the document
  std::vector<DemandedNumber> numbers;
};

enum class AnswerLevel : std::uint8_t { none, partly, fully };

// A number with the unit of the demand that does not keep its rule, where no other one does.
struct OtherNumber {
  Span span;  // the number and its unit
  double value = 0;
  DemandedNumber demanded;
};

struct Answer {
  AnswerLevel level{};
  double share = 0;                  // 0 to 1: of the demand's words, by how telling they are
  std::vector<Span> spans;           // sentences, at most two, the one with the larger share first
  std::vector<std::string> missing;  // telling words of the demand that neither has, at most eight
  std::vector<OtherNumber> numbers;
};

struct AnswerRules {
  std::vector<std::string> common;    // words that tell nothing: should, each …
  double partly = 0.35, fully = 0.6;  // shares
};

// For each demand, in their order. A sentence speaks with the heading above it. A word is as
// telling as it is rare among the demands and among the sentences.
std::vector<Answer> answers(const Document& document, const std::vector<Demand>& demands,
                            const AnswerRules& rules);

// Numbers of a text with the place behind them: "4,000", "3.5", "1万" is 10000. Chinese numerals
// are not read.
struct FoundNumber {
  Span span;  // without its unit
  double value = 0;
};
std::vector<FoundNumber> numbers_in(std::string_view text, Span stretch);

}  // namespace assay::document
