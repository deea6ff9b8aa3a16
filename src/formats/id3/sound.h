// SPDX-License-Identifier: Apache-2.0
//
// Headers of frames of sound; README.md has the bytes.
#pragma once

#include <cstdint>
#include <optional>

#include "base/byte_reader.h"

namespace assay::formats::id3 {

struct SoundFrame {
  bool adts = false;       // AAC; else MPEG audio of layer I, II or III
  std::uint32_t same = 0;  // those bits of the header that stay the same in a stream
  std::uint64_t size = 0;  // 0 where the header does not tell
};

std::optional<SoundFrame> sound_frame(Bytes head);

}  // namespace assay::formats::id3
