// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "formats/xmp/xmp_soundness.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const std::string_view packet = as_text(std::as_bytes(std::span(data, size)));
  const std::string wrong = formats::xmp::unsound(packet, R"({"Label":"1<&>]]>"})");
  if (!wrong.empty()) {
    std::fprintf(stderr, "%s\n", wrong.c_str());
    std::abort();
  }
  return 0;
}
