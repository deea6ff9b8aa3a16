// SPDX-License-Identifier: Apache-2.0
//
// What a Change makes of a file that was scanned.
#pragma once

#include "formats/isobmff/scan.h"

namespace assay::formats::isobmff {

// Edits of all but image items.
Status edit_boxes(const Scan& scan, const Change& change, Patches& patches);

// Keys of moov/udta/meta: those whose entries are taken out go too, and a label comes. After
// edit_boxes().
Status write_keys(BoxReader& boxes, const Scan& scan, const Change& change, Patches& patches);

// Edits of image items and a new one of XMP. Nothing but move_offsets() may follow.
Status write_image(const Scan& scan, const Change& change, std::uint64_t file_size,
                   Patches& patches);

}  // namespace assay::formats::isobmff
