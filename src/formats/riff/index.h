// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/patches.h"
#include "formats/riff/layout.h"

namespace assay::formats::riff {

// Adds to `patches` what keeps an AVI's indexes true where those so far move the film.
Status move_indexes(ByteSource& in, const Layout& layout, const MediaLimits& limits,
                    Patches& patches);

}  // namespace assay::formats::riff
