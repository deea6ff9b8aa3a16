// SPDX-License-Identifier: Apache-2.0
#include "formats/media_fuzz_target.h"
#include "formats/tiff/tiff.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return assay::formats::fuzz_media(assay::formats::tiff::kMedia, data, size);
}
