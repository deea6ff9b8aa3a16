// SPDX-License-Identifier: Apache-2.0
//
// What the faults of a label are about, for the check of media outputs and for the command line.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "checks/subject_files.h"
#include "model/content.h"

namespace assay::checks {

inline constexpr std::string_view kLabelCheck = "label_metadata";
inline constexpr std::string_view kExplicitCheck = "label_explicit";

// Formats whose label one clause places, and the measurement of those where it stands elsewhere.
struct LabelFamily {
  std::string_view misplaced;  // the measurement's name
  StaticText title;
  std::vector<std::string_view> formats;  // MediaFormat::name
};
const std::vector<LabelFamily>& label_families();
const LabelFamily* label_family(std::string_view format);  // null: no guide places it

struct LabelMeasurement {
  std::string_view check;
  std::string_view name;  // empty: the flaw is about none
};
// The measurement that a flaw of a file of `format` is about.
LabelMeasurement label_measurement(std::string_view flaw, std::string_view format);

// Ids of the clauses whose controls rest on that measurement, in the content's order.
std::vector<std::string> label_clauses(const Content& content, const LabelMeasurement& measurement);

}  // namespace assay::checks
