// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"

namespace assay::formats::pdf {

// Undoes the filters of PNG rows (PNG third edition, 9.2): each begins with the number of its
// filter. `pixel` is the bytes of a pixel, `row` those of a row without that number.
Result<std::string> without_png_filters(const std::string& filtered, std::uint64_t row,
                                        std::uint64_t pixel);

}  // namespace assay::formats::pdf
