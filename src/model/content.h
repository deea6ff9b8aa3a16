// SPDX-License-Identifier: Apache-2.0
//
// The standards system as plain types, and one describe() each: the table of its keys, which the
// YAML loader, the compiled form, the JSON output and the editor schemas all walk.
// docs/formats/content.md says what each key means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "model/text.h"

namespace assay {

// Zero is the absence of a statement, so that a forgotten label never reads as sourced.
enum class Confidence : std::uint8_t { unstated, recalled, derived, sourced };

enum class Kind : std::uint8_t {
  unstated,
  mandatory_standard,
  recommended_standard,
  guidance_document,
  technical_document,
  practice_guide,
  research_report,
  law,
  framework,
  standard_plan,
  industry_standard,
  group_standard,
};

enum class DocumentStatus : std::uint8_t {
  unknown,
  not_started,
  planned,
  drafting,
  consultation,
  published,
  in_force,
  superseded,
  withdrawn,
};

enum class Membership : std::uint8_t { unknown, no, candidate, probable, yes };
enum class SlotState : std::uint8_t { unstated, published, in_development };

enum class Subject : std::uint8_t {
  unstated,
  label,
  service,
  corpus,
  model,
  annotation,
  algorithm,
  incident,
  governance,
};

enum class TestKind : std::uint8_t { unstated, automatic, semi, evidence };
enum class Op : std::uint8_t { none, at_least, at_most, equal, one_of, between, all, any, levels };

enum class ItemKind : std::uint8_t {
  unstated,
  class_,
  group,
  risk,
  technical_measure,
  governance_measure,
  guideline,
  principle,
  change,
  grading_criterion,
  grading_level,
  grading_rule,
  agent_phase,
  agent_risk,
  agent_measure,
  tactic,
  technique,
  mitigation,
  control,
  article,
  aspect,
};

template <>
struct Words<Confidence> {
  static constexpr std::array<Word<Confidence>, 4> table = {{
      {Confidence::unstated, "unstated", {"未说明", "unstated"}},
      {Confidence::recalled, "recalled", {"凭记忆", "recalled"}},
      {Confidence::derived, "derived", {"推定", "derived"}},
      {Confidence::sourced, "sourced", {"有来源", "sourced"}},
  }};
};

template <>
struct Words<Kind> {
  static constexpr std::array<Word<Kind>, 12> table = {{
      {Kind::unstated, "unstated", {"未说明", "unstated"}},
      {Kind::mandatory_standard, "mandatory-standard", {"强制性国家标准", "mandatory standard"}},
      {Kind::recommended_standard,
       "recommended-standard",
       {"推荐性国家标准", "recommended standard"}},
      {Kind::guidance_document, "guidance-document", {"指导性技术文件", "guidance document"}},
      {Kind::technical_document, "technical-document", {"技术文件", "technical document"}},
      {Kind::practice_guide, "practice-guide", {"实践指南", "practice guide"}},
      {Kind::research_report, "research-report", {"研究报告", "research report"}},
      {Kind::law, "law", {"法律法规", "law or regulation"}},
      {Kind::framework, "framework", {"治理框架", "governance framework"}},
      {Kind::standard_plan, "standard-plan", {"标准计划", "standard plan"}},
      {Kind::industry_standard, "industry-standard", {"行业标准", "industry standard"}},
      {Kind::group_standard, "group-standard", {"团体标准", "group standard"}},
  }};
};

template <>
struct Words<DocumentStatus> {
  static constexpr std::array<Word<DocumentStatus>, 9> table = {{
      {DocumentStatus::unknown, "unknown", {"不详", "unknown"}},
      {DocumentStatus::not_started, "not-started", {"未启动", "not started"}},
      {DocumentStatus::planned, "planned", {"立项", "planned"}},
      {DocumentStatus::drafting, "drafting", {"在研", "in development"}},
      {DocumentStatus::consultation, "consultation", {"征求意见", "consultation"}},
      {DocumentStatus::published, "published", {"已发布", "published"}},
      {DocumentStatus::in_force, "in-force", {"现行", "in force"}},
      {DocumentStatus::superseded, "superseded", {"被替代", "superseded"}},
      {DocumentStatus::withdrawn, "withdrawn", {"废止", "withdrawn"}},
  }};
};

template <>
struct Words<Membership> {
  static constexpr std::array<Word<Membership>, 5> table = {{
      {Membership::unknown, "unknown", {"不详", "unknown"}},
      {Membership::no, "no", {"否", "no"}},
      {Membership::candidate, "candidate", {"候选", "candidate"}},
      {Membership::probable, "probable", {"很可能", "probable"}},
      {Membership::yes, "yes", {"是", "yes"}},
  }};
};

template <>
struct Words<SlotState> {
  static constexpr std::array<Word<SlotState>, 3> table = {{
      {SlotState::unstated, "unstated", {"未说明", "unstated"}},
      {SlotState::published, "published", {"已发布", "published"}},
      {SlotState::in_development, "in-development", {"在研", "in development"}},
  }};
};

template <>
struct Words<Subject> {
  static constexpr std::array<Word<Subject>, 9> table = {{
      {Subject::unstated, "unstated", {"未说明", "unstated"}},
      {Subject::label, "label", {"内容标识", "content label"}},
      {Subject::service, "service", {"服务", "service"}},
      {Subject::corpus, "corpus", {"训练数据", "training data"}},
      {Subject::model, "model", {"模型", "model"}},
      {Subject::annotation, "annotation", {"数据标注", "annotation"}},
      {Subject::algorithm, "algorithm", {"算法", "algorithm"}},
      {Subject::incident, "incident", {"安全事件", "incident"}},
      {Subject::governance, "governance", {"治理", "governance"}},
  }};
};

template <>
struct Words<TestKind> {
  static constexpr std::array<Word<TestKind>, 4> table = {{
      {TestKind::unstated, "unstated", {"未说明", "unstated"}},
      {TestKind::automatic, "automatic", {"自动", "automatic"}},
      {TestKind::semi, "semi", {"半自动", "semi-automatic"}},
      {TestKind::evidence, "evidence", {"证据", "evidence"}},
  }};
};

template <>
struct Words<Op> {
  static constexpr std::array<Word<Op>, 9> table = {{
      {Op::none, "none", {"无", "none"}},
      {Op::at_least, "at-least", {"≥", "≥"}},
      {Op::at_most, "at-most", {"≤", "≤"}},
      {Op::equal, "equal", {"=", "="}},
      {Op::one_of, "one-of", {"取值于", "one of"}},
      {Op::between, "between", {"介于", "between"}},
      {Op::all, "all", {"全部满足", "all of"}},
      {Op::any, "any", {"任一满足", "any of"}},
      {Op::levels, "levels", {"分级", "levels"}},
  }};
};

template <>
struct Words<ItemKind> {
  static constexpr std::array<Word<ItemKind>, 21> table = {{
      {ItemKind::unstated, "unstated", {"未说明", "unstated"}},
      {ItemKind::class_, "class", {"大类", "class"}},
      {ItemKind::group, "group", {"类别", "group"}},
      {ItemKind::risk, "risk", {"风险", "risk"}},
      {ItemKind::technical_measure, "technical-measure", {"技术措施", "technical measure"}},
      {ItemKind::governance_measure, "governance-measure", {"治理措施", "governance measure"}},
      {ItemKind::guideline, "guideline", {"安全指引", "guideline"}},
      {ItemKind::principle, "principle", {"原则", "principle"}},
      {ItemKind::change, "change", {"变化", "change"}},
      {ItemKind::grading_criterion, "grading-criterion", {"分级要素", "grading criterion"}},
      {ItemKind::grading_level, "grading-level", {"风险等级", "grading level"}},
      {ItemKind::grading_rule, "grading-rule", {"分级规则", "grading rule"}},
      {ItemKind::agent_phase, "agent-phase", {"智能体风险环节", "agent phase"}},
      {ItemKind::agent_risk, "agent-risk", {"智能体风险", "agent risk"}},
      {ItemKind::agent_measure, "agent-measure", {"智能体措施", "agent measure"}},
      {ItemKind::tactic, "tactic", {"战术", "tactic"}},
      {ItemKind::technique, "technique", {"技术手法", "technique"}},
      {ItemKind::mitigation, "mitigation", {"缓解措施", "mitigation"}},
      {ItemKind::control, "control", {"控制项", "control"}},
      {ItemKind::article, "article", {"条", "article"}},
      {ItemKind::aspect, "aspect", {"方面", "aspect"}},
  }};
};

struct Manifest {
  std::string id;
  std::string version;
  double requires_engine = 0;
  Date facts_as_of;
};

struct Source {
  std::string id;
  std::string url;
  std::string about;
  std::string quality;
};

// A part (A to E) or node of the standards system's structure.
struct Part {
  std::string id;
  Text title;
  double level = 0;
  std::string parent;
  Confidence confidence{};
  std::vector<std::string> sources;
  std::string note;
};

// A place in an edition of the system: taken by a named member, by one of its candidates, or not
// named at all.
struct Slot {
  SlotState state{};
  Kind kind{};
  std::string member;
  std::vector<std::string> candidates;
  Confidence confidence{};
  Text note;
};

struct Edition {
  std::string id;
  Text title;
  Date date;
  Confidence confidence{};
  std::vector<std::string> sources;
  Text note;
  std::vector<Slot> slots;
};

struct HistoryEvent {
  Date date;
  DocumentStatus status{};
  Confidence confidence{};
  Text note;
};

struct FieldNote {
  std::string field;
  std::string note;
};

struct ThresholdPart {
  std::string name;
  Op op{};
  double value = 0;
};

// A clause's limit. What is set depends on `op`; Op::none means the clause states none.
struct Threshold {
  Op op{};
  std::optional<double> value;
  std::string text;
  std::vector<std::string> values;
  std::optional<double> low;
  std::optional<double> high;
  std::vector<ThresholdPart> parts;
  Text unit;
};

struct Clause {
  std::string id;        // "<standard>/<code>"; made by the loader
  std::string standard;  // made by the loader
  std::string code;
  std::string place;
  Subject subject{};
  Text statement;
  Threshold threshold;
  TestKind test{};
  std::vector<Text> inputs;
  std::string applies;
  std::vector<std::string> controls;
  Confidence confidence{};
  std::string source_strength;
  std::vector<std::string> sources;
  Text note;
};

// A document of the catalogue, with its clauses.
struct Standard {
  std::string id;
  std::string number;
  std::vector<std::string> aliases;
  Text title;
  Kind kind{};
  std::string part;
  Confidence part_confidence{};
  Membership in_v1{};
  std::string in_v1_note;
  Date issued;
  Date effective;
  std::vector<HistoryEvent> history;
  std::vector<std::string> supersedes;
  std::string applies;
  Text key_issue;
  Confidence key_issue_confidence{};
  Text content;
  Confidence confidence{};
  std::vector<FieldNote> field_confidence;
  std::vector<std::string> sources;
  Text note;
  std::vector<Clause> clauses;  // from clauses.yaml

