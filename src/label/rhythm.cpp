// SPDX-License-Identifier: Apache-2.0
//
// Frames of 32 ms every 10 ms; peaks of a spectrum that stand out of their neighbourhood are
// followed as tones; four tones of one pitch in the right proportions, with quiet around them, are
// the rhythm.
#include "label/rhythm.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace assay::label {
namespace {

constexpr double kHop = 0.010;  // seconds
constexpr double kWindow =
    0.032;                        // Shorter than the shortest gap: each gap has a frame of its own.
constexpr double kStandOut = 8;   // a peak's power against the mean of its neighbourhood (9 dB)
constexpr std::size_t kNear = 3;  // bins: the neighbourhood begins outside the window's main lobe
constexpr std::size_t kFar = 8;   // and ends here
constexpr double kEnd = 0.125;    // of the peak power: the tone is over (-9 dB)
constexpr double kEdge = 0.25;    // where half the window is filled: the edge of a tone (-6 dB)
constexpr std::size_t kMissed = 3;  // frames a tone may be hidden by other sound
constexpr std::size_t kLobe = 2;    // bins on each side that hold a tone's power

// Of a bin: no peak, a peak, the peak of a track.
constexpr char kNone = 0, kFree = 1, kTaken = 2;

double decibels(double ratio) { return 10 * std::log10(std::max(ratio, 1e-12)); }

std::size_t whole(double value) { return static_cast<std::size_t>(std::lround(value)); }

// Frames before the power first exceeds `level`, to a part of a frame: amplitudes are near to
// straight lines there.
double crossing(double outside, double inside, double level) {
  const double a = std::sqrt(outside), b = std::sqrt(inside), at = std::sqrt(level);
  return b > a ? std::clamp((b - at) / (b - a), 0.0, 1.0) : 0;
}

bool overlap(const Rhythm& a, const Rhythm& b) {
  return a.start_s < b.end_s && b.start_s < a.end_s;
}

}  // namespace

RhythmFinder::RhythmFinder(unsigned sample_rate, const RhythmRules& rules)
    : rules_(rules),
      rate_(std::max(sample_rate, 1U)),
      hop_(std::max<std::size_t>(whole(rate_ * kHop), 1)),
      window_(std::max(whole(rate_ * kWindow), 2 * hop_)),
      size_(64),
      hop_s_(static_cast<double>(hop_) / rate_) {
  while (size_ < window_) size_ *= 2;
  low_ = std::max<std::size_t>(whole(bins(rules.min_pitch_hz)), kLobe + 1);
  high_ = std::min(whole(bins(rules.max_pitch_hz)), size_ / 2 - kFar - 1);
  longest_ = whole(1.25 * rules.max_dot_s * rules.max_dash / hop_s_);
  memory_ = rules.max_dot_s / hop_s_ *
            (3 * rules.max_dot_spread + rules.max_dash + 2 * rules.max_inner_gap +
             rules.max_letter_gap + rules.quiet);
  for (std::size_t i = 0; i < window_; ++i) {
    const double turn = (static_cast<double>(i) + 0.5) / static_cast<double>(window_);
    shape_.push_back(static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * turn)));
  }
  for (std::size_t i = 0; i < size_ / 2; ++i) {
    const double turn = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size_);
    cos_.push_back(static_cast<float>(std::cos(turn)));
    sin_.push_back(static_cast<float>(-std::sin(turn)));
  }
  order_.assign(size_, 0);
  for (std::size_t i = 1; i < size_; ++i)
    order_[i] = order_[i / 2] / 2 + (i % 2 != 0 ? size_ / 2 : 0);
  re_.resize(size_);
  im_.resize(size_);
  power_.resize(size_ / 2 + 1);
  before_.resize(power_.size());
  peak_.resize(power_.size());
  samples_.assign(window_ / 2, 0.0F);  // so that frame n is centred at n hops
}

double RhythmFinder::bins(double hz) const { return hz * static_cast<double>(size_) / rate_; }

