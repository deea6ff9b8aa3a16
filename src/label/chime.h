// SPDX-License-Identifier: Apache-2.0
//
// Makes the audio rhythm label and puts it before or after a sound.
#pragma once

#include <vector>

#include "base/byte_source.h"
#include "base/splice.h"

namespace assay::label {

// The rhythm as samples, from the start of its first tone to the end of its last; full scale is 1.
std::vector<float> make_rhythm(unsigned sample_rate, double pitch_hz, double dot_s, double level);

enum class ChimePlace : std::uint8_t { start, end };

// The standard gives no numbers; these are ours.
struct ChimeRequest {
  ChimePlace place = ChimePlace::start;
  double pitch_hz = 1000;
  double dot_s = 0.12;
  double level_db = 0;    // power of the tones against the mean power of the programme
  double around_s = 0.9;  // silence before and after: over the gap of words at this speed
};

// A WAV file of linear PCM (16, 24 or 32 bits, or floats) with the rhythm in all its channels. The
// old bytes are kept, but for the sizes in its header. Code::unsupported for what else WAV may
// hold, Code::invalid for what is no sound WAV.
Result<Splice> chime_wav(ByteSource& in, const ChimeRequest& request);

// The same from file to file. Code::unsupported for other formats.
Status chime_file(const fs::path& in, const fs::path& out, const ChimeRequest& request);

}  // namespace assay::label
