// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/node.h"
#include "model/content.h"

namespace assay::content {

// A number as it is written in the content: 4000, 97.5.
std::string text_of(double number);

// Reports keys that the threshold's `op` needs and has not, or has and must not.
void check_threshold(const Threshold& threshold,
                     const std::function<void(FaultId, std::vector<std::string>)>& report);

}  // namespace assay::content