void RhythmFinder::feed(std::span<const float> mono) {
  while (!mono.empty()) {
    const std::size_t n = std::min(mono.size(), window_ + 64 * hop_ - samples_.size());
    for (const float sample : mono.first(n))
      samples_.push_back(std::isfinite(sample) ? std::clamp(sample, -8.0F, 8.0F) : 0.0F);
    mono = mono.subspan(n);
    std::size_t at = 0;
    for (; at + window_ <= samples_.size(); at += hop_) {
      transform(std::span(samples_).subspan(at, window_));
      frame();
    }
    samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

// The powers of the frame's bins, by a radix-2 transform in place; a full-scale sine in the middle
// of a bin has power 1.
void RhythmFinder::transform(std::span<const float> samples) {
  for (std::size_t i = 0; i < size_; ++i) {
    const std::size_t from = order_[i];
    re_[i] = from < window_ ? samples[from] * shape_[from] : 0.0F;
    im_[i] = 0.0F;
  }
  for (std::size_t half = 1; half < size_; half *= 2) {
    const std::size_t step = size_ / 2 / half;
    for (std::size_t start = 0; start < size_; start += 2 * half) {
      for (std::size_t k = 0; k < half; ++k) {
        const std::size_t a = start + k, b = a + half;
        const float c = cos_[k * step], s = sin_[k * step];
        const float re = re_[b] * c - im_[b] * s, im = re_[b] * s + im_[b] * c;
        re_[b] = re_[a] - re;
        im_[b] = im_[a] - im;
        re_[a] += re;
        im_[a] += im;
      }
    }
  }
  const auto scale = static_cast<float>(16.0 / static_cast<double>(window_ * window_));
  total_ = 0;
  for (std::size_t i = 0; i < power_.size(); ++i) {
    power_[i] = (re_[i] * re_[i] + im_[i] * im_[i]) * scale;
    total_ += power_[i];
  }
}

double RhythmFinder::neighbourhood(std::size_t bin) const {
  double sum = 0;
  std::size_t n = 0;
  for (std::size_t away = kNear; away <= kFar; ++away) {
    sum += power_[bin + away];
    ++n;
    if (away >= bin) continue;
    sum += power_[bin - away];
    ++n;
  }
  return sum / static_cast<double>(n);
}

// The peak's place between the bins: a parabola through the logarithms of three powers.
double RhythmFinder::place_of_peak(std::size_t bin) const {
  const auto log_power = [&](std::size_t i) { return std::log(std::max(power_[i], 1e-20F)); };
  const double a = log_power(bin - 1), b = log_power(bin), c = log_power(bin + 1);
  const double bend = a - 2 * b + c;
  const double shift = bend < 0 ? std::clamp(0.5 * (a - c) / bend, -0.5, 0.5) : 0;
  return static_cast<double>(bin) + shift;
}

void RhythmFinder::frame() {
  const double floor = std::pow(10.0, rules_.min_level_db / 10) * kEnd;
  for (std::size_t i = low_; i <= high_; ++i) {
    const float power = power_[i];
    const bool stands_out = power > floor && power > power_[i - 1] && power >= power_[i + 1] &&
                            power > kStandOut * neighbourhood(i);
    peak_[i] = stands_out ? kFree : kNone;
  }
  std::erase_if(live_, [&](Track& track) { return !follow(track); });
  open_tracks();
  ++now_;
}

// Takes the frame into the track; false where the track has ended (it is closed then).
bool RhythmFinder::follow(Track& track) {
  std::size_t bin = track.bin;
  for (const std::size_t near : {track.bin - 1, track.bin + 1})
    if (power_[near] > power_[bin]) bin = near;
  const double power = power_[bin];
  const bool flank = std::max(power_[bin - 1], power_[bin + 1]) > power_[bin];
  const bool louder = flank && power > track.peak;  // on the flank of another sound that drowns it
  track.missed = peak_[bin] == kFree ? 0 : track.missed + 1;
  if (power < kEnd * track.peak || track.missed > kMissed || louder || peak_[bin] == kTaken) {
    close(track, power);
    return false;
  }
  if (!flank) std::fill_n(peak_.begin() + static_cast<std::ptrdiff_t>(bin) - 1, 3, kTaken);
  take(track, bin);
  return true;
}

void RhythmFinder::take(Track& track, std::size_t bin) {
  const double power = power_[bin];
  double lobe = 0;
  for (std::size_t i = bin - kLobe; i <= bin + kLobe; ++i) lobe += power_[i];
  track.peak = std::max(track.peak, power);
  track.pitch += power * place_of_peak(bin);
  track.weight += power;
  track.lobe += lobe;
  track.rest += std::max(total_ - lobe, 0.0);
  if (track.powers.size() < longest_) track.powers.push_back(power);
}

void RhythmFinder::open_tracks() {
  for (std::size_t i = low_; i <= high_; ++i) {
    if (peak_[i] != kFree) continue;
    Track& track = live_.emplace_back();
    track.bin = i;
    track.first = now_;
    track.before = *std::max_element(&before_[i - 1], &before_[i + 2]);
    take(track, i);
  }
  before_ = power_;
}

// `after` is the power at the pitch in the frame in which the track ended.
void RhythmFinder::close(const Track& track, double after) {
  const double level = kEdge * track.peak;
  const std::vector<double>& powers = track.powers;
  std::size_t first = 0, last = powers.size() - 1;
  while (powers[first] < level && first < last) ++first;
  while (powers[last] < level && last > first) --last;
  const double ahead = first > 0 ? powers[first - 1] : track.before;
  const double behind = last + 1 < powers.size() ? powers[last + 1] : after;
  Tone tone;
  const auto start = static_cast<double>(track.first);
  tone.start = start + static_cast<double>(first) - crossing(ahead, powers[first], level);
  tone.end = start + static_cast<double>(last) + crossing(behind, powers[last], level);
  if (powers.size() == longest_) tone.end = static_cast<double>(now_);  // longer than any dash
  if (tone.end - tone.start < rules_.min_dot_s / hop_s_ / 2) return;
  tone.pitch = track.pitch / track.weight;
  tone.peak = track.peak;
  double sum = 0;
  for (std::size_t i = first; i <= last; ++i) sum += powers[i];
  tone.evenness = sum / static_cast<double>(last - first + 1) / track.peak;
  tone.lobe = track.lobe;
  tone.rest = track.rest;
  settle(tone);
}

// Is `tone` of the same kind as `other`, so that it belongs to the same text? Voices that touch the
// pitch are shorter, weaker or louder.
bool RhythmFinder::resembles(const Tone& tone, const Tone& other, double dot) const {
  return same_pitch(tone.pitch, other.pitch) && tone.end - tone.start >= dot / 2 &&
         tone.peak * rules_.max_level_ratio >= other.peak &&
         tone.peak <= rules_.max_level_ratio * other.peak;
}

bool RhythmFinder::same_pitch(double a, double b) const {
  return std::abs(a - b) <= std::max(bins(rules_.pitch_spread_hz), rules_.pitch_spread * b);
}

// A tone has ended: it may break the quiet after a rhythm, or be the last of one.
void RhythmFinder::settle(const Tone& tone) {
  std::erase_if(candidates_, [&](const Candidate& c) {
    return tone.start >= c.last.start && tone.end > c.last.end + c.dot / 2 &&
           tone.start < c.last.end + rules_.quiet * c.dot && resembles(tone, c.last, c.dot);
  });
  match(tone);
  past_.push_back(tone);
  std::erase_if(past_, [&](const Tone& t) { return t.end + memory_ < static_cast<double>(now_); });
}

// Is `last` the fourth tone of the rhythm?
void RhythmFinder::match(const Tone& last) {
  std::array<const Tone*, 4> tones{nullptr, nullptr, nullptr, &last};
  double quiet_since = 0;  // end of the tone before the four
  std::size_t missing = 3;
  for (std::size_t i = past_.size(); i-- > 0;) {
    const Tone& tone = past_[i];
    if (!resembles(tone, last, last.end - last.start)) continue;
    // Another track of the same sound: the stronger one stands.
    if (const Tone*& next = tones[missing]; tone.end > next->start) {
      if (tone.peak > next->peak && next != &last) next = &tone;
      continue;
    }
    if (missing == 0) {
      quiet_since = tone.end;
      break;
    }
    tones[--missing] = &tone;
  }
  if (missing != 0 || !alike(tones)) return;
  const double dot = ((tones[0]->end - tones[0]->start) + (tones[2]->end - tones[2]->start) +
                      (tones[3]->end - tones[3]->start)) /
                     3;
  if (!proportions_hold(tones, dot)) return;
  if (quiet_since > 0 && tones[0]->start - quiet_since < rules_.quiet * dot) return;
  double lobe = 0, rest = 0, pitch = 0, weakest = last.peak;
  Candidate found;
  for (const Tone* tone : tones) {
    lobe += tone->lobe;
    rest += tone->rest;
    weakest = std::min(weakest, tone->peak);
    pitch += tone->pitch / 4;
    found.rhythm.tones.emplace_back(tone->start * hop_s_, tone->end * hop_s_);
  }
  if (decibels(weakest) < rules_.min_level_db || lobe <= 0) return;
  found.rhythm.snr_db = decibels(lobe / std::max(rest, lobe * 1e-9));
  if (found.rhythm.snr_db < rules_.min_snr_db) return;
  found.rhythm.start_s = found.rhythm.tones.front().first;
  found.rhythm.end_s = found.rhythm.tones.back().second;
  found.rhythm.dot_s = dot * hop_s_;
  found.rhythm.pitch_hz = pitch / bins(1);
  found.last = last;
  found.dot = dot;
  found.power = lobe;
  candidates_.push_back(std::move(found));
}

bool RhythmFinder::alike(std::span<const Tone* const> tones) const {
  double low = tones[0]->peak, high = low;
  for (const Tone* tone : tones) {
    low = std::min(low, tone->peak);
    high = std::max(high, tone->peak);
    for (const Tone* other : tones)
      if (!same_pitch(tone->pitch, other->pitch)) return false;
  }
  return high <= rules_.max_level_ratio * low && tones[1]->evenness >= rules_.min_evenness;
}

bool RhythmFinder::proportions_hold(std::span<const Tone* const> tones, double dot) const {
  const auto length = [&](std::size_t i) { return (tones[i]->end - tones[i]->start) / dot; };
  const auto gap = [&](std::size_t i) { return (tones[i + 1]->start - tones[i]->end) / dot; };
  const auto between = [](double value, double low, double high) {
    return value >= low && value <= high;
  };
  const auto [shortest, longest] = std::minmax({length(0), length(2), length(3)});
  // Edges are read to about a quarter of a frame; half of one is forgiven.
  return between(dot, rules_.min_dot_s / hop_s_ - 0.5, rules_.max_dot_s / hop_s_ + 0.5) &&
         longest <= rules_.max_dot_spread * shortest &&
         between(length(1), rules_.min_dash, rules_.max_dash) &&
         between(gap(0), rules_.min_inner_gap, rules_.max_inner_gap) &&
         between(gap(2), rules_.min_inner_gap, rules_.max_inner_gap) &&
         between(gap(1), rules_.min_letter_gap, rules_.max_letter_gap);
}

std::vector<Rhythm> RhythmFinder::finish() {
  const std::vector<float> silence(window_ + 2 * hop_, 0.0F);
  feed(silence);
  for (const Track& track : live_) close(track, 0);
  live_.clear();
  // Overtones sound together with their fundamental: the strongest stands for all.
  std::stable_sort(candidates_.begin(), candidates_.end(),
                   [](const Candidate& a, const Candidate& b) { return a.power > b.power; });
  std::vector<Rhythm> found;
  for (Candidate& candidate : candidates_) {
    const auto meets = [&](const Rhythm& other) { return overlap(candidate.rhythm, other); };
    if (std::none_of(found.begin(), found.end(), meets))
      found.push_back(std::move(candidate.rhythm));
  }
  std::sort(found.begin(), found.end(),
            [](const Rhythm& a, const Rhythm& b) { return a.start_s < b.start_s; });
  candidates_.clear();
  return found;
}

}  // namespace assay::label
