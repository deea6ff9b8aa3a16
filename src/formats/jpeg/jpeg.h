// SPDX-License-Identifier: Apache-2.0
//
// The metadata segments of a JPEG; README.md has the bytes.
#pragma once

#include "formats/media.h"

namespace assay::formats::jpeg {

extern const std::span<const MediaFormat> kMedia;

}  // namespace assay::formats::jpeg
