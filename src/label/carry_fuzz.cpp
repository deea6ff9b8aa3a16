// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <span>

#include "base/byte_reader.h"
#include "label/carry.h"

// The same bytes as the old and the drawn file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  using label::PictureFormat;
  const std::string_view file = as_text(std::as_bytes(std::span(data, size)));
  for (const auto format : {PictureFormat::png, PictureFormat::jpeg, PictureFormat::webp}) {
    const auto carried = label::carry_metadata(file, file, format);
    const int turned = label::orientation_of(file, format);
    if (turned < 1 || turned > 8) std::abort();
    // What was carried is upright, and can be carried again.
    if (carried.ok() &&
        (label::orientation_of(carried->file, format) < 1 || carried->file.size() > 2 * size + 64))
      std::abort();
  }
  return 0;
}
