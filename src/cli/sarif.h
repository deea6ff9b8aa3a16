// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/flaw.h"

namespace assay::cli {

// Flaws of files as one SARIF 2.1.0 log (OASIS), for code scanning views.
class Sarif {
 public:
  // `path` as the user gave it; relative ones stay relative.
  void add(const std::string& path, const Flaw& flaw, const std::vector<std::string>& clauses);
  std::string str() const;

 private:
  std::map<std::string, std::string> rules_;  // by id, as JSON
  std::vector<std::string> results_;
};

}  // namespace assay::cli
