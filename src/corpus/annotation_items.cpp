// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "corpus/annotation.h"
#include "corpus/annotation_words.h"
#include "text/cells.h"

namespace assay::corpus {
namespace {

enum : std::size_t { kId, kBatch, kTask, kKind, kAnnotator, kReviewers, kApproved };
constexpr std::array<table::Column, 7> kColumns = {{
    {"id", "item_id|编号", table::Need::required},
    {"batch", "batch_id|批次"},
    {"task", "task_id|任务"},
    {"kind", "type|标注类型|类型", table::Need::required},
    {"annotator", "annotator_id|标注人员", table::Need::required},
    {"reviewers", "reviewer|reviewer_id|审核人员"},
    {"approved", "审核结论|是否通过"},
}};

// What is remembered of people in tasks, and of batches; beyond it nothing new is.
constexpr std::size_t kMaxRemembered = 2'000'000;

class Reading {
 public:
  Reading(const std::unordered_map<std::string, Person>* people, const table::Hooks& hooks)
      : people_(people), hooks_(hooks) {}

  void take(const table::Row& row) {
    const auto kind = find_term(kAnnotationKinds, row[kKind]);
    if (!kind) {
      ++items_.kinds_unknown;
      note("item-kind-unknown", row, {std::string(row[kId]), std::string(row[kKind])});
    }
    const std::vector<std::string_view> reviewers = reviewers_of(row);
    items_.reviewed += reviewers.empty() ? 0 : 1;
    check_roles(row, reviewers);
    if (kind == AnnotationKind::safety) take_safety(row, reviewers);
    if (kind != AnnotationKind::functional) return;
    ++items_.functional_items;
    if (!row[kBatch].empty() && items_.functional_batches.size() < kMaxRemembered)
      items_.functional_batches.emplace(row[kBatch]);
  }

  AnnotationItems finish(table::Totals totals) {
    items_.totals = std::move(totals);
    return std::move(items_);
  }

 private:
  void note(std::string_view id, const table::Row& row, std::vector<std::string> args) {
    if (hooks_.note) hooks_.note({id, row.line(), std::move(args)});
  }

  static std::vector<std::string_view> reviewers_of(const table::Row& row) {
    std::vector<std::string_view> names = text::list_in(row[kReviewers]);
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  void check_roles(const table::Row& row, const std::vector<std::string_view>& reviewers) {
    const std::string_view annotator = row[kAnnotator];
    const bool reviews_own = std::ranges::find(reviewers, annotator) != reviewers.end();
    check_register(row, annotator, Role::execution);
    for (const std::string_view reviewer : reviewers) check_register(row, reviewer, Role::review);
    if (reviews_own) {
      ++items_.role_conflicts;
      note("item-role-conflict", row, {std::string(row[kId]), std::string(annotator)});
    }
    if (row[kTask].empty()) return;
    check_task(row, annotator, reviews_own ? kBoth : kExecutes, !reviews_own);
    for (const std::string_view reviewer : reviewers)
      if (reviewer != annotator) check_task(row, reviewer, kReviews, true);
  }

  // Roles of a person in a task, as bits.
  static constexpr std::uint8_t kExecutes = 1;
  static constexpr std::uint8_t kReviews = 2;
  static constexpr std::uint8_t kBoth = kExecutes | kReviews;

  // Counts a person who comes to hold both roles, unless an item alone shows it (`say` false).
  void check_task(const table::Row& row, std::string_view person, std::uint8_t role, bool say) {
    const std::string key = std::string(row[kTask]) + '\n' + std::string(person);
    if (in_task_.size() >= kMaxRemembered && !in_task_.contains(key)) {
      items_.people_forgotten = true;
      return;
    }
    std::uint8_t& roles = in_task_[key];
    const std::uint8_t before = roles;
    roles = static_cast<std::uint8_t>(before | role);
    if (!say || roles != kBoth || before == kBoth) return;
    ++items_.role_conflicts;
    note("item-both-roles-in-task", row, {std::string(person), std::string(row[kTask])});
  }

  // Once for each person, at the first item.
  void check_register(const table::Row& row, std::string_view person, Role role) {
    if (people_ == nullptr) return;
    const std::string id(person);
    const auto at = people_->find(id);
    const bool known = at != people_->end();
    const bool holds =
        known && ((!at->second.annotates && !at->second.reviews) ||
                  (role == Role::execution ? at->second.annotates : at->second.reviews));
    if (holds || said_.size() >= kMaxRemembered) return;
    const std::string_view word = role == Role::execution ? "execution" : "review";
    if (!said_.insert(id + '\n' + (known ? std::string(word) : "")).second) return;
    if (known) {
      note("item-role-not-held", row, {id, std::string(word)});
    } else {
      note("item-unknown-person", row, {id});
    }
  }

  void take_safety(const table::Row& row, const std::vector<std::string_view>& reviewers) {
    const auto approved = text::yes_in(row[kApproved]);
    if (!approved && !row[kApproved].empty())
      note("value-unknown", row, {"approved", std::string(row[kApproved])});
    const auto others = static_cast<std::uint64_t>(std::ranges::count_if(
        reviewers, [&](std::string_view name) { return name != row[kAnnotator]; }));
    const std::uint64_t approvals = approved.value_or(false) ? others : 0;
    if (approvals == 0) note("item-unreviewed", row, {std::string(row[kId])});
    if (items_.safety_items == 0 || approvals < items_.min_reviews_safety)
      items_.min_reviews_safety = approvals;
    ++items_.safety_items;
  }

  const std::unordered_map<std::string, Person>* people_;
  const table::Hooks& hooks_;
  AnnotationItems items_;
  std::unordered_map<std::string, std::uint8_t> in_task_;  // task and person: roles seen
  std::unordered_set<std::string> said_;
};

}  // namespace

Result<AnnotationItems> read_annotation_items(const fs::path& path,
                                              const std::unordered_map<std::string, Person>* people,
                                              const table::Hooks& hooks) {
  Reading reading(people, hooks);
  table::Totals totals = TRY(table::for_each_row(
      path, kColumns, table::kLimits, hooks, [&](const table::Row& row) { reading.take(row); }));
  return reading.finish(std::move(totals));
}

}  // namespace assay::corpus
