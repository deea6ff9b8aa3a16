// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "label/c2pa.h"
#include "label/c2pa_store.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const Bytes bytes = std::as_bytes(std::span(data, size));
  MemorySource in(bytes);
  const auto store = label::find_c2pa_store(in);
  if (!store.ok() && (store.error().code == Code::internal || store.error().offset > size))
    std::abort();
  const auto result = label::read_c2pa(in, {});
  if (!result.ok() && result.error().code == Code::internal) std::abort();
  // Nobody vouches for a signer without a trust list.
  if (result.ok() && result->verdict == label::C2paVerdict::valid) std::abort();
  return 0;
}
