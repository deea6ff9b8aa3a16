// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "artifact/model_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const Bytes bytes = std::as_bytes(std::span(data, size));
  static const artifact::AllowList allow = [] {
    artifact::AllowList list;
    if (!list.add("collections OrderedDict", "").ok()) std::abort();
    if (!list.add("_codecs encode", "latin1").ok()) std::abort();
    return list;
  }();
  artifact::ModelLimits limits;
  limits.pickle = {.instructions = 100'000,
                   .stack = 10'000,
                   .memo = 10'000,
                   .names = 1000,
                   .sites = 1000,
                   .streams = 100,
                   .nested_depth = 3,
                   .resyncs = 100,
                   .flaws = 50};
  limits.unpacked_bytes = 1 << 20;
  MemorySource in(bytes);
  const auto result = artifact::judge_model(in, "fuzz.pkl", allow, limits);
  if (!result.ok() && (result.error().code == Code::internal || result.error().offset > size))
    std::abort();
  if (result.ok() && result->pickles.flaws.size() > 50) std::abort();
  // What is not vouched for is always said.
  if (result.ok() && !result->pickles.clean() && result->pickles.streams > 0 &&
      result->pickles.flaws.empty())
    std::abort();
  return 0;
}
