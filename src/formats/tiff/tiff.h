// SPDX-License-Identifier: Apache-2.0
//
// The metadata of a TIFF; README.md has the bytes.
#pragma once

#include "formats/media.h"

namespace assay::formats::tiff {

extern const std::span<const MediaFormat> kMedia;

}  // namespace assay::formats::tiff
