// SPDX-License-Identifier: Apache-2.0
//
// WAV: a RIFF of chunks (id, size, bytes, padded to even); "fmt " tells the samples' form, "data"
// holds them, "fact" counts the frames where they are no integers.
#include "label/chime.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>
#include <string>

namespace assay::label {
namespace {

constexpr std::array<int, 4> kTones = {1, 3, 1, 1};  // dots
constexpr std::array<int, 4> kGaps = {1, 3, 1, 0};   // after each
constexpr double kRamp = 0.005;                      // seconds, against clicks
constexpr double kQuietest = 0.05;                   // level of the tones over silence (-26 dBFS)
constexpr double kLoudest = 0.7;                     // and over anything
constexpr std::uint64_t kChunks = 10'000;
constexpr std::uint64_t kSizeLimit = 0xffffffff;

struct Wav {
  std::uint16_t form = 0;  // 1 integers, 3 floats
  std::uint16_t channels = 0;
  std::uint32_t rate = 0;
  std::uint16_t frame = 0;  // bytes
  std::uint16_t bits = 0;
  std::uint64_t data = 0, data_size = 0;  // offset of the samples
  std::uint64_t fact = 0;                 // offset of its count; 0: none
  bool marks = false;                     // chunks that point into the samples
};

Status read_format(ByteSource& in, std::uint64_t at, std::uint64_t size, Wav& wav) {
  ByteReader reader(TRY(in.exactly(at, std::min<std::uint64_t>(size, 40))), at);
  wav.form = TRY(reader.le<std::uint16_t>());
  wav.channels = TRY(reader.le<std::uint16_t>());
  wav.rate = TRY(reader.le<std::uint32_t>());
  TRY(reader.take(4));
  wav.frame = TRY(reader.le<std::uint16_t>());
  wav.bits = TRY(reader.le<std::uint16_t>());
  if (wav.form == 0xfffe && size >= 40) {  // extensible: the form begins its GUID
    TRY(reader.take(8));
    wav.form = TRY(reader.le<std::uint16_t>());
  }
  const bool integers = wav.form == 1 && (wav.bits == 16 || wav.bits == 24 || wav.bits == 32);
  if (!integers && !(wav.form == 3 && wav.bits == 32))
    return Error{Code::unsupported, "the samples are not PCM of 16, 24 or 32 bits", at};
  if (wav.channels == 0 || wav.rate < 4000 || wav.rate > 768'000 ||
      wav.frame != wav.channels * wav.bits / 8)
    return Error{Code::invalid, "the format of the samples contradicts itself", at};
  return Done{};
}

Status read_chunk(ByteSource& in, std::string_view id, std::uint64_t at, std::uint64_t size,
                  Wav& wav) {
  if (id == "fmt ") return read_format(in, at, size, wav);
  if (id == "data") {
    if (wav.data != 0) return Error{Code::unsupported, "more than one data chunk", at};
    wav.data = at;
    wav.data_size = size;
  }
  if (id == "fact" && size >= 4) wav.fact = at;
  wav.marks |= id == "cue " || id == "smpl" || id == "plst";
  return Done{};
}

Result<Wav> read_wav(ByteSource& in) {
  const std::string head = TRY(in.copy(0, 12));
  if (head.size() < 12 || head.substr(0, 4) != "RIFF" || head.substr(8) != "WAVE")
    return Error{Code::unsupported, "not a WAV file"};
  Wav wav;
  std::uint64_t at = 12;
  for (std::uint64_t n = 0; at + 8 <= in.size(); ++n) {
    if (n == kChunks) return Error{Code::limit, "too many chunks", at};
    ByteReader reader(TRY(in.exactly(at, 8)), at);
    const std::string id(as_text(TRY(reader.take(4))));
    const std::uint64_t size = TRY(reader.le<std::uint32_t>());
    if (size > in.size() - at - 8) return Error{Code::invalid, "a chunk ends behind the file", at};
    TRY(read_chunk(in, id, at + 8, size, wav));
    at += 8 + size;
    at += size % 2;
  }
  if (wav.frame == 0 || wav.data == 0 || wav.data_size % wav.frame != 0)
    return Error{Code::invalid, "a WAV file without whole samples", in.size()};
  return wav;
}

void put_sample(std::string& out, double value, const Wav& wav) {
  const auto scaled = static_cast<std::int64_t>(std::llround(value * 2147483647.0));
  std::uint32_t bits = static_cast<std::uint32_t>(scaled) >> (32 - wav.bits);
  if (wav.form == 3) bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
  for (int i = 0; i < wav.bits; i += 8) out.push_back(static_cast<char>(bits >> i & 0xff));
}

std::string little(std::uint64_t value) {
  std::string out;
  for (int i = 0; i < 32; i += 8) out.push_back(static_cast<char>(value >> i & 0xff));
  return out;
}

std::string added_frames(const Wav& wav, const ChimeRequest& request, double level) {
  const std::vector<float> rhythm = make_rhythm(wav.rate, request.pitch_hz, request.dot_s, level);
  const auto quiet = static_cast<std::size_t>(std::lround(request.around_s * wav.rate));
  std::string silence(quiet * wav.frame, '\0'), out = silence;
  for (const float value : rhythm)
    for (std::uint16_t channel = 0; channel < wav.channels; ++channel) put_sample(out, value, wav);
  return out + silence;
}

}  // namespace

std::vector<float> make_rhythm(unsigned sample_rate, double pitch_hz, double dot_s, double level) {
  std::vector<float> out;
  const double rate = sample_rate;
  const double ramp = std::min(kRamp, dot_s / 4) * rate;
  for (std::size_t t = 0; t < kTones.size(); ++t) {
    const auto length = std::lround(kTones[t] * dot_s * rate);
    for (long i = 0; i < length; ++i) {
      const double edge = static_cast<double>(std::min(i, length - 1 - i)) / ramp;
      const double rise = edge < 1 ? 0.5 - 0.5 * std::cos(std::numbers::pi * edge) : 1;
      const double turn = pitch_hz * static_cast<double>(i) / rate;
      out.push_back(static_cast<float>(level * rise * std::sin(2 * std::numbers::pi * turn)));
    }
    out.insert(out.end(), static_cast<std::size_t>(std::lround(kGaps[t] * dot_s * rate)), 0.0F);
  }
  return out;
}

Status recognisable(const ChimeRequest& request, double rate) {
  const bool good = request.pitch_hz >= 200 && request.pitch_hz <= std::min(6000.0, 0.45 * rate) &&
                    request.dot_s >= 0.04 && request.dot_s <= 0.4 && request.around_s >= 0 &&
                    request.around_s <= 10;
  if (good) return Done{};
  return Error{Code::invalid, "the rhythm asked for would not be recognised"};
}

double chime_level(double power) {
  return std::clamp(std::sqrt(2 * power), kQuietest, kLoudest);  // of a sine
}

Result<Splice> chime_wav(ByteSource& in, const ChimeRequest& request, double level) {
  const Wav wav = TRY(read_wav(in));
  TRY(recognisable(request, wav.rate));
  const bool first = request.place == ChimePlace::start;
  if (first && wav.marks)
    return Error{Code::unsupported,
                 "the file marks places in its sound, which would move",
                 0,
                 {},
                 "--place end moves none"};
  const std::string added = added_frames(wav, request, level);
  const std::uint64_t size = wav.data_size + added.size(), old_pad = wav.data_size % 2;
  const std::uint64_t body_end = wav.data + wav.data_size;
  const std::uint64_t rest = std::min(body_end + old_pad, in.size());
  const std::uint64_t whole = rest == in.size() ? body_end + added.size() + size % 2
                                                : in.size() - old_pad + added.size() + size % 2;
  if (whole - 8 > kSizeLimit) return Error{Code::limit, "a WAV file cannot be so long"};
  // The old bytes in order, but for three numbers.
  Splice out;
  std::uint64_t done = 0;
  const auto keep_till = [&](std::uint64_t end) { out.keep(done, end - done), done = end; };
  const auto number = [&](std::uint64_t at, std::uint64_t value) {
    keep_till(at), out.put(little(value)), done = at + 4;
  };
  const std::uint64_t frames = size / wav.frame;
  number(4, whole - 8);
  if (wav.fact != 0 && wav.fact < wav.data) number(wav.fact, frames);
  number(wav.data - 4, size);
  if (first) out.put(added);
  keep_till(body_end);
  if (!first) out.put(added);
  if (size % 2 != 0) out.put(std::string_view("\0", 1));
  done = rest;
  if (wav.fact > wav.data) number(wav.fact, frames);
  keep_till(in.size());
  return out;
}

}  // namespace assay::label
