// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace assay::formats {

// May `text` hold a label, or say that something does? In the wild the key AIGC is written in any
// case, and labels of another scheme have ServiceProvider. Fast in what is mostly not text.
bool names_label(std::string_view text);

}  // namespace assay::formats
