// SPDX-License-Identifier: Apache-2.0
//
// The enumerations of the standards system, with their words in data and their names for people.
#pragma once

#include <array>
#include <cstdint>

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

// What the statement of a clause rests on.
enum class Strength : std::uint8_t {
  unstated,
  no_source,
  title,
  draft,
  secondary,
  quoted,
  translation,
  primary,
};

// Whether a clause demands (应) or recommends (宜); a clause that says nothing demands.
enum class Force : std::uint8_t { shall, should };

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
struct Words<Strength> {
  static constexpr std::array<Word<Strength>, 8> table = {{
      {Strength::unstated, "unstated", {"未说明", "unstated"}},
      {Strength::no_source, "no-source", {"无来源", "no source"}},
      {Strength::title, "title", {"仅知标题", "title only"}},
      {Strength::draft, "draft", {"草案", "draft"}},
      {Strength::secondary, "secondary", {"二手来源", "secondary source"}},
      {Strength::quoted, "quoted", {"转引正式文本", "quotes the official text"}},
      {Strength::translation, "translation", {"译文", "translation"}},
      {Strength::primary, "primary", {"正式文本", "official text"}},
  }};
};

template <>
struct Words<Force> {
  static constexpr std::array<Word<Force>, 2> table = {{
      {Force::shall, "shall", {"要求（应）", "shall"}},
      {Force::should, "should", {"推荐（宜）", "should"}},
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

}  // namespace assay
