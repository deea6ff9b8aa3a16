// SPDX-License-Identifier: Apache-2.0
#include "corpus/annotation.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "corpus/annotation_words.h"
#include "text/cells.h"

namespace assay::corpus {
namespace {

class Notes {
 public:
  explicit Notes(const table::Hooks& hooks) : hooks_(hooks) {}
  void operator()(std::string_view id, std::uint64_t line, std::vector<std::string> args) const {
    if (hooks_.note) hooks_.note({id, line, std::move(args)});
  }
  // The day in a column up to `as_of`; a value that is none is noted.
  std::optional<Date> day(const table::Row& row, std::size_t column, std::string_view name) const {
    if (row[column].empty()) return std::nullopt;
    const auto day = text::day_in(row[column]);
    if (!day) (*this)("date-invalid", row.line(), {std::string(name), std::string(row[column])});
    return day;
  }
  void unknown(const table::Row& row, std::size_t column, std::string_view name) const {
    (*this)("value-unknown", row.line(), {std::string(name), std::string(row[column])});
  }

 private:
  const table::Hooks& hooks_;
};

enum : std::size_t { kId, kRoles_, kTrained, kExam, kValidUntil, kActive };
constexpr std::array<table::Column, 6> kPeople = {{
    {"id", "annotator_id|编号|工号", table::Need::required},
    {"roles", "role|角色"},
    {"trained_on", "trained|training_date|培训日期"},
    {"exam_passed_on", "exam|exam_date|考核通过日期"},
    {"valid_until", "有效期至"},
    {"active", "status|是否在岗"},
}};

Person person_of(const table::Row& row, const Notes& note) {
  Person person;
  for (const std::string_view word : text::list_in(row[kRoles_])) {
    const auto role = find_term(kRoles, word);
    if (!role) note.unknown(row, kRoles_, "roles");
    person.annotates |= role == Role::execution;
    person.reviews |= role == Role::review;
  }
  return person;
}

bool exam_valid(const table::Row& row, const Date& as_of, const Notes& note) {
  const std::string id(row[kId]);
  const auto passed = note.day(row, kExam, "exam_passed_on");
  const auto until = note.day(row, kValidUntil, "valid_until");
  if (!passed || order(*passed, as_of) > 0) {
    note("annotator-exam-missing", row.line(), {id});
    return false;
  }
  if (!until) {
    note("annotator-exam-no-expiry", row.line(), {id});
    return false;
  }
  if (order(*until, as_of) < 0) {
    note("annotator-exam-expired", row.line(), {id, until->text()});
    return false;
  }
  return true;
}

enum : std::size_t { kBatchId, kBatchKind, kBatchItems, kSampled, kRecord };
constexpr std::array<table::Column, 5> kBatches = {{
    {"id", "batch|batch_id|批次", table::Need::required},
    {"kind", "type|标注类型|类型", table::Need::required},
    {"items", "size|条数"},
    {"sampled", "抽检数|抽检条数", table::Need::optional},
    {"record", "sampling_record|抽检记录", table::Need::optional},
}};

enum class Sampling : std::uint8_t { done, none, too_large };

Sampling sampling_of(const table::Row& row, const Notes& note) {
  const auto sampled = to_number<std::uint64_t>(row[kSampled]);
  const auto items = to_number<std::uint64_t>(row[kBatchItems]);
  if (!sampled && !row[kSampled].empty()) note.unknown(row, kSampled, "sampled");
  if (!items && !row[kBatchItems].empty()) note.unknown(row, kBatchItems, "items");
  if (sampled && items && *sampled > *items) {
    note("batch-sample-too-large", row.line(),
         {std::string(row[kBatchId]), std::to_string(*sampled), std::to_string(*items)});
    return Sampling::too_large;
  }
  return sampled.value_or(0) > 0 && !row[kRecord].empty() ? Sampling::done : Sampling::none;
}

enum : std::size_t { kSet, kSection, kRole, kRisk };
constexpr std::array<table::Column, 4> kRuleColumns = {{
    {"rule_set", "set|规则类别|规则", table::Need::required},
    {"section", "章节|内容", table::Need::required},
    {"role", "角色|环节", table::Need::required},
    {"risk", "risk_id|risks|风险|安全风险"},
}};

enum class Section : std::uint8_t { goal, data_format, method, quality };
constexpr std::array<Term<Section>, 4> kSections = {{
    {"goal|objective|标注目标|目标", Section::goal},
    {"data-format|format|数据格式", Section::data_format},
    {"method|标注方法|方法", Section::method},
    {"quality-metric|quality-metrics|quality|质量指标|数据质量指标", Section::quality},
}};
constexpr std::array<std::string_view, 2> kSetNames = {"functional", "safety"};
constexpr std::array<std::string_view, 2> kRoleNames = {"execution", "review"};
constexpr std::array<std::string_view, 4> kSectionNames = {"goal", "data-format", "method",
                                                           "quality-metric"};

struct RuleSet {
  std::array<bool, 4> sections{};
  std::array<bool, 2> roles{};
  bool present = false;
};

class RuleReading {
 public:
  RuleReading(const std::vector<std::string>& risks, const Notes& note)
      : risks_(risks), named_(risks.size()), note_(note) {}

