// SPDX-License-Identifier: Apache-2.0
//
// The body of a media format's fuzz target.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "formats/media_soundness.h"

namespace assay::formats {

inline int fuzz_media(std::span<const MediaFormat> formats, const std::uint8_t* data,
                      std::size_t size) {
  const std::string_view bytes = as_text(std::as_bytes(std::span(data, size)));
  MemorySource in(as_raw(bytes));
  for (const MediaFormat& format : formats) {
    const auto known = format.sniff(as_raw(bytes.substr(0, kHead)), in);
    const std::string wrong = unsound(format, bytes, "{\"Label\":\"1\"}");
    if ((!known.ok() && known.error().code == Code::internal) || !wrong.empty()) {
      std::fprintf(stderr, "%s\n", wrong.c_str());
      std::abort();
    }
  }
  return 0;
}

}  // namespace assay::formats
