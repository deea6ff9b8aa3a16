// SPDX-License-Identifier: Apache-2.0
//
// The metadata of a WebP; README.md has the bytes.
#pragma once

#include "formats/media.h"

namespace assay::formats::webp {

extern const std::span<const MediaFormat> kMedia;

}  // namespace assay::formats::webp
