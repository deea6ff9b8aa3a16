// SPDX-License-Identifier: Apache-2.0
//
// Draws a label that is seen into a picture, with ffmpeg in the sandbox.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/files.h"
#include "label/pixels.h"

namespace assay::label {

enum class Corner : std::uint8_t { top_left, top_right, bottom_left, bottom_right };

struct StampRequest {
  std::string text;
  Corner corner = Corner::bottom_right;
  double height_percent = 0;  // of the ink of its Chinese characters, of the shortest side
  fs::path font;              // below /usr; letters, digits and "_-./" only
  bool will_resign = false;
};

// PNG, JPEG and WebP, by the ending of `path`: PNG and WebP without loss, JPEG at the best quality.
// The metadata of the file go with it, a label too; the result names what could not. A picture that
// is shown turned (Exif) is turned in its pixels. An animated PNG keeps its first frame. `out` may
// be `path`. Code::invalid for a file whose content is signed, unless it will be signed again.
// `accept` is given the picture before it takes its place; an Error of it leaves all as it was.
using AcceptPicture = std::function<Status(const fs::path& drawn)>;
Result<std::vector<std::string>> stamp_picture(const fs::path& path, const fs::path& out,
                                               const StampRequest& request,
                                               const AcceptPicture& accept);

// Code::unsupported for another format, and for an animated WebP, which ffmpeg cannot decode.
Status refuse_unstampable(const fs::path& path);

// The filter of ffmpeg for a request, with the size of the font as a share of the shortest side.
std::string stamp_filter(const StampRequest& request, const fs::path& text_file, double font_share,
                         int orientation = 1);

// What the height of a text is measured by: its Chinese, or all of it where there is none.
std::string measured_part(const std::string& text);

// The height of all that is not black.
int height_of_ink(const Picture& drawn);

}  // namespace assay::label
