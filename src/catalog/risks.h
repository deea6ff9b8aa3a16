// SPDX-License-Identifier: Apache-2.0
//
// Which document answers which risk. Rows exist for one edition of the governance framework; other
// editions are reached through the concordance between editions and say so.
#pragma once

#include "catalog/documents.h"

namespace assay::catalog {

struct RiskLink {
  std::string risk;  // "<framework>:<item>"
  const Standard* standard = nullptr;
  Confidence confidence{};
  // The risks of the edition that the row was written for; empty where the row is direct.
  std::vector<std::string> via;
  std::string comment;
};

// Of a risk without any mapping row: nobody has looked, which is not "no document".
inline constexpr StaticText kNotMapped = {"未建立映射", "not mapped"};

bool is_risk(const Item& item);

// The governance framework of an edition ("2.0"), or the framework with that id; null: none.
const Framework* framework_of_edition(const Content& content, std::string_view edition);
std::vector<const Framework*> governance_frameworks(const Content& content);

// Every document to risk link of `framework`, a pair once, in order of the framework's items.
std::vector<RiskLink> risk_links(const Content& content, const Framework& framework);
// Those of one risk (any edition, with or without its framework) or of one document (the editions
// that its rows were written for).
std::vector<RiskLink> links_of_risk(const Content& content, std::string_view risk);
std::vector<RiskLink> links_of_document(const Content& content, const Standard& standard);

// Items that `risk` is in other editions of the governance framework.
std::vector<std::string> concordance(const Content& content, std::string_view risk,
                                     const Framework& other);

// "aisgf-1:V1-3.1.1a" for "V1-3.1.1a"; every item of that name.
std::vector<std::string> qualify_item(const Content& content, std::string_view id);

struct RiskRow {
  const Item* item = nullptr;
  std::string ref;
  std::vector<const RiskLink*> links;
};

// Risks of one edition against the documents that answer at least one of them.
struct RiskMatrix {
  const Framework* framework = nullptr;
  bool through_concordance = false;
  std::vector<RiskLink> links;
  std::vector<RiskRow> rows;
  std::vector<const Standard*>
      documents;  // in order of part and number, what is not normative last

  const RiskLink* at(const RiskRow& row, const Standard& standard) const;
};

RiskMatrix risk_matrix(const Content& content, const Framework& framework, const Date& as_of);

// How far the documents for one risk, or in one part, are.
struct Gap {
  std::string id;
  const Text* title = nullptr;
  std::map<Stage, std::vector<const Standard*>> by_stage;  // normative documents
  std::vector<const Standard*> others;                     // reports, laws, frameworks
  bool through_concordance = false;
  bool mapped = true;  // false: no row, in any edition reached, leads from a document to the risk

  std::size_t count(Stage wanted) const;
  // "in-force", "issued", "in-development": the best that there is; "none"; "not-mapped".
  std::string_view state() const;
};

std::vector<Gap> risk_gaps(const Content& content, const Framework& framework, const Date& as_of);
// Of the five parts and the nodes of the V1.0 diagram; a document counts in its node and its part.
std::vector<Gap> part_gaps(const Content& content, const Date& as_of);

}  // namespace assay::catalog
