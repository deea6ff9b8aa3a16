// SPDX-License-Identifier: Apache-2.0
//
// Listens to a sound or film for the audio rhythm label. ffmpeg decodes it in the sandbox.
#pragma once

#include "base/files.h"
#include "base/text.h"
#include "label/rhythm.h"

namespace assay::label {

// GB 45438-2025 5.3 d): where in the sound a label may stand.
enum class HeardPlace : std::uint8_t { start, middle, end };

struct HeardRhythm {
  Rhythm rhythm;
  HeardPlace place{};
};

struct Heard {
  bool sound = false;  // has the file a sound track at all?
  double seconds = 0;  // listened to
  // Mean power of the sound without its pauses; a full-scale square is 1.
  double power = 0;
  // To the end: not longer than HeardLimits::hours, decoded in ten minutes, and not damaged.
  bool whole = true;
  std::vector<HeardRhythm> rhythms;

  // What a reader of the result must know: without a rhythm, a spoken label is for a person to
  // hear.
  Text note() const;
};

struct HeardLimits {
  double hours = 6;
  double edge_s =
      10;  // a rhythm so near to the start or end stands there; ours, the standard gives none
};

// The first sound track. Code::invalid where ffmpeg cannot decode any of it, Code::not_found
// without ffmpeg.
Result<Heard> listen(const fs::path& path, const RhythmRules& rules = {},
                     const HeardLimits& limits = {});

// The sound from a second before the rhythm to a second behind it, as an SVG picture.
Result<std::string> draw_around(const fs::path& path, const Rhythm& rhythm);

}  // namespace assay::label
