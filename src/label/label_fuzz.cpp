// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "label/label.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const Bytes bytes = std::as_bytes(std::span(data, size));
  MemorySource in(bytes);
  const auto result = label::read(in, {});
  if (!result.ok() && (result.error().code == Code::internal || result.error().offset > size))
    std::abort();
  const std::string_view text = as_text(bytes);
  label::Reading reading = result.ok() ? *result : label::Reading{};
  reading.found.push_back({label::Place::agreed, "input", std::string(text), 0});
  const label::Judgement judged = label::judge(reading, {});
  if (judged.min_keys > 7 || judged.labels.size() != reading.found.size()) std::abort();
  return 0;
}
