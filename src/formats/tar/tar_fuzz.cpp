// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <span>

#include "formats/tar/tar.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  MemorySource in(std::as_bytes(std::span(data, size)));
  const formats::tar::Limits limits{.headers = 1000, .name_bytes = 4096};
  formats::tar::Reader reader(in, limits);
  while (true) {
    const auto member = reader.next();
    if (!member.ok() && (member.error().code == Code::internal || member.error().offset > size))
      std::abort();
    if (!member.ok() || !*member) return 0;
    if ((*member)->offset > size || (*member)->size > size - (*member)->offset) std::abort();
  }
}
