// SPDX-License-Identifier: Apache-2.0
//
// A picture that was drawn anew keeps what its file held beside the pixels: PNG chunks, JPEG
// segments, WebP chunks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::label {

struct Carried {
  std::string file;
  std::vector<std::string>
      dropped;  // what says something of the old pixels: an MPF, a gray profile
};

enum class PictureFormat : std::uint8_t { png, jpeg, webp };

// `drawn` with the metadata of `old`, both files of one format. Colour profiles are kept where they
// are of RGB, as `drawn` is; an Exif orientation is set to 1, for `drawn` is turned already.
Result<Carried> carry_metadata(std::string_view old, std::string_view drawn, PictureFormat format);

// 1 to 8, as Exif has it; 1 where the file says nothing.
int orientation_of(std::string_view file, PictureFormat format);

}  // namespace assay::label
