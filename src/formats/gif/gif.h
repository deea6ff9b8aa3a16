// SPDX-License-Identifier: Apache-2.0
//
// The metadata of a GIF; README.md has the bytes.
#pragma once

#include "formats/media.h"

namespace assay::formats::gif {

extern const std::span<const MediaFormat> kMedia;

}  // namespace assay::formats::gif
