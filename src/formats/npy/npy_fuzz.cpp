// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "formats/npy/npy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const Bytes bytes = std::as_bytes(std::span(data, size));
  MemorySource in(bytes);
  const auto result = formats::npy::read(in, {});
  if (!result.ok() && (result.error().code == Code::internal || result.error().offset > size))
    std::abort();
  return 0;
}
