// SPDX-License-Identifier: Apache-2.0
//
// Runs made in memory for the tests of the writers, and goldens.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace assay::report {

// Owns what an Input borrows.
struct Sample {
  RunHeader header;
  System system;
  Content content;
  std::vector<ClauseResult> results;
  std::map<std::string, CheckEnd> ends;
  std::vector<Evidence> evidence;
  std::vector<FindingGroup> groups;
  std::map<std::string, Text> check_titles;
  std::map<std::string, Text, std::less<>> measurement_titles;

  // Findings are made while they are visited.
  Input input(Language language) const;
};

Sample empty_run();       // no clause, no check
Sample mixed_run();       // verified clauses of all verdicts, with measurements and findings
Sample everything_run();  // the same and unverified, attested, unknown and hostile things
const std::vector<std::pair<std::string, Sample>>& standard_runs();

// Tries to leave its place in a page: tags, quotes, controls, overrides, ill-formed UTF-8.
extern const std::string_view kHostile;

std::string written(std::string_view writer, const Input& input);
const Writer& writer_named(std::string_view id);

// Compares with src/report/<writer>/golden/<file>; with ASSAY_ACCEPT=1 in the environment writes
// it.
testing::AssertionResult matches_golden(std::string_view writer, const std::string& file,
                                        const std::string& actual);

}  // namespace assay::report
