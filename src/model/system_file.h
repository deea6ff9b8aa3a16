// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/files.h"
#include "model/fault.h"
#include "model/system.h"

namespace assay {

// Reads system.yaml. What is wrong with it goes to `faults`, all in one pass; the Error then says
// the first. Paths are not looked at: a check does that.
Result<System> read_system(const fs::path& path, std::vector<Fault>& faults);

// The same from bytes, named `name` in the faults.
Result<System> read_system_text(std::string_view bytes, const std::string& name,
                                std::vector<Fault>& faults);

}  // namespace assay
