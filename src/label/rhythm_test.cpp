// SPDX-License-Identifier: Apache-2.0
#include "label/rhythm.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>
#include <random>
#include <string_view>

#include "label/chime.h"

namespace assay::label {
namespace {

constexpr unsigned kRate = 16000;
using Sound = std::vector<float>;

Sound silence(double seconds) { return Sound(static_cast<std::size_t>(seconds * kRate), 0.0F); }

void add(Sound& to, const Sound& more) { to.insert(to.end(), more.begin(), more.end()); }

Sound tone(double seconds, double hz, double level = 0.5) {
  Sound out = silence(seconds);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<float>(
        level * std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / kRate));
  return out;
}

// A text in Morse code, ' ' between letters and '/' between words; one second of silence around it.
Sound morse(std::string_view code, double dot, double hz = 1000) {
  Sound out = silence(1);
  for (const char c : code) {
    if (c == ' ') add(out, silence(2 * dot));
    if (c == '/') add(out, silence(6 * dot));
    if (c == ' ' || c == '/') continue;
    add(out, tone(c == '-' ? 3 * dot : dot, hz));
    add(out, silence(dot));
  }
  add(out, silence(1));
  return out;
}

Sound noise(Sound sound, double level) {
  std::mt19937 seed(7);
  for (float& sample : sound)
    sample += static_cast<float>(level * (static_cast<double>(seed()) / 4294967296.0 - 0.5));
  return sound;
}

std::vector<Rhythm> find(const Sound& sound, unsigned rate = kRate) {
  RhythmFinder finder(rate);
  finder.feed(sound);
  return finder.finish();
}

Sound padded(const Sound& rhythm, double before = 1, double after = 1) {
  Sound out = silence(before);
  add(out, rhythm);
  add(out, silence(after));
  return out;
}

TEST(Rhythm, IsFoundAtAnyPitchAndSpeed) {
  for (const double pitch : {300.0, 440.0, 1000.0, 1234.5, 2500.0, 4000.0}) {
    for (const double dot : {0.05, 0.08, 0.12, 0.2, 0.3}) {
      const auto found = find(padded(make_rhythm(kRate, pitch, dot, 0.5)));
      ASSERT_EQ(found.size(), 1U) << pitch << " Hz, dot " << dot;
      EXPECT_NEAR(found[0].pitch_hz, pitch, 8) << dot;
      EXPECT_NEAR(found[0].dot_s, dot, 0.02);
      EXPECT_GT(found[0].snr_db, 20);
      ASSERT_EQ(found[0].tones.size(), 4U);
      const double units[4][2] = {{0, 1}, {2, 5}, {8, 9}, {10, 11}};  // starts and ends in dots
      for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(found[0].tones[i].first, 1 + units[i][0] * dot, 0.02) << pitch << ' ' << dot;
        EXPECT_NEAR(found[0].tones[i].second, 1 + units[i][1] * dot, 0.02) << pitch << ' ' << dot;
      }
    }
  }
}

TEST(Rhythm, IsFoundWhereverItStands) {
  const Sound rhythm = make_rhythm(kRate, 1000, 0.1, 0.5);
  EXPECT_EQ(find(rhythm).size(), 1U) << "the whole of the sound";
  EXPECT_EQ(find(padded(rhythm, 0, 3)).size(), 1U);
  EXPECT_EQ(find(padded(rhythm, 3, 0)).size(), 1U);
  Sound twice = padded(rhythm, 1, 0.8);
  add(twice, padded(rhythm, 0, 1));
  EXPECT_EQ(find(twice).size(), 2U) << "repeated, with the gap of words between";
}

TEST(Rhythm, IsFoundWhenQuietOrNoisy) {
  EXPECT_EQ(find(padded(make_rhythm(kRate, 800, 0.1, 0.01))).size(), 1U) << "-40 dBFS";
  const Sound rhythm = make_rhythm(kRate, 800, 0.1, 0.1);
  // Noise of 0.1 * sqrt(12 / 20) from edge to edge has a tenth of the tone's power.
  const auto found = find(noise(padded(rhythm), 0.0775));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(found[0].snr_db, 10, 1.5);
}

TEST(Rhythm, IsFoundAtOtherSampleRates) {
  for (const unsigned rate : {8000U, 22050U, 44100U, 48000U, 96000U}) {
    const auto found = find(make_rhythm(rate, 1000, 0.08, 0.5), rate);
    ASSERT_EQ(found.size(), 1U) << rate;
    EXPECT_NEAR(found[0].end_s, 0.88, 0.02) << rate;
  }
  EXPECT_TRUE(find(silence(1), 0).empty());
  EXPECT_TRUE(find(silence(1), 100).empty());
}

