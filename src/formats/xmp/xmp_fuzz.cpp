// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "formats/xmp/xmp.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const Bytes bytes = std::as_bytes(std::span(data, size));
  const auto result = formats::xmp::find(
      bytes, "AIGC", {.packet_bytes = 65536, .nodes = 1000, .depth = 30, .properties = 30});
  if (!result.ok() && (result.error().code == Code::internal || result.error().offset > size))
    std::abort();
  if (result.ok() && result->size() > 30) std::abort();
  return 0;
}
