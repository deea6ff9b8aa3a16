// SPDX-License-Identifier: Apache-2.0
#include "label/heard.h"

#include <algorithm>
#include <chrono>

#include "base/sandbox.h"
#include "base/strings.h"

namespace assay::label {
namespace {

constexpr unsigned kRate = 16000;
constexpr std::uint64_t kPart = 20 * 60;                 // seconds decoded at a time
constexpr std::uint64_t kPartBytes = kPart * kRate * 2;  // 38 MB
constexpr auto kTimeout = std::chrono::seconds(180);     // for a part, of film too
constexpr auto kLongest = std::chrono::minutes(10);      // for all of them

// `seconds` of the sound from second `start` on.
Result<Ended> decode(const fs::path& path, std::uint64_t start, std::uint64_t seconds) {
  Confined job;
  job.program = "ffmpeg";
  job.input = path;
  job.max_output = kPartBytes + (1 << 20);
  job.timeout = kTimeout;
  job.arguments = {"-v",
                   "error",
                   "-nostdin",
                   "-ss",
                   std::to_string(start),
                   "-i",
                   "file:" + path.string(),
                   "-map",
                   "0:a:0",
                   "-t",
                   std::to_string(seconds),
                   "-ac",
                   "1",
                   "-ar",
                   std::to_string(kRate),
                   "-f",
                   "s16le",
                   "-"};
  return run_confined(job);
}

std::vector<float> samples(std::string_view raw) {
  std::vector<float> out;
  out.reserve(raw.size() / 2);
  ByteReader reader(as_raw(raw));
  for (auto sample = reader.le<std::uint16_t>(); sample.ok(); sample = reader.le<std::uint16_t>())
    out.push_back(static_cast<float>(static_cast<std::int16_t>(*sample)) / 32768.0F);
  return out;
}

// The mean power of the blocks that are no pause: not far below the mean of all, as loudness is
// gated by ITU-R BS.1770.
class Loudness {
 public:
  void feed(std::span<const float> sound) {
    for (const float sample : sound) {
      sum_ += static_cast<double>(sample) * sample;
      if (++in_block_ == kBlock) close();
    }
  }
  double power() {
    if (in_block_ > 0) close();
    const double gate = mean_over(0) / 10;
    return mean_over(gate);
  }

 private:
  static constexpr std::size_t kBlock = kRate * 2 / 5;
  void close() {
    blocks_.push_back(sum_ / static_cast<double>(in_block_));
    sum_ = 0;
    in_block_ = 0;
  }
  double mean_over(double gate) const {
    double sum = 0;
    std::size_t n = 0;
    for (const double block : blocks_)
      if (block >= gate) sum += block, ++n;
    return n == 0 ? 0 : sum / static_cast<double>(n);
  }
  std::vector<double> blocks_;
  double sum_ = 0;
  std::size_t in_block_ = 0;
};

HeardPlace place(const Rhythm& rhythm, double seconds, double edge) {
  const double before = rhythm.start_s, after = seconds - rhythm.end_s;
  if (std::min(before, after) > edge) return HeardPlace::middle;
  return before <= after ? HeardPlace::start : HeardPlace::end;
}

}  // namespace

Text Heard::note() const {
  if (!sound) return {"文件中没有音轨", "the file has no sound track"};
  if (!rhythms.empty())
    return {"听到“短长 短短”节奏标识", "the rhythm short-long short-short is heard"};
  return {"未听到节奏标识；是否有语音标识须由人员试听判断",
          "no rhythm is heard; whether there is a spoken label, a person has to hear"};
}

Result<Heard> listen(const fs::path& path, const RhythmRules& rules, const HeardLimits& limits) {
  Heard heard;
  RhythmFinder finder(kRate, rules);
  Loudness loudness;
  const auto most = static_cast<std::uint64_t>(limits.hours * 3600);
  std::uint64_t count = 0;  // samples
  const auto late = std::chrono::steady_clock::now() + kLongest;
  for (std::uint64_t start = 0;; start += kPart) {
    if (start >= most || std::chrono::steady_clock::now() > late) {
      heard.whole = false;
      break;
    }
    const Ended ended = TRY(decode(path, start, kPart));
    if (ended.out.empty() && ended.exit_code != 0 && start == 0) {
      if (ended.err.find("matches no streams") != std::string::npos) return heard;
      return Error{Code::invalid, "ffmpeg cannot decode the sound: " + printable(trim(ended.err))};
    }
    if (ended.exit_code != 0 || !trim(ended.err).empty()) heard.whole = false;
    const std::vector<float> sound = samples(ended.out);
    finder.feed(sound);
    loudness.feed(sound);
    count += ended.out.size() / 2;
    if (ended.out.size() < kPartBytes) break;
  }
  heard.sound = true;
  heard.seconds = static_cast<double>(count) / kRate;
  heard.power = loudness.power();
  for (Rhythm& rhythm : finder.finish()) {
    const HeardPlace stands = place(rhythm, heard.seconds, limits.edge_s);
    heard.rhythms.push_back({std::move(rhythm), stands});
  }
  return heard;
}

Result<std::string> draw_around(const fs::path& path, const Rhythm& rhythm) {
  const auto start = static_cast<std::uint64_t>(std::max(0.0, rhythm.start_s - 1));
  const auto seconds = static_cast<std::uint64_t>(rhythm.end_s + 2) - start;
  const Ended ended = TRY(decode(path, start, seconds));
  Rhythm shifted = rhythm;
  for (auto& [from, to] : shifted.tones) {
    from -= static_cast<double>(start);
    to -= static_cast<double>(start);
  }
  return waveform_svg(samples(ended.out), kRate, {shifted});
}

}  // namespace assay::label
