// SPDX-License-Identifier: Apache-2.0
#include "corpus/keyword_library.h"

#include <array>

#include "base/strings.h"
#include "text/cells.h"
#include "text/normalise.h"
#include "text/topics.h"

namespace assay::corpus {
namespace {

enum : std::size_t { kKeyword, kRisk, kAdded, kUpdated };
constexpr std::array<table::Column, 4> kColumns = {{
    {"keyword", "term|word|关键词|词", table::Need::required},
    {"risk", "risk_id|risks|风险|安全风险", table::Need::required},
    {"added", "added_on|created|添加日期|入库日期"},
    {"updated", "updated_on|更新日期"},
}};

constexpr std::uint64_t kMaxKeywords = 5'000'000;

std::size_t code_points(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size(); ++n) next_code_point(text, at);
  return n;
}

class Reading {
 public:
  Reading(const KeywordRules& rules, const table::Hooks& hooks)
      : rules_(rules), hooks_(hooks), counts_(rules.risks), latest_(rules.as_of) {}

  void take(const table::Row& row) {
    for (const std::size_t column : {kAdded, kUpdated}) {
      const std::string_view wrong = latest_.take(row[column]);
      if (!wrong.empty()) note(wrong, row, {std::string(kColumns[column].name), text(row, column)});
    }
    std::string keyword = text::canonical(row[kKeyword]);
    if (code_points(keyword) < rules_.min_code_points) {
      note("keyword-too-short", row, {text(row, kKeyword)});
      return;
    }
    if (counts_.texts() >= kMaxKeywords) {
      full_ = true;
      return;
    }
    const std::uint64_t risks = risks_of(row);
    if (risks == 0) {
      ++unplaced_;
      return;
    }
    const auto seen = counts_.add(std::move(keyword), row.line(), risks);
    if (seen.first) return;
    const std::string first = std::to_string(seen.line);
    if ((risks & seen.topics_before) != 0) {
      note("keyword-duplicate", row, {text(row, kKeyword), first});
    } else {
      note("keyword-conflicting-risk", row, {text(row, kKeyword), text(row, kRisk), first});
    }
  }

  Result<KeywordLibrary> finish(table::Totals totals) const {
    if (full_)
      return Error{
          Code::limit, "more than 5,000,000 different keywords", 0, {}, "split the library"};
    return KeywordLibrary{std::move(totals), counts_.texts(), unplaced_, counts_.per_topic(),
                          latest_.day()};
  }

 private:
  static std::string text(const table::Row& row, std::size_t column) {
    return std::string(row[column]);
  }
  void note(std::string_view id, const table::Row& row, std::vector<std::string> args) {
    if (hooks_.note) hooks_.note({id, row.line(), std::move(args)});
  }
  std::uint64_t risks_of(const table::Row& row) {
    std::uint64_t mask = 0;
    for (const std::string_view id : text::list_in(row[kRisk])) {
      const auto bit = counts_.bit(id);
      if (!bit) note("keyword-unknown-risk", row, {text(row, kKeyword), std::string(id)});
      mask |= bit.value_or(0);
    }
    return mask;
  }

  const KeywordRules& rules_;
  const table::Hooks& hooks_;
  text::TopicCounts counts_;
  text::LatestDay latest_;
  std::uint64_t unplaced_ = 0;
  bool full_ = false;
};

}  // namespace

Result<KeywordLibrary> read_keyword_library(const fs::path& path, const KeywordRules& rules,
                                            const table::Hooks& hooks) {
  Reading reading(rules, hooks);
  table::Totals totals = TRY(table::for_each_row(
      path, kColumns, table::kLimits, hooks, [&](const table::Row& row) { reading.take(row); }));
  return reading.finish(std::move(totals));
}

}  // namespace assay::corpus
