// SPDX-License-Identifier: Apache-2.0
//
// The header of a safetensors file; README.md has the rules.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_source.h"

namespace assay::formats::safetensors {

struct Limits {
  std::uint64_t header_bytes = 100'000'000;  // the reference reader's own
  std::uint64_t tensors = 1'000'000;
};

struct Tensor {
  std::string name;
  std::string dtype;
  std::uint64_t begin = 0;  // in the data
  std::uint64_t end = 0;
};

struct Safetensors {
  std::vector<Tensor> tensors;  // in order of `begin`
  std::uint64_t data_offset = 0;
};

// A length that fits, then `{`.
Result<bool> sniff(ByteSource& in);

// A value only where the whole file is sound.
Result<Safetensors> read(ByteSource& in, const Limits& limits);

}  // namespace assay::formats::safetensors
