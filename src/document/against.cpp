// SPDX-License-Identifier: Apache-2.0
#include "document/against.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "base/strings.h"
#include "document/outline.h"
#include "document/search.h"
#include "document/sentences.h"

namespace assay::document {
namespace {

constexpr std::size_t kMostMissing = 8;
constexpr std::size_t kCandidates = 40;  // sentences that are looked at closely
constexpr double kFewTexts = 100;
constexpr double kTelling = 0.5;  // of the most telling word: what is worth naming as missing

using Terms = std::map<std::string, int>;

// --- how telling words are

// A word is as telling as it is rare, both among the demands and among the document's sentences.
class Weights {
 public:
  void count_demand(const Terms& terms) { count(demands_, terms); }
  void count_sentence(const Terms& terms) { count(sentences_, terms); }
  double of(const std::string& term) const {
    return std::sqrt(rarity(demands_, term) * rarity(sentences_, term));
  }

 private:
  struct Counts {
    std::unordered_map<std::string, double> texts;
    double all = 0;
  };
  static void count(Counts& counts, const Terms& terms) {
    for (const auto& [term, times] : terms) ++counts.texts[term];
    ++counts.all;
  }
  // Of few texts none is common: they are taken as part of kFewTexts.
  static double rarity(const Counts& counts, const std::string& term) {
    const auto found = counts.texts.find(term);
    const double in = found == counts.texts.end() ? 0 : found->second;
    const double all = std::max(counts.all, kFewTexts);
    return std::log(1 + (all - in + 0.5) / (in + 0.5));
  }
  Counts demands_, sentences_;
};

double weight_of(const Terms& terms, const Weights& weights) {
  double out = 0;
  for (const auto& [term, times] : terms) out += weights.of(term);
  return out;
}

Terms without(Terms terms, const Terms& others) {
  std::erase_if(terms, [&](const auto& term) { return others.contains(term.first); });
  return terms;
}

std::vector<std::string> telling(const Terms& terms, const Weights& weights) {
  std::vector<std::pair<double, std::string>> ranked;
  for (const auto& [term, times] : terms) ranked.emplace_back(weights.of(term), term);
  std::sort(ranked.rbegin(), ranked.rend());
  std::vector<std::string> out;
  for (const auto& [weight, term] : ranked)
    if (out.size() < kMostMissing && weight >= kTelling * ranked[0].first) out.push_back(term);
  return out;
}

// --- numbers

// What follows a number begins with the unit: its first word, up to a bracket or a semicolon.
std::size_t unit_length(std::string_view behind, std::string_view unit) {
  const std::size_t spaces = behind.find_first_not_of(' ');
  if (spaces == behind.npos || spaces > 2) return 0;
  std::string_view core = unit.substr(0, std::min(unit.find(' '), unit.find("（")));
  core = core.substr(0, std::min({core.find("；"), core.find(','), core.find('(')}));
  if (core.size() > 4 && core.ends_with('s')) core.remove_suffix(1);  // months, month
  if (core.empty() || !to_lower(behind.substr(spaces)).starts_with(to_lower(core))) return 0;
  return spaces + core.size();
}

bool kept(const DemandedNumber& demanded, double value) {
  switch (demanded.rule) {
    case NumberRule::at_least: return value >= demanded.value;
    case NumberRule::at_most: return value <= demanded.value;
    case NumberRule::equal: return value == demanded.value;
  }
  return true;
}

// Numbers with the unit, of which none keeps the rule: where one does, the others count other
// things.
std::vector<OtherNumber> other_numbers(const Document& document, const std::vector<Span>& spans,
                                       const DemandedNumber& demanded) {
  std::vector<OtherNumber> out;
  for (const Span span : spans)
    for (const FoundNumber& found : numbers_in(document.text, span)) {
      std::size_t length = 0;
      for (const std::string& unit : demanded.units)
        length = std::max(length, unit_length(document.at({found.span.end, span.end}), unit));
      if (length == 0) continue;
      if (kept(demanded, found.value)) return {};
      out.push_back({{found.span.begin, found.span.end + length}, found.value, demanded});
    }
  return out;
}

}  // namespace

std::vector<FoundNumber> numbers_in(std::string_view text, Span stretch) {
  constexpr std::pair<std::string_view, double> kMultiples[] = {
      {"万", 1e4}, {"千", 1e3}, {"百", 1e2}, {"亿", 1e8}};
  const auto digit = [&](std::size_t at) {
    return at < stretch.end && text[at] >= '0' && text[at] <= '9';
  };
  std::vector<FoundNumber> out;
  for (std::size_t at = stretch.begin; at < stretch.end; ++at) {
    if (!digit(at)) continue;
    const std::size_t begin = at;
    std::string digits;
    while (digit(at) ||
           (at < stretch.end && (text[at] == ',' || text[at] == '.') && digit(at + 1))) {
      if (text[at] != ',') digits += text[at];
      ++at;
    }
    const bool within_word =
        begin > stretch.begin && (std::isalnum(static_cast<unsigned char>(text[begin - 1])) != 0 ||
                                  text[begin - 1] == '.' || text[begin - 1] == '-');
    const auto value = to_number<double>(digits);
    if (!value || within_word) continue;
    FoundNumber found{{begin, at}, *value};
    for (const auto& [word, times] : kMultiples)
      if (text.substr(at, word.size()) == word && at + word.size() <= stretch.end) {
        found.value *= times;
        found.span.end += word.size();
      }
    out.push_back(found);
  }
  return out;
}

namespace {

// The document by sentences, each under its heading.
struct Sentences {
  std::vector<Span> spans;
  std::vector<Terms> terms;
  SearchIndex index;
};

Sentences sentences_in(const Document& document) {
  Sentences out;
  std::string heading;
  for (const Block& block : document.blocks) {
    if (in_contents(document.at(block.span))) continue;
    if (block.kind == BlockKind::heading) {
      heading = std::string(document.at(block.span)) + "\n";
      continue;
    }
    for (const Span span : sentences_of(document.text, block.span)) {
      const std::string text = heading + std::string(document.at(span));
      out.index.add(text);
      out.spans.push_back(span);
      out.terms.push_back(terms_of(text));
    }
  }
  return out;
}

// The sentence that has most of the open words, taken out of them; then the one with most of the
// rest.
Answer answer_of(const Demand& demand, const Terms& wanted, const Sentences& sentences,
                 const Weights& weights) {
  Answer out;
  const double all = weight_of(wanted, weights);
  const auto found = sentences.index.find(demand.text, kCandidates);
  Terms open = wanted;
  for (int round = 0; round < 2 && all > 0; ++round) {
    double most = 0;
    std::size_t best = 0;
    for (const auto& one : found) {
      const double gain = weight_of(open, weights) -
                          weight_of(without(open, sentences.terms[one.passage]), weights);
      if (gain <= most) continue;
      most = gain;
      best = one.passage;
    }
    if (most <= 0) break;
    open = without(std::move(open), sentences.terms[best]);
    out.spans.push_back(sentences.spans[best]);
    out.share += most / all;
  }
  out.missing = telling(open, weights);
  return out;
}

}  // namespace

std::vector<Answer> answers(const Document& document, const std::vector<Demand>& demands,
                            const AnswerRules& rules) {
  const Sentences sentences = sentences_in(document);
  Terms common;
  for (const std::string& word : rules.common) common.merge(terms_of(word));
  Weights weights;
  for (const Terms& terms : sentences.terms) weights.count_sentence(terms);
  std::vector<Terms> wanted;
  for (const Demand& demand : demands) {
    wanted.push_back(without(terms_of(demand.text), common));
    weights.count_demand(wanted.back());
  }

  std::vector<Answer> out;
  for (std::size_t d = 0; d < demands.size(); ++d) {
    Answer answer = answer_of(demands[d], wanted[d], sentences, weights);
    answer.level = answer.share >= rules.fully    ? AnswerLevel::fully
                   : answer.share >= rules.partly ? AnswerLevel::partly
                                                  : AnswerLevel::none;
    if (answer.level != AnswerLevel::none)
      for (const DemandedNumber& number : demands[d].numbers)
        for (OtherNumber& other : other_numbers(document, answer.spans, number))
          answer.numbers.push_back(std::move(other));
    out.push_back(std::move(answer));
  }
  return out;
}

}  // namespace assay::document
