// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "formats/png/png.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const Bytes bytes = std::as_bytes(std::span(data, size));
  MemorySource in(bytes);
  const auto result =
      formats::png::read(in, {.chunks = 1000, .text_bytes = 65536, .total_text_bytes = 131072});
  if (!result.ok() && (result.error().code == Code::internal || result.error().offset > size))
    std::abort();
  if (result.ok())
    for (const auto& chunk : result->chunks)
      if (chunk.value.size() > 65536) std::abort();
  return 0;
}
