// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "formats/safetensors/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const Bytes bytes = std::as_bytes(std::span(data, size));
  MemorySource in(bytes);
  const auto result = formats::safetensors::read(in, {.header_bytes = 65536, .tensors = 1000});
  if (!result.ok() && (result.error().code == Code::internal || result.error().offset > size))
    std::abort();
  if (!result.ok()) return 0;
  // Sound means that the tensors are all of the data.
  std::uint64_t total = 0;
  for (const auto& tensor : result->tensors) total += tensor.end - tensor.begin;
  if (total != size - result->data_offset) std::abort();
  return 0;
}
