// SPDX-License-Identifier: Apache-2.0
//
// Labels that are seen: text in a picture, or in the first seconds of a video, that says that it
// was made by AI. The pixels are decoded by ffmpeg and read by tesseract, both in the sandbox
// (base/sandbox.h); what a label must say and how large it must be is the caller's to know.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "label/pixels.h"
#include "label/wording.h"

namespace assay::label {

struct SeenRules {
  LabelWords words;
  double edge_percent = 10;  // how far from the nearest edge is at the edge, of the shortest side
  double seconds = 4;        // how much of a video is looked at, from its start
  int frames_per_second = 8;
};

struct SeenLabel {
  bool ai_element = false;          // alone, it is for a person to decide
  bool generation_element = false;  // only looked for beside the other
  bool other_words = false;         // both, in words that the standard does not name: for a person
  std::string text;                 // of the line or lines, as read
  Box box;                          // of the ink of the elements, in pixels of the picture
  double height_percent = 0;        // of a character, of the shortest side
  bool at_edge = false;
  double confidence = 0;  // of 100, of the word read least surely
  std::string evidence;   // the place in the picture, as PPM
  bool whole() const { return ai_element && generation_element; }
};

struct Seen {
  int width = 0, height = 0;  // as shown: after the rotation that the file asks for
  std::optional<SeenLabel> label;
};

struct SeenVideo {
  int width = 0, height = 0;
  std::optional<SeenLabel> label;
  double from = 0;    // seconds from the start to the first frame with the label
  double stays = 0;   // seconds from there that it stays, where it is
  double looked = 0;  // seconds that were looked at: of a short video, all of it
};

// A place is where the label was seen first. JPEG, PNG, WebP, GIF (its first frame), and what else
// the installed ffmpeg decodes.
Result<Seen> look_at_picture(const fs::path& path, const SeenRules& rules);
Result<SeenVideo> look_at_video(const fs::path& path, const SeenRules& rules);

}  // namespace assay::label
