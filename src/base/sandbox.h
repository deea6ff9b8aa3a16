// SPDX-License-Identifier: Apache-2.0
//
// Runs another program (ffmpeg, ffprobe, tesseract, bsdtar) on one file of a stranger, so that a
// hostile file that takes the program over reaches nothing else: no network, no other file, no
// other process, and neither more time, memory nor output than was agreed.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/files.h"

namespace assay {

struct Confined {
  std::string program;  // a name in /usr/bin or /bin, or a path
  // A path among them may be relative: the working folder stays ours. A file name that may begin
  // with a dash or hold a colon is the caller's to guard ("file:" before it, for ffmpeg).
  std::vector<std::string> arguments;
  fs::path input = {};    // the one file it may read, besides the system's programs and libraries
  fs::path scratch = {};  // a folder it may read and write
  std::string standard_input = {};
  int output = -1;  // a file of the caller's for its standard output; -1: Ended::out
  std::uint64_t max_output = 64 << 20;  // bytes of its output and of each file it writes
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
  std::uint64_t memory_bytes = std::uint64_t{2} << 30;  // address space
};

struct Ended {
  int exit_code = 0;
  std::string out;
  std::string err;
};

// A program that ends by itself is Ended, whatever its exit code. Errors: not_found without the
// program or the input, limit for time and output, invalid where a signal ended the program.
Result<Ended> run_confined(const Confined& job);

// The layers this kernel gives. Limits, the process group and the empty environment always hold.
struct SandboxReport {
  bool files = false;  // Landlock: no file but the input and the scratch folder
  bool calls = false;  // seccomp: no network, no look at other processes, no change of the system
};
SandboxReport sandbox_report();

}  // namespace assay
