// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::stats {

// Draws `count` of `names`, which differ, without putting any back; returns their indices in order.
// A name's rank is SHA-256 over the seed, a line feed and the name; the names of the lowest ranks
// are drawn. So the draw can be made again in any language, and is the same however the names are
// sorted. A count over that of the names draws all.
std::vector<std::size_t> draw(const std::vector<std::string>& names, std::size_t count,
                              std::string_view seed);

}  // namespace assay::stats
