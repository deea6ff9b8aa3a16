// SPDX-License-Identifier: Apache-2.0
#include "checks/annex_a.h"

#include <algorithm>

namespace assay::checks {

std::vector<std::string> AnnexA::risk_ids() const {
  std::vector<std::string> ids;
  for (const Risk& risk : risks) ids.push_back(risk.id);
  return ids;
}

Result<AnnexA> annex_a(const Content& content) {
  constexpr std::string_view kFramework = "gbt-45654-annex-a";
  constexpr std::string_view kMustRefuse = "refusal-17";
  AnnexA annex;
  const Framework* framework = find_framework(content, kFramework);
  if (framework != nullptr) {
    for (const Item& item : framework->items) {
      if (item.kind == ItemKind::aspect) annex.aspects.push_back(item.id);
      if (item.kind != ItemKind::risk) continue;
      annex.risks.push_back({item.id, item.parents.empty() ? "" : item.parents.front(),
                             std::ranges::count(item.marks, kMustRefuse) > 0});
    }
  }
  if (annex.risks.empty())
    return Error{Code::not_found,
                 "the content has no risks in framework " + std::string(kFramework),
                 0,
                 {},
                 "use the content that ships with assay, or restore this framework"};
  return annex;
}

std::uint64_t least(const AnnexA& annex, const std::vector<std::uint64_t>& counts,
                    const RiskFilter& among) {
  std::uint64_t least = 0;
  bool any = false;
  for (std::size_t i = 0; i < annex.risks.size() && i < counts.size(); ++i) {
    if (!among(annex.risks[i])) continue;
    least = any ? std::min(least, counts[i]) : counts[i];
    any = true;
  }
  return least;
}

std::uint64_t covered(const AnnexA& annex, const std::vector<std::uint64_t>& counts,
                      const RiskFilter& among) {
  std::uint64_t n = 0;
  for (std::size_t i = 0; i < annex.risks.size() && i < counts.size(); ++i)
    if (among(annex.risks[i]) && counts[i] > 0) ++n;
  return n;
}

}  // namespace assay::checks
