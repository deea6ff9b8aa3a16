// SPDX-License-Identifier: Apache-2.0
//
// How explain() puts an answer together; used by its own files only.
#pragma once

#include "catalog/explain.h"

namespace assay::catalog {

// Collects facts; an empty value adds none.
class Facts {
 public:
  Facts& add(std::string_view key, StaticText label, const Text& value);
  Facts& add(std::string_view key, StaticText label, const std::string& value);
  Facts& add(std::string_view key, StaticText label, std::vector<Text> values);
  Facts& add(std::string_view key, StaticText label, const std::vector<std::string>& values);
  Facts& sure(Confidence confidence, const std::vector<FieldNote>& fields = {});
  Facts& sources(const std::vector<std::string>& sources, const Text& note);
  std::vector<Fact> take() { return std::move(facts_); }

 private:
  std::vector<Fact> facts_;
};

namespace label {
inline constexpr StaticText kWhat = {"是什么", "What it is"};
inline constexpr StaticText kWhy = {"为什么", "Why"};
inline constexpr StaticText kUsed = {"用在哪里", "Where it is used"};
inline constexpr StaticText kChecked = {"如何检查", "How it is checked"};
inline constexpr StaticText kSure = {"可信程度", "How sure we are"};
inline constexpr StaticText kSources = {"来源", "Sources"};
inline constexpr StaticText kNote = {"备注", "Note"};
inline constexpr StaticText kRisks = {"应对的风险", "Risks it answers"};
inline constexpr StaticText kDocuments = {"相关文件", "Documents"};
inline constexpr StaticText kStatus = {"状态", "Status"};
inline constexpr StaticText kPlace = {"位置", "Place"};
inline constexpr StaticText kApplies = {"适用条件", "Applies to"};
inline constexpr StaticText kMend = {"如何整改", "How to put it right"};
inline constexpr StaticText kLimit = {"限值", "Limit"};
inline constexpr StaticText kForce = {"力度", "Force"};
inline constexpr StaticText kInputs = {"所需输入", "Inputs"};
}  // namespace label

// "gbt-45654/GAI-KW-001  statement".
Text clause_line(const Clause& clause);
Text document_line(const Standard& standard, const Date& as_of);
Text condition_line(const Content& content, std::string_view id);

std::vector<const Clause*> clauses_of_control(const Content& content, std::string_view control);

struct Explainer {
  const Content& content;
  std::span<const CheckInfo> checks;
  Date as_of;

  Explanation operator()(const Standard* standard) const;
  Explanation operator()(const Clause* clause) const;
  Explanation operator()(const Control* control) const;
  Explanation operator()(const Framework* framework) const;
  Explanation operator()(const std::pair<const Framework*, const Item*>& item) const;
  Explanation operator()(const Condition* condition) const;
  Explanation operator()(const CheckInfo* check) const;
  Explanation operator()(const Part* part) const;
  Explanation operator()(const Lexicon* lexicon) const;
  Explanation operator()(const Edition* edition) const;
  Explanation operator()(const MappingSet* set) const;
  Explanation operator()(const Source* source) const;
  Explanation operator()(const ReferenceNote* note) const;
  Explanation operator()(const WordInfo* word) const;

  Text check_line(const Measure& measure) const;
};

}  // namespace assay::catalog
