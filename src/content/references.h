// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "content/origins.h"
#include "content/source.h"

namespace assay::content {

// How a row is called in Origins: "clause/gb-45438/LBL-TXT-001".
std::string row_name(const char* kind, const std::string& id);

// How a mapping is called in Origins: rows of one set are the same where subject, predicate and
// object are.
std::string mapping_name(const std::string& set, const Mapping& row);

// Reports what the schema cannot see: names of things that do not exist, cycles, shapes of
// thresholds and conditions, order of history.
void check_references(const Content& content, const SourceOptions& options, const Origins& origins);

}  // namespace assay::content
