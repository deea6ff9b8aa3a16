// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/content.h"
#include "model/result_types.h"
#include "model/system.h"

namespace assay::report {

// One run, ready to be written. Findings stay where they are and are streamed: a report of a
// million findings takes the memory of a page. Everything outlives the call.
struct Input {
  const RunHeader& header;
  const System& system;
  const Content& content;
  const std::vector<ClauseResult>& results;
  const std::map<std::string, CheckEnd>& ends;
  const std::vector<Evidence>& evidence;
  const std::vector<FindingGroup>& groups;
  std::map<std::string, Text> check_titles;
  std::map<std::string, Text, std::less<>> measurement_titles;  // by "check.name"
  std::string results_digest;  // SHA-256 of the results in canonical order, hexadecimal
  Language language;           // the one a reader sees first
  // Visits up to `limit` findings (of `group` only, when not null) in canonical order, as JSON.
  std::function<Status(const FindingGroup* group, std::uint64_t limit,
                       const std::function<void(std::string_view)>& visit)>
      each_finding;
  // The kept bytes of a piece of evidence; where it is not given no pictures are shown.
  std::function<Result<std::string>(const std::string& digest)> evidence_bytes = {};
};

// Where a writer puts its bytes; an Error (disk full) ends the report.
using Out = std::function<Status(std::string_view)>;

// The same input gives the same bytes: no clock, no random numbers, no addresses.
struct Writer {
  std::string_view id;         // "html"
  std::string_view extension;  // "html"
  StaticText title;
  Status (*write)(const Input& input, const Out& out);
};

// Every writer of writers.def, in its order.
std::span<const Writer* const> all_writers();

}  // namespace assay::report
