// SPDX-License-Identifier: Apache-2.0
//
// The sound of a file with other sound in it, decoded and encoded again by ffmpeg in the sandbox;
// pictures and other streams are copied as they are.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace assay::label {

// What ffprobe says of the streams of a file with one sound track.
struct SoundFile {
  std::string codec;
  std::string sample_format, layout;  // as ffmpeg names them
  unsigned rate = 0;
  unsigned channels = 0;
  std::uint64_t bit_rate = 0;  // 0: not told
  unsigned pictures = 0;       // streams of a film, or covers
  unsigned subtitles = 0;
  bool chapters = false;
  // By key in lower case: of the file and the sound track, and of other streams as "video 0:
  // title".
  std::map<std::string, std::string> tags;
};
Result<SoundFile> probe_sound(const fs::path& path, std::string_view format);

// Is the format one whose sound is encoded again, and is it a film?
bool can_recode(std::string_view format);
bool is_film(std::string_view format);

// Where `insert` (mono, full scale is 1) goes.
struct Insertion {
  std::vector<float> insert;
  bool first = true;   // before all other sound, else behind it
  double seconds = 0;  // of the sound that is there
};

// Writes the file, in the format it has, to `out` in the folder `scratch`. In a film the insert is
// laid over the sound, which is lowered meanwhile; else the sound becomes longer by it.
Status recode(const fs::path& path, std::string_view format, const SoundFile& sound,
              const Insertion& insertion, const fs::path& scratch, const fs::path& out,
              const std::function<void(double share)>& progress);

}  // namespace assay::label
