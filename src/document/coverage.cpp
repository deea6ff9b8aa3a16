// SPDX-License-Identifier: Apache-2.0
#include "document/coverage.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "document/outline.h"
#include "document/sentences.h"

namespace assay::document {
namespace {

// Ours. A passage of weight 1 names its topic; cues alone say less, duties and headings more.
constexpr double kNamed = 1.0;
constexpr double kByCues = 0.25;
constexpr double kDuty = 0.5;
constexpr double kHeading = 0.5;
constexpr std::size_t kCuesTogether = 2;  // different ones in a sentence
constexpr double kHalfScore = 3;          // the weight at which a score is 1 - 1/e

struct Hit {
  std::size_t word = 0;
  Span span;
  bool name = false;
};

// Without those within another: "personal information protection law" is one, not two.
std::vector<Hit> outermost(std::vector<Hit> hits) {
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  std::vector<Hit> out;
  for (const Hit& hit : hits) {
    if (!out.empty() && hit.span.end <= out.back().span.end) {
      out.back().name |= hit.name;
      continue;
    }
    out.push_back(hit);
  }
  return out;
}

std::size_t counted(const TopicCoverage& coverage, const CoverageRules& rules) {
  return coverage.passages + coverage.hints / std::max<std::size_t>(1, rules.hints);
}

bool reaches(const TopicCoverage& coverage, const CoverageRules& rules, const LevelRule& rule) {
  return !coverage.nothing() && counted(coverage, rules) >= rule.passages &&
         coverage.duties >= rule.duties && coverage.words >= rule.words;
}

std::optional<double> confidence_at(double score, const CoverageRules& rules) {
  std::optional<double> share;
  for (const auto& [from, known] : rules.confidence)
    if (score >= from) share = known;
  return share;
}

// All that is gathered of one topic while the document is walked.
struct Gathered {
  std::vector<Passage> passages;
  std::set<std::size_t> words;
};

TopicCoverage rated(Gathered gathered, const CoverageRules& rules) {
  TopicCoverage out;
  double weight = 0;
  for (const Passage& passage : gathered.passages) {
    weight += passage.weight;
    out.duties += passage.duty ? 1 : 0;
    ++(passage.named ? out.passages : out.hints);
  }
  out.words = gathered.words.size();
  out.score = 1 - std::exp(-weight / kHalfScore);
  out.confidence = confidence_at(out.score, rules);
  out.level = reaches(out, rules, rules.good)      ? CoverageLevel::good
              : reaches(out, rules, rules.minimal) ? CoverageLevel::minimal
                                                   : CoverageLevel::none;
  std::vector<Passage>& best = gathered.passages;
  std::stable_sort(best.begin(), best.end(),
                   [](const Passage& a, const Passage& b) { return a.weight > b.weight; });
  if (best.size() > kMostPassages) best.resize(kMostPassages);
  std::sort(best.begin(), best.end(),
            [](const Passage& a, const Passage& b) { return a.span.begin < b.span.begin; });
  out.best = std::move(best);
  return out;
}

// Hits in the order of their places, given out stretch by stretch.
class Queue {
 public:
  explicit Queue(std::vector<CueHit> hits) : hits_(std::move(hits)) {
    std::sort(hits_.begin(), hits_.end(),
              [](const CueHit& a, const CueHit& b) { return a.span.begin < b.span.begin; });
  }
  // Those that begin within the span; spans are asked for in order.
  std::vector<CueHit> within(Span span) {
    while (at_ < hits_.size() && hits_[at_].span.begin < span.begin) ++at_;
    std::vector<CueHit> out;
    for (; at_ < hits_.size() && hits_[at_].span.begin < span.end; ++at_)
      if (hits_[at_].span.end <= span.end) out.push_back(hits_[at_]);
    return out;
  }

