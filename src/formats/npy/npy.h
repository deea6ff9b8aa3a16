// SPDX-License-Identifier: Apache-2.0
//
// The header of a NumPy array file; README.md has the bytes.
#pragma once

#include <cstdint>
#include <string>

#include "base/byte_source.h"

namespace assay::formats::npy {

struct Limits {
  std::uint64_t header_bytes = 64 * 1024;
};

struct Npy {
  std::string header;
  std::uint64_t data_offset = 0;
  bool objects = false;  // the data is a pickle
};

bool sniff(Bytes head);
Result<Npy> read(ByteSource& in, const Limits& limits);

}  // namespace assay::formats::npy
