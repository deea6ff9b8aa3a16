// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "formats/exif/exif.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const Bytes bytes = std::as_bytes(std::span(data, size));
  const auto result = formats::exif::read(bytes, {.entries = 100, .value_bytes = 65536});
  if (!result.ok() && (result.error().code == Code::internal || result.error().offset > size))
    std::abort();
  const auto blank = formats::exif::without(bytes, formats::exif::Tag::user_comment,
                                            {.entries = 100, .value_bytes = 65536});
  if (blank.ok() != result.ok() || (blank.ok() && blank->size() != size)) std::abort();
  return 0;
}
