// SPDX-License-Identifier: Apache-2.0
//
// Which labels of a taxonomy a document covers, how far, and the passages that it rests on. A
// rating of the document is a count of rated passages, so that each can be shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/cues.h"
#include "document/document.h"

namespace assay::document {

// A label of a taxonomy. A name speaks of it alone; cues do so only together.
struct Topic {
  std::string id;
  std::vector<std::string> names;
  std::vector<std::string> cues;
};

// What a document must hold of a topic for a level.
struct LevelRule {
  std::size_t passages = 1;  // that name it
  std::size_t duties = 0;    // that demand or forbid something
  std::size_t words = 1;     // different names and cues
};

struct CoverageRules {
  std::vector<std::string> duties;             // shall, must not, 应当 …
  std::vector<std::string> no_duties;          // 响应, 应用 …: in these a duty word is none
  std::vector<std::string> exclusions;         // does not apply to …: what follows is not covered
  std::vector<std::string> exclusions_before;  // 不适用本法 …: what stands in front is not covered
  std::size_t hints = 4;  // so many passages with cues alone are as good as a named one
  LevelRule minimal, good;
  // Share of documents that people gave the topic, from a score upwards; ascending; empty where
  // nothing was measured.
  std::vector<std::pair<double, double>> confidence;
};

enum class CoverageLevel : std::uint8_t { none, minimal, good };

struct Passage {
  Span span;                // the sentence
  std::vector<Span> words;  // names and cues in it, in order
  double weight = 0;
  bool named = false;
  bool duty = false;
};

struct TopicCoverage {
  CoverageLevel level{};
  double score = 0;                     // 0 to 1
  std::optional<double> confidence;     // that people would say that the document covers it
  std::size_t passages = 0, hints = 0;  // that name it; with cues alone
  std::size_t duties = 0, words = 0;    // of both
  bool nothing() const { return passages + hints == 0; }
  std::vector<Passage> best;  // the weightiest, at most kMostPassages, in the order of the text
};

inline constexpr std::size_t kMostPassages = 12;

class CoverageReader {
 public:
  CoverageReader(std::vector<Topic> topics, CoverageRules rules);

  const std::vector<Topic>& topics() const { return topics_; }
  const CoverageRules& rules() const { return rules_; }
  // For each topic, in their order.
  std::vector<TopicCoverage> read(const Document& document) const;

 private:
  struct Owner {
    std::size_t topic = 0;
    bool name = false;
  };
  std::vector<Topic> topics_;
  CoverageRules rules_;
  Cues words_;
  std::vector<Owner> owners_;  // of each of words_
  Cues duties_, no_duties_, exclusions_, exclusions_before_;
};

// What a document lacks for the next level, each 0 where it has enough; all 0 at the highest.
LevelRule lacking(const TopicCoverage& coverage, const CoverageRules& rules);

}  // namespace assay::document