TEST(Rhythm, OvertonesAreNotASecondOne) {
  Sound sound = padded(make_rhythm(kRate, 700, 0.1, 0.4));
  const Sound third = padded(make_rhythm(kRate, 2100, 0.1, 0.15));
  for (std::size_t i = 0; i < sound.size(); ++i) sound[i] += third[i];
  const auto found = find(sound);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(found[0].pitch_hz, 700, 5);
}

TEST(Rhythm, IsNotOtherMorseCode) {
  EXPECT_EQ(find(morse(".- ..", 0.1)).size(), 1U);
  EXPECT_EQ(find(morse(".- ../.- ..", 0.1)).size(), 2U);
  for (const char* code : {"-. ..", ".- ...", ". -", ".-", ".- .", ".- ..-", "..", ".-..", "....",
                           ".- -. ..", "- .- ..", ".- .. -", ". .- ..", ".- .. .", "-- .- .. .-."})
    for (const double dot : {0.05, 0.1, 0.25}) EXPECT_TRUE(find(morse(code, dot)).empty()) << code;
}

TEST(Rhythm, IsNotOtherSound) {
  EXPECT_TRUE(find({}).empty());
  EXPECT_TRUE(find(silence(5)).empty());
  EXPECT_TRUE(find(tone(5, 1000)).empty()) << "a continuous tone";
  EXPECT_TRUE(find(noise(silence(30), 1)).empty());
  Sound siren;
  for (int i = 0; i < 20; ++i) add(siren, tone(0.2, i % 2 == 0 ? 700 : 900));
  EXPECT_TRUE(find(siren).empty());
  Sound wandering;
  const double step = 0.1;
  for (const auto& [dots, pitch] :
       {std::pair(1, 600.0), std::pair(3, 700.0), std::pair(1, 800.0), std::pair(1, 900.0)}) {
    add(wandering, tone(dots * step, pitch));
    add(wandering, silence(dots * step));
  }
  EXPECT_TRUE(find(wandering).empty());
}

TEST(Rhythm, SamplesThatAreNoNumbersDoNoHarm) {
  Sound sound = padded(make_rhythm(kRate, 1000, 0.1, 0.5), 1, 2);
  sound[100] = std::nanf("");
  sound[101] = INFINITY;
  sound[102] = 1e30F;
  EXPECT_EQ(find(sound).size(), 1U);
}

TEST(Rhythm, PiecesOfAnySizeGiveTheSame) {
  const Sound sound = noise(padded(make_rhythm(kRate, 1500, 0.07, 0.3)), 0.1);
  const auto whole = find(sound);
  ASSERT_EQ(whole.size(), 1U);
  for (const std::size_t size : {1U, 7U, 160U, 511U, 4099U}) {
    RhythmFinder finder(kRate);
    for (std::size_t at = 0; at < sound.size(); at += size)
      finder.feed(std::span(sound).subspan(at, std::min(size, sound.size() - at)));
    const auto found = finder.finish();
    ASSERT_EQ(found.size(), 1U) << size;
    EXPECT_EQ(found[0].tones, whole[0].tones) << size;
    EXPECT_EQ(found[0].snr_db, whole[0].snr_db) << size;
  }
}

TEST(Rhythm, FollowsTheRules) {
  const Sound sound = padded(make_rhythm(kRate, 1000, 0.1, 0.5));
  RhythmRules rules;
  rules.max_dot_s = 0.08;
  RhythmFinder slow(kRate, rules);
  slow.feed(sound);
  EXPECT_TRUE(slow.finish().empty());
  rules = {};
  rules.min_pitch_hz = 1200;
  RhythmFinder low(kRate, rules);
  low.feed(sound);
  EXPECT_TRUE(low.finish().empty());
}

TEST(Rhythm, IsDrawn) {
  const Sound sound = padded(make_rhythm(kRate, 1000, 0.1, 0.5));
  const std::string svg = waveform_svg(sound, kRate, find(sound));
  std::size_t marks = 0;
  for (std::size_t at = svg.find("<rect"); at != std::string::npos; at = svg.find("<rect", at + 1))
    ++marks;
  EXPECT_EQ(marks, 4U);
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
  EXPECT_LT(svg.size(), 30'000U);
  EXPECT_TRUE(waveform_svg({}, 0, {}).ends_with("</svg>\n"));
}

}  // namespace
}  // namespace assay::label