 private:
  std::vector<CueHit> hits_;
  std::size_t at_ = 0;
};

}  // namespace

CoverageReader::CoverageReader(std::vector<Topic> topics, CoverageRules rules)
    : topics_(std::move(topics)), rules_(std::move(rules)) {
  const auto add = [&](std::size_t topic, const std::vector<std::string>& words, bool name) {
    for (const std::string& word : words) {
      words_.add(word);
      owners_.push_back({topic, name});
    }
  };
  for (std::size_t topic = 0; topic < topics_.size(); ++topic) {
    add(topic, topics_[topic].names, true);
    add(topic, topics_[topic].cues, false);
  }
  for (const std::string& word : rules_.duties) duties_.add(word);
  for (const std::string& word : rules_.no_duties) no_duties_.add(word);
  for (const std::string& word : rules_.exclusions) exclusions_.add(word);
  for (const std::string& word : rules_.exclusions_before) exclusions_before_.add(word);
}

std::vector<TopicCoverage> CoverageReader::read(const Document& document) const {
  std::vector<Gathered> gathered(topics_.size());
  Queue words(words_.find(document.text));
  Queue duties(duties_.find(document.text));
  Queue no_duties(no_duties_.find(document.text));
  Queue exclusions(exclusions_.find(document.text));
  Queue exclusions_before(exclusions_before_.find(document.text));

  const auto take_sentence = [&](const Block& block, Span sentence) {
    const std::vector<CueHit> none = no_duties.within(sentence);
    const bool duty = std::ranges::any_of(duties.within(sentence), [&](const CueHit& hit) {
      return std::ranges::none_of(none, [&](const CueHit& other) {
        return hit.span.begin < other.span.end && other.span.begin < hit.span.end;
      });
    });
    const std::vector<CueHit> behind = exclusions.within(sentence);
    const std::vector<CueHit> before = exclusions_before.within(sentence);
    std::map<std::size_t, std::vector<Hit>> by_topic;
    for (const CueHit& hit : words.within(sentence)) {
      const Owner& owner = owners_[hit.cue];
      if ((behind.empty() || hit.span.begin < behind.front().span.end) &&
          (before.empty() || hit.span.end > before.back().span.begin))
        by_topic[owner.topic].push_back({hit.cue, hit.span, owner.name});
    }
    for (auto& [topic, all] : by_topic) {
      const std::vector<Hit> hits = outermost(std::move(all));
      std::set<std::size_t> different;
      Passage passage{sentence, {}, 0, false, duty};
      for (const Hit& hit : hits) {
        different.insert(hit.word);
        passage.words.push_back(hit.span);
        passage.named |= hit.name;
      }
      if (!passage.named && different.size() < kCuesTogether) continue;
      passage.weight =
          (passage.named ? kNamed : kByCues) *
          (1 + (passage.duty ? kDuty : 0) + (block.kind == BlockKind::heading ? kHeading : 0));
      gathered[topic].words.merge(different);
      gathered[topic].passages.push_back(std::move(passage));
    }
  };
  for (const Block& block : document.blocks) {
    if (block.kind == BlockKind::footnote || in_contents(document.at(block.span))) continue;
    for (const Span sentence : sentences_of(document.text, block.span))
      take_sentence(block, sentence);
  }

  std::vector<TopicCoverage> out;
  for (Gathered& topic : gathered) out.push_back(rated(std::move(topic), rules_));
  return out;
}

LevelRule lacking(const TopicCoverage& coverage, const CoverageRules& rules) {
  LevelRule out{0, 0, 0};
  if (coverage.level == CoverageLevel::good) return out;
  const LevelRule& next = coverage.level == CoverageLevel::none ? rules.minimal : rules.good;
  const auto gap = [](std::size_t wanted, std::size_t has) {
    return wanted - std::min(wanted, has);
  };
  return {gap(next.passages, counted(coverage, rules)), gap(next.duties, coverage.duties),
          gap(next.words, coverage.words)};
}

}  // namespace assay::document
