// SPDX-License-Identifier: Apache-2.0
#include "report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

namespace assay::report {
namespace {

std::string standard_of(const ClauseResult& result) {
  return result.standard.empty() ? result.clause.substr(0, result.clause.find('/'))
                                 : result.standard;
}

std::vector<StandardSummary> by_standard(const Input& input) {
  std::vector<StandardSummary> out;
  std::map<std::string, std::size_t> places;
  for (const ClauseResult& result : input.results) {
    const std::string id = standard_of(result);
    const auto [place, fresh] = places.try_emplace(id, out.size());
    if (fresh) out.push_back({id, find_standard(input.content, id), {}, {}});
    out[place->second].tally.add(result);
    out[place->second].results.push_back(&result);
  }
  std::stable_partition(out.begin(), out.end(),
                        [](const StandardSummary& one) { return one.tally.concerns(); });
  return out;
}

struct Link {
  const StandardSummary* standard;
  Confidence confidence;
};

// Documents of this run by the CURIE of the risk they mitigate.
std::map<std::string, std::vector<Link>> links(const Input& input,
                                               const std::vector<StandardSummary>& standards) {
  constexpr std::string_view kPrefix = "standard:";
  std::map<std::string, std::vector<Link>> out;
  for (const MappingSet& set : input.content.mappings) {
    for (const Mapping& row : set.rows) {
      if (row.predicate != "assay:mitigates" || !row.subject.starts_with(kPrefix)) continue;
      const auto at =
          std::ranges::find(standards, row.subject.substr(kPrefix.size()), &StandardSummary::id);
      if (at == standards.end() || at->standard == nullptr) continue;
      std::vector<Link>& found = out[row.object];
      if (std::ranges::find(found, &*at, &Link::standard) == found.end())
        found.push_back({&*at, row.confidence});
    }
  }
  return out;
}

RiskSummary sum_up(const Framework& framework, const Item& risk, const std::vector<Link>& from) {
  RiskSummary out{&framework, &risk, nullptr, Confidence::sourced, {}, {}};
  if (!risk.parents.empty()) out.group = find_item(framework, risk.parents.front());
  for (const Link& link : from) {
    out.tally.add(link.standard->tally);
    out.standards.push_back(link.standard->standard);
    out.confidence = std::min(out.confidence, link.confidence);
  }
  return out;
}

std::vector<RiskSummary> by_risk(const Input& input,
                                 const std::vector<StandardSummary>& standards) {
  const auto linked = links(input, standards);
  std::vector<RiskSummary> out;
  for (const Framework& framework : input.content.frameworks) {
    for (const Item& item : framework.items) {
      const auto at = linked.find(framework.id + ":" + item.id);
      if (at != linked.end()) out.push_back(sum_up(framework, item, at->second));
    }
  }
  return out;
}

}  // namespace

void Tally::add(const ClauseResult& result) {
  ++(result.verified ? verified : unverified)[static_cast<std::size_t>(result.verdict)];
  if (result.verified && result.force == Force::should)
    ++recommended[static_cast<std::size_t>(result.verdict)];
}

void Tally::add(const Tally& other) {
  for (std::size_t i = 0; i < verified.size(); ++i) {
    verified[i] += other.verified[i];
    unverified[i] += other.unverified[i];
    recommended[i] += other.recommended[i];
  }
}

std::uint64_t Tally::all_verified() const {
  return std::accumulate(verified.begin(), verified.end(), std::uint64_t{0});
}

std::uint64_t Tally::all_unverified() const {
  return std::accumulate(unverified.begin(), unverified.end(), std::uint64_t{0});
}

bool Tally::concerns() const {
  const std::uint64_t not_applicable =
      count(Verdict::not_applicable) + count_unverified(Verdict::not_applicable);
  return all_verified() + all_unverified() > not_applicable;
}

Summary summarise(const Input& input) {
  Summary out;
  out.standards = by_standard(input);
  for (const StandardSummary& standard : out.standards) out.all.add(standard.tally);
  for (const ClauseResult& result : input.results)
    if (const Clause* clause = find_clause(input.content, result.clause))
      ++out.strengths[clause->source_strength];
  out.risks = by_risk(input, out.standards);
  out.checks = input.ends.size();
  for (const auto& [id, end] : input.ends)
    if (!end.finished) ++out.checks_failed;
  for (const FindingGroup& group : input.groups) out.findings += group.count;
  return out;
}

Text strengths_text(const Summary& summary) {
  Text out;
  for (auto at = summary.strengths.rbegin(); at != summary.strengths.rend(); ++at) {
    const StaticText name = row(at->first).name;
    out.zh += fmt::format("{}{} {}", out.zh.empty() ? "" : "、", name.zh, at->second);
    out.en += fmt::format("{}{} {}", out.en.empty() ? "" : ", ", name.en, at->second);
  }
  return out;
}

}  // namespace assay::report
