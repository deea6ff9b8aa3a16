// SPDX-License-Identifier: Apache-2.0
//
// The index of further pictures behind the first one (CIPA DC-007, multi-picture format).
#pragma once

#include "base/byte_source.h"
#include "formats/jpeg/segments.h"
#include "formats/patches.h"

namespace assay::formats::jpeg {

// Puts the places and sizes of the index in `segment`, if it holds one that can be read, to what
// `patches` make of the file.
Status move_pictures(ByteSource& in, const Segment& segment, Patches& patches);

}  // namespace assay::formats::jpeg
