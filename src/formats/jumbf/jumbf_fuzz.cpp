// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "formats/jumbf/jumbf.h"

namespace {

using assay::formats::jumbf::Box;

bool inside(const Box& box, std::uint64_t begin, std::uint64_t end) {
  if (box.offset < begin || box.content < box.offset + 8 || box.end < box.content || box.end > end)
    return false;
  std::uint64_t at = box.content;
  for (const Box& child : box.boxes) {
    if (!inside(child, at, box.end)) return false;
    at = child.end;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const auto result =
      formats::jumbf::read(std::as_bytes(std::span(data, size)), {.boxes = 1000, .depth = 8});
  if (!result.ok() && (result.error().code == Code::internal || result.error().offset > size))
    std::abort();
  if (result.ok() && !inside(*result, 0, size)) std::abort();
  return 0;
}
