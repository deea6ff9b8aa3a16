// SPDX-License-Identifier: Apache-2.0
//
// The metadata of a PNG; README.md has the bytes.
#pragma once

#include "formats/media.h"

namespace assay::formats::png {

extern const std::span<const MediaFormat> kMedia;

}  // namespace assay::formats::png
