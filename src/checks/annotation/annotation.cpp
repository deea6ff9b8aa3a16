// SPDX-License-Identifier: Apache-2.0
#include "corpus/annotation.h"

#include <array>
#include <memory>
#include <optional>

#include "checks/annex_a.h"
#include "checks/common.h"
#include "checks/notes.h"

namespace assay::checks::annotation {
namespace {

constexpr std::string_view kId = "annotation";

constexpr std::array<CheckMeasurement, 8> kMeasurements = {{
    {"trained_share",
     Input::annotators,
     {"有培训记录的标注人员", "annotators with a record of training"}},
    {"exam_valid_share",
     Input::annotators,
     {"考核在有效期内的标注人员", "annotators whose exam is valid"}},
    {"role_conflicts",
     Input::annotation_items,
     {"同一条目或任务中标注与审核为同一人", "both roles held by one person in an item or task"}},
    {"min_reviews_per_safety_item",
     Input::annotation_items,
     {"单个安全性标注条目最少的审核通过数", "fewest approvals of a safety item"}},
    {"batches_sampled_share",
     Input::annotation_batches,
     {"有人工抽检记录的批次", "batches with a record of a manual sample"}},
    {"safety_risks_covered",
     Input::annotation_rules,
     {"安全性标注规则覆盖的风险数", "risks that the safety rules cover"}},
    {"rule_sections",
     Input::annotation_rules,
     {"标注规则最少的必备部分数", "fewest required sections of a rule set"}},
    {"rule_sets", Input::annotation_rules, {"标注规则套数", "rule sets"}},
}};

constexpr StaticText kMendExam = {"组织考核，记录通过日期和有效期，未通过者停止标注。",
                                  "Hold the exam, record the day and how long it is valid, and "
                                  "suspend those who have not passed."};
constexpr StaticText kMendRule = {"补充标注规则。", "Complete the annotation rules."};
constexpr StaticText kMendRegister = {"核对标注人员名册。", "Correct the register of annotators."};
constexpr StaticText kMendSample = {"对该批次进行人工抽检并留存记录。",
                                    "Sample the batch by hand and keep the record."};

constexpr std::array<Telling, 22> kTellings = {{
    {"annotator-untrained",
     Severity::high,
     {"标注人员 {0} 没有培训记录", "Annotator {0} has no record of training"},
     {"培训后再安排标注。", "Train the person before further work."},
     "trained_share"},
    {"annotator-exam-missing",
     Severity::high,
     {"标注人员 {0} 没有考核通过记录", "Annotator {0} has no record of a passed exam"},
     kMendExam,
     "exam_valid_share"},
    {"annotator-exam-no-expiry",
     Severity::medium,
     {"标注人员 {0} 的考核没有有效期，按未取得有效资格计",
      "The exam of annotator {0} has no day until which it is valid, so it counts as not valid"},
     kMendExam,
     "exam_valid_share"},
    {"annotator-exam-expired",
     Severity::high,
     {"标注人员 {0} 的考核已于 {1} 到期", "The exam of annotator {0} expired on {1}"},
     kMendExam,
     "exam_valid_share"},
    {"annotator-repeated",
     Severity::low,
     {"标注人员 {0} 与第 {1} 行重复，只计第一行",
      "Annotator {0} repeats line {1}; the first row counts"},
     kMendRegister},
    {"item-role-conflict",
     Severity::high,
     {"条目 {0} 的标注和审核都是 {1}", "Item {0} was annotated and reviewed by {1}"},
     {"由他人重新审核。", "Have another person review it."},
     "role_conflicts"},
    {"item-both-roles-in-task",
     Severity::high,
     {"{0} 在任务 {1} 中既标注又审核", "{0} both annotates and reviews in task {1}"},
     {"同一任务中每人只担任一种角色。", "Give each person one role in a task."},
     "role_conflicts"},
    {"item-unreviewed",
     Severity::high,
     {"安全性标注条目 {0} 没有他人审核通过", "Safety item {0} has no approval by another person"},
     {"由审核人员审核该条目。", "Have a reviewer decide on it."},
     "min_reviews_per_safety_item"},
    {"item-unknown-person",
     Severity::medium,
     {"{0} 不在标注人员名册中", "{0} is not on the register of annotators"},
     kMendRegister},
    {"item-role-not-held",
     Severity::medium,
     {"{0} 担任了名册中没有的角色（{1}）",
      "{0} acts in a role that the register does not give ({1})"},
     kMendRegister},
    {"item-kind-unknown",
     Severity::medium,
     {"{0} 的标注类型“{1}”不是 functional 或 safety",
      "The kind of {0}, “{1}”, is neither functional nor safety"},
     {"写明功能性或安全性标注。", "State functional or safety."}},
    {"batch-not-sampled",
     Severity::high,
     {"批次 {0} 没有人工抽检记录", "Batch {0} has no record of a manual sample"},
     kMendSample,
     "batches_sampled_share"},
    {"batch-missing",
     Severity::high,
     {"标注记录中的批次 {0} 不在抽检记录中", "Batch {0} of the items is not among the batches"},
     kMendSample,
     "batches_sampled_share"},
    {"batch-sample-too-large",
     Severity::medium,
     {"批次 {0} 抽检 {1} 条，多于总数 {2}，按未抽检计",
      "Batch {0} has a sample of {1} out of {2} items, so it counts as not sampled"},
     {"核对抽检记录。", "Correct the record of the sample."},
     "batches_sampled_share"},
    {"batch-repeated",
     Severity::low,
     {"批次 {0} 与第 {1} 行重复，只计第一行", "Batch {0} repeats line {1}; the first row counts"},
     {"合并重复的行。", "Merge the rows."}},
    {"rule-section-missing",
     Severity::medium,
     {"{0} 标注规则缺少“{1}”", "The {0} rules have no section “{1}”"},
     kMendRule,
     "rule_sections"},
    {"rule-role-missing",
     Severity::medium,
     {"{0} 标注规则没有覆盖“{1}”环节", "The {0} rules do not cover “{1}”"},
     kMendRule,
     "rule_sets"},
    {"rule-risk-missing",
     Severity::medium,
     {"安全性标注规则没有覆盖风险 {0}", "The safety rules do not cover risk {0}"},
     kMendRule,
     "safety_risks_covered"},
    {"rule-unknown-risk",
     Severity::medium,
     {"风险“{0}”不在附录 A 中", "Risk “{0}” is not in Annex A"},
     kMendRule,
     "safety_risks_covered"},
    {"items-without-reviewers",
     Severity::high,
     {"没有条目写明审核人员，不能确定标注与审核由不同人员承担",
      "No item names a reviewer, so it is unknown whether annotation and review are kept apart"},
     {"写明每个条目的审核人员。", "Name the reviewers of each item."},
     "role_conflicts"},
    {"items-people-withheld",
     Severity::high,
     {"任务中的人员过多，不能确定每人只担任一种角色",
      "There are too many people in tasks to tell whether each keeps one role"},
     {"按任务拆分标注记录。", "Split the records by task."},
     "role_conflicts"},
    {"items-kinds-withheld",
     Severity::high,
     {"{0} 个条目类型不明，不能确定每条安全性标注都经过审核",
      "{0} items have no known kind, so it is unknown whether every safety item was reviewed"},
     {"写明功能性或安全性标注。", "State functional or safety."},
     "min_reviews_per_safety_item"},
}};

// One table of the records: its path where the description gives one, and who tells its notes.
struct Table {
  std::string path;
  Notes notes;
  Table(const CheckInput& input, Sink& sink, std::string given)
      : path(std::move(given)), notes(input, sink, kId, path, kTellings) {}
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
};

std::unique_ptr<Table> table_of(const CheckInput& input, Sink& sink, Input which) {
  const auto given = paths(input.system, which);
  if (given.empty()) return nullptr;
  return std::make_unique<Table>(input, sink, given.front());
}

Status close(const CheckInput& input, Sink& sink, Table& table,
             const formats::table::Totals& totals) {
  table.notes.tell_unread(totals);
  return add_evidence(input, sink, kId, table.path, "text/plain");
}

Result<std::optional<corpus::Annotators>> check_people(const CheckInput& input, Sink& sink) {
  const auto table = table_of(input, sink, Input::annotators);
  if (!table) return std::optional<corpus::Annotators>();
  auto people =
      TRY(corpus::read_annotators(resolve(input, table->path), input.as_of, table->notes.hooks()));
  if (people.totals.unread == 0) {
    measure_share(sink, kId, "trained_share", people.trained.have, people.trained.of);
    measure_share(sink, kId, "exam_valid_share", people.exam_valid.have, people.exam_valid.of);
  }
  TRY(close(input, sink, *table, people.totals));
  return std::optional(std::move(people));
}

Result<std::optional<corpus::AnnotationItems>> check_items(
    const CheckInput& input, Sink& sink, const std::optional<corpus::Annotators>& people) {
  const auto table = table_of(input, sink, Input::annotation_items);
  if (!table) return std::optional<corpus::AnnotationItems>();
  auto items = TRY(corpus::read_annotation_items(
      resolve(input, table->path), people ? &people->people : nullptr, table->notes.hooks()));
  // Rows that were not read could only add conflicts and lower the least number of reviews.
  const bool whole = items.totals.unread == 0;
  measure_faults(sink, kId, "role_conflicts", items.role_conflicts, "conflicts",
                 whole && items.reviewed > 0 && !items.people_forgotten);
  if (items.totals.rows > 0 && items.reviewed == 0)
    table->notes.tell({"items-without-reviewers", 0, {}});
  if (items.people_forgotten) table->notes.tell({"items-people-withheld", 0, {}});
  if (items.kinds_unknown > 0)
    table->notes.tell({"items-kinds-withheld", 0, {std::to_string(items.kinds_unknown)}});
  const bool settled = (whole && items.kinds_unknown == 0) || items.min_reviews_safety == 0;
  if (items.safety_items > 0 && settled)
    measure_count(sink, kId, "min_reviews_per_safety_item", items.min_reviews_safety, "approvals");
  TRY(close(input, sink, *table, items.totals));
  return std::optional(std::move(items));
}

Status check_batches(const CheckInput& input, Sink& sink,
                     const std::optional<corpus::AnnotationItems>& items) {
  const auto table = table_of(input, sink, Input::annotation_batches);
  if (!table) return Done{};
  const auto batches = TRY(corpus::read_annotation_batches(
      resolve(input, table->path), items ? &items->functional_batches : nullptr,
      table->notes.hooks()));
  if (batches.totals.unread == 0)
    measure_share(sink, kId, "batches_sampled_share", batches.sampled.have, batches.sampled.of);
  return close(input, sink, *table, batches.totals);
}

Status check_rules(const CheckInput& input, Sink& sink) {
  const auto table = table_of(input, sink, Input::annotation_rules);
  if (!table) return Done{};
  const AnnexA annex = TRY(annex_a(input.content));
  const auto risks = annex.risk_ids();
  const auto rules =
      TRY(corpus::read_annotation_rules(resolve(input, table->path), risks, table->notes.hooks()));
  measure_count(sink, kId, "safety_risks_covered", rules.risks, "risks");
  measure_count(sink, kId, "rule_sections", rules.min_sections, "sections");
  measure_count(sink, kId, "rule_sets", rules.sets, "rule sets");
  return close(input, sink, *table, rules.totals);
}

Status run(const CheckInput& input, Sink& sink) {
  const auto people = TRY(check_people(input, sink));
  const auto items = TRY(check_items(input, sink, people));
  TRY(check_batches(input, sink, items));
  return check_rules(input, sink);
}

}  // namespace

extern const Check kCheck = {kId, {"数据标注记录", "annotation records"}, 1, kMeasurements, run};

}  // namespace assay::checks::annotation
