// SPDX-License-Identifier: Apache-2.0
//
// What all writers count: verdicts in all, by standard and by risk. Points into the Input, which
// must outlive it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "report/report.h"

namespace assay::report {

// The order in which people read verdicts.
inline constexpr std::array kVerdicts = {Verdict::satisfied, Verdict::not_satisfied,
                                         Verdict::needs_person, Verdict::could_not_run,
                                         Verdict::not_applicable};

// How many clauses have each verdict; unverified ones are counted apart.
struct Tally {
  std::array<std::uint64_t, kVerdicts.size()> verified{};
  std::array<std::uint64_t, kVerdicts.size()> unverified{};
  std::array<std::uint64_t, kVerdicts.size()> recommended{};  // of the verified: Force::should

  void add(const ClauseResult& result);
  void add(const Tally& other);
  std::uint64_t count(Verdict verdict) const { return verified[static_cast<std::size_t>(verdict)]; }
  std::uint64_t count_unverified(Verdict verdict) const {
    return unverified[static_cast<std::size_t>(verdict)];
  }
  std::uint64_t count_recommended(Verdict verdict) const {
    return recommended[static_cast<std::size_t>(verdict)];
  }
  std::uint64_t all_verified() const;
  std::uint64_t all_unverified() const;
  std::uint64_t applicable() const { return all_verified() - count(Verdict::not_applicable); }
  // Whether any clause applies, verified or not.
  bool concerns() const;
};

struct StandardSummary {
  std::string id;
  const Standard* standard = nullptr;  // null: the content does not know it
  Tally tally;
  std::vector<const ClauseResult*> results;
};

// A risk that documents of this run bear on, by a mapping row `assay:mitigates`. A document counts
// with all its clauses for each of its risks.
struct RiskSummary {
  const Framework* framework = nullptr;
  const Item* risk = nullptr;
  const Item* group = nullptr;  // first parent, null where there is none
  Confidence confidence{};      // the weakest of the rows that lead here
  Tally tally;
  std::vector<const Standard*> standards;
};

struct Summary {
  Tally all;
  std::map<Strength, std::uint64_t> strengths;  // clauses by what their statement rests on
  std::vector<StandardSummary> standards;  // in the order of the results, those that concern first
  std::vector<RiskSummary> risks;          // in the framework's order
  std::uint64_t checks = 0;
  std::uint64_t checks_failed = 0;  // infrastructure errors
  std::uint64_t findings = 0;
};

Summary summarise(const Input& input);

// What people are told of a clause's standing, in all writers.
inline constexpr StaticText kSourced = {"有来源", "sourced"};
inline constexpr StaticText kUnverified = {"未核实", "unverified"};
inline constexpr StaticText kUnverifiedMeans = {
    "未核实：条款凭记忆写成，或仅知标题；单独列出，不影响结论。",
    "Unverified: the clause is known from memory or by title only; listed apart, without effect on "
    "the outcome."};
inline constexpr StaticText kRecommendedBroken = {"推荐性要求未达到", "Recommendations not met"};

// "二手来源 190、译文 23": how many clauses rest on what, the strongest first.
Text strengths_text(const Summary& summary);

}  // namespace assay::report
