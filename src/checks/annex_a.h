// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/content.h"

namespace assay::checks {

// The risks of Annex A of GB/T 45654 and the aspects of its should-not-refuse bank, as the content
// has them.
struct AnnexA {
  struct Risk {
    std::string id;
    std::string group;  // the class it belongs to: A.1 … A.5
    bool must_refuse = false;
  };
  std::vector<Risk> risks;
  std::vector<std::string> aspects;

  std::vector<std::string> risk_ids() const;
};

// Code::not_found where the content lacks the framework or its risks.
Result<AnnexA> annex_a(const Content& content);

// Of `counts`, one for each risk: the least, and how many are not 0, among the risks that `among`
// picks. None picked: 0.
using RiskFilter = std::function<bool(const AnnexA::Risk&)>;
std::uint64_t least(const AnnexA& annex, const std::vector<std::uint64_t>& counts,
                    const RiskFilter& among);
std::uint64_t covered(const AnnexA& annex, const std::vector<std::uint64_t>& counts,
                      const RiskFilter& among);

}  // namespace assay::checks
