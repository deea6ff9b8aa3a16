// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "formats/zip_archive.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const Bytes bytes = std::as_bytes(std::span(data, size));
  MemorySource in(bytes);
  const auto result = formats::zip::read(in, {.entries = 1000, .directory_bytes = 65536});
  if (!result.ok() && (result.error().code == Code::internal || result.error().offset > size))
    std::abort();
  if (!result.ok()) return 0;
  for (const auto& entry : result->entries) {
    const auto unpacked = formats::zip::unpack(in, entry, 65536);
    if (unpacked.ok() && unpacked->size() > 65536) std::abort();
    if (!unpacked.ok() && unpacked.error().code == Code::internal) std::abort();
  }
  return 0;
}
