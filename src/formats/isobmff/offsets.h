// SPDX-License-Identifier: Apache-2.0
//
// The places that boxes store as bytes of the file: stco, co64, saio, tfhd, tfra, iloc.
#pragma once

#include "formats/isobmff/patches.h"

namespace assay::formats::isobmff {

// Overwrites in `patches` each offset whose bytes they move. `iloc` is the byte of an item
// location box that the caller writes himself.
Status move_offsets(BoxReader& boxes, const std::vector<Box>& top, Patches& patches,
                    std::optional<std::uint64_t> iloc);

}  // namespace assay::formats::isobmff
