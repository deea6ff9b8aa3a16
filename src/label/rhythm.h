// SPDX-License-Identifier: Apache-2.0
//
// The audio rhythm label of GB 45438-2025 5.3 c): "short-long short-short", which is A I in Morse
// code, found in sound.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace assay::label {

struct Rhythm {
  double start_s = 0;  // of the first tone
  double end_s = 0;    // of the last tone
  double pitch_hz = 0;
  // Power of the tone against that of all else in the band up to half the sample rate, both while
  // the tone sounds.
  double snr_db = 0;
  double dot_s = 0;                              // mean length of the three short tones
  std::vector<std::pair<double, double>> tones;  // the four, in seconds
};

// What is taken for the rhythm. The standard gives its order of tones and no number at all: every
// number here is ours, drawn around the proportions of Morse code (ITU-R M.1677-1: dash 3 dots, gap
// in a letter 1, between letters 3, between words 7).
struct RhythmRules {
  double min_dot_s = 0.04;
  double max_dot_s = 0.4;
  double max_dot_spread = 1.6;  // longest short tone against the shortest
  double min_dash = 2.0;        // in dots, as are the next
  double max_dash = 4.5;
  double min_inner_gap = 0.4;
  double max_inner_gap = 2.0;
  double min_letter_gap = 1.8;
  double max_letter_gap = 5.0;
  // Nothing at this pitch for so long before and after, or it is a part of other Morse text. Less
  // than the gap of words, so that the rhythm may be repeated.
  double quiet = 5.5;
  double min_pitch_hz = 200;
  double max_pitch_hz = 6000;
  double pitch_spread = 0.02;   // between the four tones, as a part of the pitch
  double pitch_spread_hz = 16;  // and at least this: a low pitch is measured less finely
  // Between the powers of two tones (6 dB); what differs more is other sound.
  double max_level_ratio = 4;
  double min_evenness = 0.42;  // mean power of the dash against its peak: no click that rings out
  double min_snr_db = -3;      // "clearly audible", 5.3 f)
  double min_level_db = -75;   // a full-scale sine is 0
};

// Finds the rhythm in mono sound of any length, fed in pieces of any size. Its memory does not grow
// but for what it finds.
class RhythmFinder {
 public:
  explicit RhythmFinder(unsigned sample_rate, const RhythmRules& rules = {});
  void feed(std::span<const float> mono);  // full scale is 1
  std::vector<Rhythm> finish();            // in order of time; the finder is spent

 private:
  // A stretch of sound at one pitch that has ended; times in hops, pitches in bins.
  struct Tone {
    double start = 0, end = 0;
    double pitch = 0;
    double peak = 0;            // power of its strongest frame
    double evenness = 0;        // mean power against the peak
    double lobe = 0, rest = 0;  // power of the tone and of all else, summed over its frames
  };
  // One that still sounds.
  struct Track {
    std::size_t bin = 0;
    std::size_t first = 0;   // frame
    std::size_t missed = 0;  // frames in a row in which it was no peak
    double before = 0;       // power at the pitch in the frame before
    double peak = 0;
    double pitch = 0, weight = 0;  // sums, for the mean
    double lobe = 0, rest = 0;
    std::vector<double> powers;  // of its frames, up to longest_ of them
  };
  struct Candidate {
    Rhythm rhythm;
    Tone last;
    double dot = 0;  // hops
    double power = 0;
  };

  void transform(std::span<const float> samples);
  void frame();
  bool follow(Track& track);
  void take(Track& track, std::size_t bin);
  void open_tracks();
  void close(const Track& track, double after);
  void settle(const Tone& tone);
  void match(const Tone& last);
  bool alike(std::span<const Tone* const> tones) const;
  bool proportions_hold(std::span<const Tone* const> tones, double dot) const;
  bool resembles(const Tone& tone, const Tone& other, double dot) const;
  bool same_pitch(double a, double b) const;
  double neighbourhood(std::size_t bin) const;
  double place_of_peak(std::size_t bin) const;
  double bins(double hz) const;

  RhythmRules rules_;
  double rate_;
  std::size_t hop_, window_, size_;  // samples; size_ is the transform's
  double hop_s_;
  std::size_t low_, high_;  // bins
  std::size_t longest_;     // frames of a tone that is longer than any dash
  double memory_;           // hops
  std::vector<float> shape_, cos_, sin_;
  std::vector<std::size_t> order_;
  std::vector<float> samples_;  // not yet behind the window
  std::vector<float> re_, im_;
  std::vector<float> power_, before_;  // of each bin, in this frame and the one before
  std::vector<char> peak_;             // of each bin: is it a peak, and whose?
  double total_ = 0;                   // power of this frame
  std::size_t now_ = 0;                // number of this frame
  std::vector<Track> live_;
  std::vector<Tone> past_;  // of the last memory_ hops, by their ends
  std::vector<Candidate> candidates_;
};

// The sound's envelope with the tones of the rhythms marked, as an SVG picture: evidence for
// people.
std::string waveform_svg(std::span<const float> mono, unsigned sample_rate,
                         const std::vector<Rhythm>& rhythms);

}  // namespace assay::label
