// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "formats/prose/prose.h"

// The first byte chooses how the rest is read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  using namespace assay::formats;
  if (size == 0) return 0;
  MemorySource in(std::as_bytes(std::span(data + 1, size - 1)));
  const auto kind = static_cast<prose::Kind>(data[0] % 4);
  const auto read = prose::read(in, kind, {.bytes = 1 << 20, .blocks = 1000});
  if (!read.ok()) {
    if (read.error().code == Code::internal) std::abort();
    return 0;
  }
  for (const prose::Block& block : read->blocks)
    if (block.offset >= in.size() || (block.raw && block.offset + block.text.size() > in.size()))
      std::abort();
  return 0;
}
