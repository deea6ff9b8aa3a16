// SPDX-License-Identifier: Apache-2.0
//
// Makes the audio rhythm label and puts it into a sound, at its start or end.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "base/splice.h"
#include "label/heard.h"

namespace assay::label {

// The rhythm as samples, from the start of its first tone to the end of its last; full scale is 1.
std::vector<float> make_rhythm(unsigned sample_rate, double pitch_hz, double dot_s, double level);

enum class ChimePlace : std::uint8_t { start, end };

// The standard gives no numbers; these are ours.
struct ChimeRequest {
  ChimePlace place = ChimePlace::start;
  double pitch_hz = 1000;
  double dot_s = 0.12;
  double around_s = 0.9;     // silence before and after: over the gap of words at this speed
  bool again = false;        // a rhythm may be in the sound already
  bool will_resign = false;  // signatures over the content may break
};

// Code::invalid where the rhythm asked for would not be recognised in sound of this rate.
Status recognisable(const ChimeRequest& request, double rate);

// The level of the tones (full scale is 1) that is heard clearly beside a programme of this mean
// power: as loud as it, neither faint nor near the limit.
double chime_level(double power);

// A WAV file of linear PCM (16, 24 or 32 bits, or floats) with the rhythm in all its channels. The
// old bytes are kept, but for the sizes in its header. Code::unsupported for what else WAV may
// hold, Code::invalid for what is no sound WAV.
Result<Splice> chime_wav(ByteSource& in, const ChimeRequest& request, double level);

struct Chimed {
  std::string format;
  bool recoded = false;  // the old samples are not as they were
  double level_db = 0;   // of the tones, against full scale
  HeardRhythm rhythm;    // as it is heard in the new file
};

// From 0 to 1.
using Progress = std::function<void(double share)>;

// Puts the rhythm into the sound of `path` and the result at `out`, which may be the same path:
// beside it first, listened to, then renamed. Sound becomes longer by it; the sound of a film keeps
// its length and is lowered while the rhythm sounds, and its pictures stay as they are. Labels and
// other metadata are kept. Code::unsupported for other formats and for what could not be kept,
// Code::invalid where a rhythm is heard already or the file is signed (see ChimeRequest).
Result<Chimed> chime_file(const fs::path& path, const fs::path& out, const ChimeRequest& request,
                          const Progress& progress = {});

}  // namespace assay::label
