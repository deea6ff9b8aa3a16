// SPDX-License-Identifier: Apache-2.0
//
// Any bytes give a document within the limits, or an error inside the input that is not our own fault.
#include <cstdlib>

#include "formats/@name@/@name@.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  constexpr formats::@name@::Limits kLimits{.entries = 1000};
  const auto result = formats::@name@::read(std::as_bytes(std::span(data, size)), kLimits);
  if (result.ok() && result->entries.size() > kLimits.entries) std::abort();
  if (!result.ok() && result.error().code == Code::internal) std::abort();
  if (!result.ok() && result.error().offset > size) std::abort();
  return 0;
}
