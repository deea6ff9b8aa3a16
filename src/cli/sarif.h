// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/flaw.h"

namespace assay::cli {

// Where in a text file; line 0 for nowhere in particular.
struct SarifPlace {
  std::uint64_t line = 0;    // from 1
  std::uint64_t offset = 0;  // in bytes
};

// Flaws of files as one SARIF 2.1.0 log (OASIS), for code scanning views.
class Sarif {
 public:
  // `path` as the user gave it; relative ones stay relative.
  void add(const std::string& path, const Flaw& flaw, const std::vector<std::string>& clauses,
           SarifPlace place = {});
  std::string str() const;

 private:
  std::map<std::string, std::string> rules_;  // by id, as JSON
  std::vector<std::string> results_;
};

}  // namespace assay::cli
