// SPDX-License-Identifier: Apache-2.0
//
// README.md has the bytes.
#pragma once

#include <string_view>
#include <vector>

#include "base/byte_reader.h"

namespace assay::formats::@name@ {

struct Limits {
  std::uint64_t entries = 100'000;
};

// Borrows the bytes it was read from.
struct Document {
  std::vector<std::string_view> entries;
};

bool sniff(Bytes head);
Result<Document> read(Bytes data, const Limits& limits);

}  // namespace assay::formats::@name@
