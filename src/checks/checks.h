// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "engine/check.h"

namespace assay {

// Every check of checks.def, in its order.
std::span<const Check* const> all_checks();

}  // namespace assay
