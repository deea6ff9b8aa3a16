// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "formats/cbor/cbor.h"

namespace {

using assay::formats::cbor::Value;

bool inside(const Value& value, std::uint64_t begin, std::uint64_t end) {
  if (value.size == 0 || value.offset < begin || value.offset + value.size > end) return false;
  for (const Value& item : value.items)
    if (!inside(item, value.offset + 1, value.offset + value.size)) return false;
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const auto result =
      formats::cbor::read(std::as_bytes(std::span(data, size)), {.items = 1000, .depth = 16});
  if (!result.ok() && (result.error().code == Code::internal || result.error().offset > size))
    std::abort();
  if (result.ok() && !inside(*result, 0, size)) std::abort();
  return 0;
}
