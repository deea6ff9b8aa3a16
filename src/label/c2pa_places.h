// SPDX-License-Identifier: Apache-2.0
//
// Manifest stores in containers that formats/ reads: GIF, TIFF, ID3v2 tags and PDF.
#pragma once

#include <string>

#include "label/c2pa_store.h"

namespace assay::label {

inline constexpr std::uint64_t kMaxStore = std::uint64_t{64} << 20;

// The one part of a container that is the store.
Status add_whole(C2paStore& store, std::string bytes, ByteRange range);

// The store, or Code::not_found.
Result<C2paStore> found(C2paStore store);

Result<C2paStore> c2pa_in_gif(ByteSource& in);
Result<C2paStore> c2pa_in_tiff(ByteSource& in);
Result<C2paStore> c2pa_in_id3(ByteSource& in);  // MP3, FLAC
Result<C2paStore> c2pa_in_pdf(ByteSource& in);

}  // namespace assay::label