  void take(const table::Row& row) {
    const auto set = find_term(kAnnotationKinds, row[kSet]);
    const auto section = find_term(kSections, row[kSection]);
    if (!set) note_.unknown(row, kSet, "rule_set");
    if (!section) note_.unknown(row, kSection, "section");
    if (!set) return;
    RuleSet& rules = sets_[static_cast<std::size_t>(*set)];
    rules.present = true;
    if (section) rules.sections[static_cast<std::size_t>(*section)] = true;
    for (const std::string_view word : text::list_in(row[kRole])) {
      const auto role = find_term(kRoles, word);
      if (role) rules.roles[static_cast<std::size_t>(*role)] = true;
      if (!role) note_.unknown(row, kRole, "role");
    }
    for (const std::string_view id : text::list_in(row[kRisk])) {
      const auto at = std::ranges::find(risks_, id);
      if (at == risks_.end()) {
        note_("rule-unknown-risk", row.line(), {std::string(id)});
      } else if (*set == AnnotationKind::safety) {
        named_[static_cast<std::size_t>(at - risks_.begin())] = true;
      }
    }
  }

  AnnotationRules finish(table::Totals totals) const {
    AnnotationRules out{std::move(totals), 0, 0, 0};
    bool any = false;
    for (std::size_t i = 0; i < sets_.size(); ++i) {
      if (sets_[i].present) {
        const auto sections =
            static_cast<std::uint64_t>(std::ranges::count(sets_[i].sections, true));
        out.min_sections = any ? std::min(out.min_sections, sections) : sections;
        any = true;
      }
      out.sets += std::ranges::count(sets_[i].roles, false) == 0 ? 1 : 0;
      say_missing(i);
    }
    out.risks = static_cast<std::uint64_t>(std::ranges::count(named_, true));
    for (std::size_t i = 0; i < risks_.size(); ++i)
      if (!named_[i]) note_("rule-risk-missing", 0, {risks_[i]});
    return out;
  }

 private:
  void say_missing(std::size_t set) const {
    const std::string name(kSetNames[set]);
    for (std::size_t i = 0; i < kSectionNames.size(); ++i)
      if (!sets_[set].sections[i])
        note_("rule-section-missing", 0, {name, std::string(kSectionNames[i])});
    for (std::size_t i = 0; i < kRoleNames.size(); ++i)
      if (!sets_[set].roles[i]) note_("rule-role-missing", 0, {name, std::string(kRoleNames[i])});
  }

  const std::vector<std::string>& risks_;
  std::vector<bool> named_;
  const Notes& note_;
  std::array<RuleSet, 2> sets_{};
};

}  // namespace

Result<Annotators> read_annotators(const fs::path& path, const Date& as_of,
                                   const table::Hooks& hooks) {
  const Notes note(hooks);
  Annotators out;
  std::unordered_map<std::string, std::uint64_t> lines;
  const auto take = [&](const table::Row& row) {
    const std::string id(row[kId]);
    const auto [at, first] = lines.try_emplace(id, row.line());
    if (!first) {
      note("annotator-repeated", row.line(), {id, std::to_string(at->second)});
      return;
    }
    out.people.emplace(id, person_of(row, note));
    const auto active = text::yes_in(row[kActive]);
    if (!active && !row[kActive].empty()) note.unknown(row, kActive, "active");
    if (!active.value_or(true)) return;
    const auto trained = note.day(row, kTrained, "trained_on");
    const bool is_trained = trained && order(*trained, as_of) <= 0;
    if (!is_trained) note("annotator-untrained", row.line(), {id});
    ++out.trained.of;
    out.trained.have += is_trained ? 1 : 0;
    ++out.exam_valid.of;
    out.exam_valid.have += exam_valid(row, as_of, note) ? 1 : 0;
  };
  out.totals = TRY(table::for_each_row(path, kPeople, table::kLimits, hooks, take));
  return out;
}

Result<AnnotationBatches> read_annotation_batches(const fs::path& path,
                                                  const std::unordered_set<std::string>* known,
                                                  const table::Hooks& hooks) {
  const Notes note(hooks);
  AnnotationBatches out;
  std::unordered_map<std::string, std::uint64_t> lines;
  const auto take = [&](const table::Row& row) {
    const std::string id(row[kBatchId]);
    const auto [at, first] = lines.try_emplace(id, row.line());
    if (!first) {
      note("batch-repeated", row.line(), {id, std::to_string(at->second)});
      return;
    }
    const auto kind = find_term(kAnnotationKinds, row[kBatchKind]);
    if (!kind) note("item-kind-unknown", row.line(), {id, std::string(row[kBatchKind])});
    const Sampling sampling = sampling_of(row, note);
    // A batch of unknown kind may be a functional one.
    if (kind == AnnotationKind::safety) return;
    ++out.sampled.of;
    out.sampled.have += sampling == Sampling::done ? 1 : 0;
    if (sampling == Sampling::none) note("batch-not-sampled", row.line(), {id});
  };
  out.totals = TRY(table::for_each_row(path, kBatches, table::kLimits, hooks, take));
  if (known == nullptr) return out;
  std::vector<std::string> missing;
  for (const std::string& id : *known)
    if (!lines.contains(id)) missing.push_back(id);
  std::ranges::sort(missing);
  out.sampled.of += missing.size();
  for (const std::string& id : missing) note("batch-missing", 0, {id});
  return out;
}

Result<AnnotationRules> read_annotation_rules(const fs::path& path,
                                              const std::vector<std::string>& risks,
                                              const table::Hooks& hooks) {
  const Notes note(hooks);
  RuleReading reading(risks, note);
  table::Totals totals =
      TRY(table::for_each_row(path, kRuleColumns, table::kLimits, hooks,
                              [&](const table::Row& row) { reading.take(row); }));
  return reading.finish(std::move(totals));
}

}  // namespace assay::corpus
