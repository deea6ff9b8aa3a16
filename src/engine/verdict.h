// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/plan.h"

namespace assay {

// Everything the checks of a run have said, by the names that controls use.
struct Facts {
  std::map<std::string, CheckEnd, std::less<>> ends;                   // check id
  std::map<std::string, Measurement, std::less<>> measurements;        // "check.name"
  std::map<std::string, Text, std::less<>> titles;                     // "check.name", for people
  std::map<std::string, std::vector<Attested>, std::less<>> attested;  // control or clause id
  std::map<std::string, std::vector<Evidence>, std::less<>> evidence;  // check id
  std::map<std::string, std::uint64_t, std::less<>>
      findings;  // "check.name", "check." for the rest
};

// Whether `measurement` keeps the clause's limit. `measure.faults` asks for 0 whatever the form of
// the limit; a limit in parts is judged by the part that bears the measure's name; nullopt where
// the clause gives nothing to judge by.
std::optional<bool> keeps(const Threshold& threshold, const Measure& measure, double value);

// The verdict on one planned clause: a pure function of what was measured and the content's limits.
// - A clause that does not apply is not applicable.
// - Each control is answered by its measurements, or by an attestation for it or the clause, or
//   not at all. One control that does not hold decides: not satisfied. A measure with `of` whose
//   count is 0 has nothing to judge; where that is all, the clause is not applicable.
// - A measure by `interval` answers only where both limits of the measurement say the same.
// - Then: a check that failed to run gives could not run; an unanswered control needs a person;
//   only when every control is answered and holds is the clause satisfied. No data is never a pass.
// - An attestation cannot overrule a measurement.
// - Where only recommended parts of a limit fail, the result is a recommendation not met.
ClauseResult judge(const PlannedClause& planned, const Content& content, const Facts& facts);

std::vector<ClauseResult> judge_all(const Plan& plan, const Content& content, const Facts& facts);

// How many clauses have each verdict; unverified ones are counted apart.
struct Totals {
  std::array<std::uint64_t, 5> verified{};
  std::array<std::uint64_t, 5> unverified{};
  std::uint64_t count(Verdict verdict) const { return verified[static_cast<std::size_t>(verdict)]; }
};
Totals totals(const std::vector<ClauseResult>& results);

// 0 all satisfied, recommendations too; 1 something not satisfied, 3 something undecided;
// unverified clauses do not change it. A run in which nothing verified applies is undecided.
int exit_code(const std::vector<ClauseResult>& results);

}  // namespace assay
