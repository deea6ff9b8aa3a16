// SPDX-License-Identifier: Apache-2.0
#include "formats/media_fuzz_target.h"

namespace assay::formats::id3 {
extern const std::span<const MediaFormat> kMedia;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return assay::formats::fuzz_media(assay::formats::id3::kMedia, data, size);
}