  // What the document was on `date`; before its first event Status::not_started.
  DocumentStatus status(const Date& date) const;
};

// The measurement of a check that speaks for a control. `faults`: it counts violations, so the
// clause holds when it is 0, whatever form its threshold has.
struct Measure {
  std::string name;
  std::string check;
  std::string value;
  bool faults = false;
};

struct Control {
  std::string id;
  Text title;
  Subject subject{};
  Text why;
  Text ask;
  Text mend;
  std::vector<Measure> measures;
};

// A condition over the description of a system (engine/plan.h evaluates it).
struct Condition {
  std::string id;
  bool always = false;
  std::string field;
  std::vector<std::string> any_of;
  std::vector<std::string> all_of;
  std::vector<std::string> one_of;
  std::vector<std::string> none_of;
  Text yes;
  Text no;
};

struct NamedNumber {
  std::string name;
  double value = 0;
};

struct Item {
  std::string id;
  ItemKind kind{};
  std::string number;
  std::vector<std::string> parents;
  Text title;
  Text text;
  std::vector<std::string> marks;
  std::vector<NamedNumber> minima;
  Confidence confidence{};
  std::vector<FieldNote> field_confidence;
  std::vector<std::string> sources;
  Text note;
};

struct Framework {
  std::string id;
  Text title;
  std::string edition;
  Text publisher;
  Date date;
  std::string document;
  Confidence confidence{};
  std::vector<std::string> sources;
  Text note;
  std::vector<Item> items;
};

struct Mapping {
  std::string subject;
  std::string subject_label;
  std::string predicate;
  std::string object;
  std::string object_label;
  std::string justification;
  std::optional<double> score;
  std::string source;
  std::string comment;
  Confidence confidence{};
};

struct Prefix {
  std::string prefix;
  std::string url;
};

// One SSSOM file.
struct MappingSet {
  std::string id;  // name of the file before .sssom.tsv
  std::string set;
  std::string title;
  std::string license;
  std::string comment;
  std::vector<Prefix> prefixes;
  std::vector<Mapping> rows;
};

struct LexiconEntry {
  std::string value;
  std::string argument;
  Text note;
};

struct Lexicon {
  std::string id;
  Text title;
  Text note;
  std::vector<LexiconEntry> entries;
};

struct TimelineEvent {
  Date date;
  Text event;
  Confidence confidence{};
};

// White papers, other systems, gaps and warnings: what is worth knowing and is no document.
struct ReferenceNote {
  std::string id;
  std::string kind;
  Text title;
  Text text;
  Confidence confidence{};
  std::vector<std::string> sources;
};

// All of content/. Vectors are in order of id, but clauses, items, slots and history as written.
struct Content {
  Manifest manifest;
  std::vector<Source> sources;
  std::vector<Part> parts;
  std::vector<Edition> editions;
  std::vector<Standard> standards;
  std::vector<Control> controls;
  std::vector<Condition> conditions;
  std::vector<Framework> frameworks;
  std::vector<MappingSet> mappings;
  std::vector<Lexicon> lexicons;
  std::vector<TimelineEvent> timeline;
  std::vector<ReferenceNote> notes;
  std::string digest;  // SHA-256 of the compiled form, hexadecimal; set by the loader
};

// Look-ups by id; null where there is none. Linear in the number of rows of the kind.
const Standard* find_standard(const Content& content, std::string_view id);
const Clause* find_clause(const Content& content, std::string_view id);
const Control* find_control(const Content& content, std::string_view id);
const Condition* find_condition(const Content& content, std::string_view id);
const Framework* find_framework(const Content& content, std::string_view id);
const Item* find_item(const Framework& framework, std::string_view id);
const Lexicon* find_lexicon(const Content& content, std::string_view id);

}  // namespace assay
