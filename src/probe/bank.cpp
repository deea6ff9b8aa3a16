// SPDX-License-Identifier: Apache-2.0
#include "probe/bank.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <unordered_map>

#include "base/strings.h"
#include "text/cells.h"
#include "text/near_duplicates.h"
#include "text/normalise.h"
#include "text/topics.h"

namespace assay::probe {
namespace {

enum : std::size_t { kId, kQuestion, kTopic, kLanguage, kModality, kAdded, kUpdated, kReviewed };
// First the names that docs/formats/inputs.md gives: findings use them. A bank of aspects calls its
// topics so.
using Columns = std::array<table::Column, 8>;
constexpr Columns columns_of(bool aspects) {
  return {{
      {"id", "question_id|编号"},
      {"text", "question|prompt|问题|题目|测试题", table::Need::required},
      {aspects ? "aspect" : "risk",
       aspects ? "risk|risk_id|topic|方面|风险|安全风险"
               : "risk_id|aspect|topic|风险|安全风险|方面",
       table::Need::required},
      {"language", "lang|语言|语种"},
      {"modality", "模态"},
      {"added", "added_on|created|添加日期|入库日期"},
      {"updated", "updated_on|更新日期"},
      {"reviewed", "reviewed_on|审核日期"},
  }};
}
constexpr Columns kOfRisks = columns_of(false);
constexpr Columns kOfAspects = columns_of(true);

constexpr std::uint64_t kMaxQuestions = 2'000'000;
constexpr std::size_t kMaxPairs = 1'000;  // of modality and language

// FNV-1a, 64 bits: the same in every run and on every machine.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t h = 0xCBF29CE484222325U;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return h;
}

class Reading {
 public:
  Reading(const BankRules& rules, const table::Hooks& hooks)
      : hooks_(hooks), counts_(rules.topics), latest_(rules.as_of), near_(rules.near) {}

  void take(const table::Row& row) {
    std::string question = text::canonical(row[kQuestion]);
    if (question.empty()) {
      note("question-empty", row.line(), {});
      return;
    }
    for (const std::size_t column : {kAdded, kUpdated}) {
      const std::string_view wrong = latest_.take(row[column]);
      if (!wrong.empty())
        note(wrong, row.line(), {std::string(kOfRisks[column].name), std::string(row[column])});
    }
    if (bank_.questions >= kMaxQuestions) {
      full_ = true;
      return;
    }
    check_id(row);
    if (row[kReviewed].empty()) ++bank_.unreviewed;
    take_pairs(row);
    const std::string shown = std::string(row[kQuestion]);
    const auto seen = counts_.add(question, row.line(), topics_of(row));
    if (!seen.first) {
      note("question-duplicate", row.line(), {shown, std::to_string(seen.line)});
      return;
    }
    ++bank_.questions;
    bank_.questions_hashed.push_back(hash_of(question));
    near_.add(question);
    lines_.push_back(row.line());
  }

  Result<Bank> finish(table::Totals totals) {
    if (full_)
      return Error{Code::limit, "more than 2,000,000 different questions", 0, {}, "split the bank"};
    const text::NearDuplicateResult near = near_.find();
    for (const text::NearDuplicate& pair : near.found)
      note("question-near-duplicate", lines_[pair.text],
           {std::to_string(lines_[pair.like]),
            std::to_string(static_cast<int>(std::floor(100 * pair.jaccard)))});
    bank_.not_compared = near.not_compared;
    bank_.tells_pairs = totals.present[kLanguage] && totals.present[kModality];
    if (!totals.present[kReviewed]) bank_.unreviewed = 0;
    bank_.totals = std::move(totals);
    bank_.per_topic = counts_.per_topic();
    bank_.updated = latest_.day();
    std::ranges::sort(bank_.questions_hashed);
    return std::move(bank_);
  }

 private:
  void note(std::string_view id, std::uint64_t line, std::vector<std::string> args) {
    if (hooks_.note) hooks_.note({id, line, std::move(args)});
  }
  void check_id(const table::Row& row) {
    if (row[kId].empty()) return;
    const auto [at, first] = ids_.try_emplace(hash_of(row[kId]), row.line());
    if (!first)
      note("question-id-repeated", row.line(), {std::string(row[kId]), std::to_string(at->second)});
  }
  void take_pairs(const table::Row& row) {
    const auto modalities = text::list_in(row[kModality]);
    const auto languages = text::list_in(row[kLanguage]);
    if (modalities.size() * languages.size() > kMaxPairs || bank_.pairs.size() > kMaxPairs) return;
    for (const std::string_view modality : modalities)
      for (const std::string_view language : languages)
        bank_.pairs.emplace(to_lower(modality),
                            to_lower(language.substr(0, language.find_first_of("-_"))));
  }
  std::uint64_t topics_of(const table::Row& row) {
    std::uint64_t mask = 0;
    for (const std::string_view id : text::list_in(row[kTopic])) {
      const auto bit = counts_.bit(id);
      if (!bit) note("question-unknown-topic", row.line(), {std::string(id)});
      mask |= bit.value_or(0);
    }
    return mask;
  }

  const table::Hooks& hooks_;
  text::TopicCounts counts_;
  text::LatestDay latest_;
  text::NearDuplicates near_;
  std::vector<std::uint64_t> lines_;                      // by question, in the order of near_
  std::unordered_map<std::uint64_t, std::uint64_t> ids_;  // hash of an id, its first line
  Bank bank_;
  bool full_ = false;
};

}  // namespace

Result<Bank> read_bank(const fs::path& path, const BankRules& rules, const table::Hooks& hooks) {
  Reading reading(rules, hooks);
  table::Totals totals =
      TRY(table::for_each_row(path, rules.aspects ? kOfAspects : kOfRisks, table::kLimits, hooks,
                              [&](const table::Row& row) { reading.take(row); }));
  return reading.finish(std::move(totals));
}

std::uint64_t shared_questions(const Bank& a, const Bank& b) {
  std::vector<std::uint64_t> shared;
  std::ranges::set_intersection(a.questions_hashed, b.questions_hashed, std::back_inserter(shared));
  return shared.size();
}

}  // namespace assay::probe
