// SPDX-License-Identifier: Apache-2.0
//
// Rows told stand within the bytes given and have places one can reckon with.
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "formats/placed_words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  assay::formats::each_placed_row(bytes, [&](const assay::formats::PlacedRow& row) {
    const bool within =
        row.text.empty() || (row.text.data() >= bytes.data() &&
                             row.text.data() + row.text.size() <= bytes.data() + size);
    for (const double number : {row.x, row.y, row.width, row.height, row.confidence})
      if (!within || !(std::abs(number) <= 1e6)) std::abort();
  });
  return 0;
}
