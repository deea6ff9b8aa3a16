// SPDX-License-Identifier: Apache-2.0
#include "formats/id3/sound.h"

namespace assay::formats::id3 {
namespace {

// kbit/s by layer and index: MPEG 1 layers I, II, III; MPEG 2 and 2.5 layer I, then II and III.
constexpr std::uint16_t kRates[5][15] = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
};
constexpr std::uint32_t kHertz[3] = {44100, 48000,
                                     32000};  // of MPEG 1; halved for 2, again for 2.5

std::optional<SoundFrame> adts_frame(std::uint32_t word, std::uint32_t next) {
  const std::uint32_t rate = word >> 10 & 0xf;
  const std::uint32_t size = (word & 3) << 11 | next >> 5;  // 13 bits
  if (rate > 12 || size < 7) return std::nullopt;
  return SoundFrame{true, word & 0xfffe'fc00, size};
}

}  // namespace

std::optional<SoundFrame> sound_frame(Bytes head) {
  ByteReader in(head);
  const auto first = in.be<std::uint32_t>();
  const auto next = in.be<std::uint16_t>();
  if (!first.ok() || !next.ok()) return std::nullopt;
  const std::uint32_t word = *first;
  if (word >> 21 != 0x7ff) return std::nullopt;
  const std::uint32_t version = word >> 19 & 3;  // 3: MPEG 1, 2: 2, 0: 2.5
  const std::uint32_t layer = 4 - (word >> 17 & 3);
  if (layer == 4) return version >= 2 ? adts_frame(word, *next) : std::nullopt;
  const std::uint32_t rate = word >> 12 & 0xf;
  const std::uint32_t hertz = word >> 10 & 3;
  if (version == 1 || rate == 15 || hertz == 3) return std::nullopt;
  const bool first_version = version == 3;
  const std::size_t row = first_version ? layer - 1 : layer == 1 ? 3 : 4;
  const std::uint64_t bits = std::uint64_t{kRates[row][rate]} * 1000;
  const std::uint64_t per_second = kHertz[hertz] >> (first_version ? 0 : version == 2 ? 1 : 2);
  const std::uint64_t padding = word >> 9 & 1;
  const std::uint64_t samples = layer == 1 ? 384 : layer == 3 && !first_version ? 576 : 1152;
  SoundFrame out{false, word & 0xfffe'0c00, 0};
  if (rate != 0)
    out.size = layer == 1 ? (12 * bits / per_second + padding) * 4
                          : samples / 8 * bits / per_second + padding;
  return out;
}

}  // namespace assay::formats::id3
