// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace assay::content {

// The JSON Schema (draft-07) of system.yaml, for editors: one line of JSON.
std::string system_schema();

}  // namespace assay::content
