// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/check.h"

namespace assay {

// A clause, whether it applies to the system, and why.
struct PlannedClause {
  const Standard* standard = nullptr;
  const Clause* clause = nullptr;
  bool applies = false;
  Text reason;
  std::vector<std::string> checks;   // ids of the checks that measure for it
  std::vector<std::string> missing;  // keys of system.yaml that those checks need and do not find
  std::vector<Text> ask;             // what people must show or do
};

struct Plan {
  std::vector<PlannedClause> clauses;  // in the content's order
  std::vector<const Check*> checks;    // to run: an applicable clause asks, and an input is given
};

// Whether `condition` holds for `system`. A condition that leads back to itself does not hold.
bool holds(const Condition& condition, const System& system, const Content& content);

// The clauses of every document that carries applicability, held against the description on
// `as_of`: in or out by the document's status, then by its condition, then by the clause's own.
// Borrows `content` and `checks`.
Plan make_plan(const System& system, const Content& content, const Date& as_of,
               std::span<const Check* const> checks);

}  // namespace assay
