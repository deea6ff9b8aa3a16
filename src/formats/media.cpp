// SPDX-License-Identifier: Apache-2.0
#include "formats/media.h"

namespace assay::formats {

// Each unit's rows: `extern const std::span<const MediaFormat> kMedia;` in its own namespace.
#define MEDIA(unit)                                 \
  namespace unit {                                  \
  extern const std::span<const MediaFormat> kMedia; \
  }
#include "formats/media.def"
#undef MEDIA

std::span<const MediaFormat* const> media_formats() {
  static const std::vector<const MediaFormat*> all = [] {
    std::vector<const MediaFormat*> out;
#define MEDIA(unit) \
  for (const MediaFormat& format : unit::kMedia) out.push_back(&format);
#include "formats/media.def"
#undef MEDIA
    return out;
  }();
  return all;
}

}  // namespace assay::formats
