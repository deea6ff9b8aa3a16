// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "formats/pickle/pickle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const Bytes bytes = std::as_bytes(std::span(data, size));
  MemorySource in(bytes);
  formats::pickle::Disassembler code(in, 0);
  std::uint64_t at = 0;
  while (true) {
    const auto result = code.next();
    if (!result.ok() && (result.error().code == Code::internal || result.error().offset > size))
      std::abort();
    if (!result.ok()) break;
    // Instructions follow one another without a gap.
    if (result->offset != at || result->end <= at || result->end > size) std::abort();
    at = result->end;
  }
  return 0;
}
