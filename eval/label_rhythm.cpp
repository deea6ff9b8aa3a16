// SPDX-License-Identifier: Apache-2.0
//
// label_rhythm_eval SEED SPEECH: how often the audio rhythm of GB 45438-2025 is found where it is,
// and where it is not. SPEECH is raw sound, 16 kHz, mono, signed 16 bits; all other sound is made
// here.
//
// The rhythm stands 10 dB over its bed: the power of the tone while it sounds against the mean
// power of the bed, over the whole band, from the start of the rhythm to its end.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/strings.h"
#include "label/chime.h"
#include "label/rhythm.h"
#include "stats/limits.h"

namespace {

using namespace assay;
using Sound = std::vector<float>;

constexpr unsigned kRate = 16000;
constexpr double kTurn = 2 * std::numbers::pi;

std::size_t samples(double seconds) { return static_cast<std::size_t>(seconds * kRate); }

// Numbers that are the same with every library, unlike the distributions of <random>.
class Chance {
 public:
  explicit Chance(std::uint32_t seed) : engine_(seed) {}
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(engine_()) / 4294967296.0;
  }
  std::size_t below(std::size_t n) { return engine_() % n; }
  double gauss() {
    return std::sqrt(-2 * std::log(between(1e-12, 1))) * std::cos(kTurn * between(0, 1));
  }

 private:
  std::mt19937 engine_;
};

// --- noise: white, pink (sum of octaves, after Voss), brown
Sound white(Chance& chance, double seconds) {
  Sound out(samples(seconds));
  for (float& sample : out) sample = static_cast<float>(0.1 * chance.gauss());
  return out;
}

Sound pink(Chance& chance, double seconds) {
  Sound out(samples(seconds));
  std::array<double, 12> rows{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    double sum = chance.gauss();
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (i % (std::size_t{1} << row) == 0) rows[row] = chance.gauss();
      sum += rows[row];
    }
    out[i] = static_cast<float>(0.03 * sum);
  }
  return out;
}

Sound brown(Chance& chance, double seconds) {
  Sound out(samples(seconds));
  double at = 0;
  for (float& sample : out) {
    at = 0.995 * at + 0.01 * chance.gauss();
    sample = static_cast<float>(at);
  }
  return out;
}

// --- tones
void add_tone(Sound& to, double start, double seconds, double hz, double level, double decay = 0) {
  const std::size_t first = samples(start), n = samples(seconds);
  for (std::size_t i = 0; i < n && first + i < to.size(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    const double ramp = std::min({1.0, t / 0.005, (seconds - t) / 0.005});
    to[first + i] +=
        static_cast<float>(level * ramp * std::exp(-decay * t) * std::sin(kTurn * hz * t));
  }
}

// Melodies and chords in the rhythms of music, held, detached or fading, with repeated notes.
Sound music(Chance& chance, double seconds) {
  Sound out(samples(seconds));
  constexpr std::array<int, 7> scale = {0, 2, 4, 5, 7, 9, 11};
  constexpr std::array<int, 6> lengths = {1, 1, 2, 3, 4, 6};
  for (double phrase = 0; phrase < seconds; phrase += 8) {
    const double beat = chance.between(0.08, 0.25),
                 decay = chance.below(2) == 0 ? 0 : chance.between(1, 8);
    const double held = chance.between(0.3, 1), root = chance.between(110, 440);
    const std::size_t overtones = 1 + chance.below(6), voices = 1 + chance.below(3);
    for (std::size_t voice = 0; voice < voices; ++voice) {
      std::size_t step = chance.below(7);
      for (double t = phrase; t < phrase + 8;) {
        if (chance.below(2) == 0) step = chance.below(7);
        const double length = beat * lengths[chance.below(lengths.size())];
        const double hz = root * static_cast<double>(voice + 1) * std::exp2(scale[step] / 12.0);
        for (std::size_t k = 1; k <= overtones; ++k)
          if (const auto overtone = static_cast<double>(k); hz * overtone < kRate / 2.0)
            add_tone(out, t, length * held, hz * overtone, 0.1 / overtone, decay);
        t += length * (chance.below(5) == 0 ? 2 : 1);
      }
    }
  }
  return out;
}

struct Cadence {
  double hz1, hz2, on, off;
};
// Dial tones, ringing, busy and congestion of several countries, keys, an alarm clock, a reversing
// lorry.
constexpr std::array<Cadence, 9> kCadences = {{{350, 440, 4, 1},
                                               {440, 480, 2, 4},
                                               {480, 620, 0.5, 0.5},
                                               {480, 620, 0.25, 0.25},
                                               {450, 0, 0.35, 0.35},
                                               {450, 0, 1, 4},
                                               {697, 1209, 0.1, 0.1},
                                               {2000, 0, 0.12, 0.12},
                                               {1000, 0, 0.5, 0.5}}};

Sound telephone(Chance& chance, double seconds) {
  Sound out(samples(seconds));
  for (double t = 0; t < seconds;) {
    const Cadence& cadence = kCadences[chance.below(kCadences.size())];
    for (std::size_t n = 1 + chance.below(8); n > 0; --n, t += cadence.on + cadence.off) {
      add_tone(out, t, cadence.on, cadence.hz1, 0.2);
      if (cadence.hz2 > 0) add_tone(out, t, cadence.on, cadence.hz2, 0.2);
    }
    t += chance.between(0.5, 2);
  }
  return out;
}

constexpr std::array<std::string_view, 26> kMorse = {
    ".-",   "-...", "-.-.", "-..",  ".",   "..-.", "--.",  "....", "..",
    ".---", "-.-",  ".-..", "--",   "-.",  "---",  ".--.", "--.-", ".-.",
    "...",  "-",    "..-",  "...-", ".--", "-..-", "-.--", "--.."};

// Words of one to five letters, but not the one that is the label.
Sound morse(Chance& chance, double seconds) {
  Sound out(samples(seconds));
  double dot = 0.1, hz = 700;
  for (double t = 0; t < seconds; t += 4 * dot) {
    if (chance.below(8) == 0) dot = chance.between(0.05, 0.25), hz = chance.between(300, 3000);
    std::vector<std::size_t> word(1 + chance.below(5));
    for (std::size_t& letter : word) letter = chance.below(26);
    if (word == std::vector<std::size_t>{0, 8}) continue;
    for (const std::size_t letter : word) {
      for (const char mark : kMorse[letter]) {
        add_tone(out, t, mark == '-' ? 3 * dot : dot, hz, 0.3);
        t += mark == '-' ? 4 * dot : 2 * dot;
      }
      t += 2 * dot;
    }
  }
  return out;
}

Sound metronome(Chance& chance, double seconds) {
  Sound out(samples(seconds));
  double beat = 0.5, hz = 1000, length = 0.03;
  for (std::size_t n = 0, bar = 4; static_cast<double>(n) < seconds * 8; ++n) {
    if (n % 64 == 0)
      beat = chance.between(0.25, 1), hz = chance.between(600, 2500),
      length = chance.between(0.02, 0.15), bar = 2 + chance.below(4);
    add_tone(out, static_cast<double>(n) * beat, length, n % bar == 0 ? 1.5 * hz : hz, 0.3);
  }
  return out;
}

Sound birds(Chance& chance, double seconds) {
  Sound out = white(chance, seconds);
  for (float& sample : out) sample *= 0.05F;
  for (double t = 0; t < seconds;) {
    const double low = chance.between(1500, 4000), high = low * chance.between(1.0, 1.5),
                 length = chance.between(0.04, 0.3);
    for (std::size_t n = 1 + chance.below(7); n > 0; --n, t += length * chance.between(1.2, 3)) {
      const double now = length * chance.between(0.4, 1.6);
      for (std::size_t i = 0, first = samples(t); i < samples(now) && first + i < out.size(); ++i) {
        const double s = static_cast<double>(i) / kRate, part = s / now;
        out[first + i] += static_cast<float>(0.2 * std::sin(std::numbers::pi * part) *
                                             std::sin(kTurn * (low + (high - low) * part / 2) * s));
      }
    }
    t += chance.between(0.2, 2);
  }
  return out;
}

// --- speech from the file
Sound speech;

Sound speak(Chance& chance, double seconds) {
  const std::size_t n = std::min(samples(seconds), speech.size());
  const auto start = static_cast<std::ptrdiff_t>(chance.below(speech.size() - n + 1));
  return {speech.begin() + start, speech.begin() + start + static_cast<std::ptrdiff_t>(n)};
}

std::vector<label::Rhythm> find(const Sound& sound) {
  label::RhythmFinder finder(kRate);
  finder.feed(sound);
  return finder.finish();
}

struct Kind {
  std::string_view name;
  Sound (*make)(Chance&, double);
  double minutes;  // of false-alarm sound; together an hour
  bool bed;
};

constexpr std::array<Kind, 9> kKinds = {{{"speech", speak, 20, true},
                                         {"music", music, 16, true},
                                         {"white noise", white, 2, true},
                                         {"pink noise", pink, 2, true},
                                         {"brown noise", brown, 2, true},
                                         {"telephone", telephone, 5, false},
                                         {"other Morse code", morse, 5, false},
                                         {"metronome", metronome, 3, false},
                                         {"birds", birds, 5, false}}};

// One rhythm in a bed, 10 dB over it; is it found, once and where it is?
bool recalled(Chance& chance, const Kind& kind) {
  const double pitch = std::exp(chance.between(std::log(250), std::log(5000)));
  const double dot = chance.between(0.045, 0.35), start = chance.between(0, 3);
  const double level = std::pow(10, chance.between(-40, -12) / 20);
  const Sound rhythm = label::make_rhythm(kRate, pitch, dot, level);
  const std::size_t at = samples(start);
  Sound bed;
  double power = 0;
  while (power < 1e-6) {  // not a pause of speech
    bed = kind.make(chance, start + 11 * dot + 3);
    power = 0;
    for (std::size_t i = 0; i < rhythm.size(); ++i) power += bed[at + i] * bed[at + i];
    power /= static_cast<double>(rhythm.size());
  }
  const auto gain = static_cast<float>(std::sqrt(level * level / 2 / 10 / power));
  for (float& sample : bed) sample *= gain;
  for (std::size_t i = 0; i < rhythm.size(); ++i) bed[at + i] += rhythm[i];
  const auto found = find(bed);
  const bool good = found.size() == 1 && std::abs(found[0].start_s - start) < 0.05 &&
                    std::abs(found[0].pitch_hz - pitch) < 0.03 * pitch;
  if (!good)
    fmt::print("    missed: {} pitch {:.0f} Hz dot {:.3f} s; found {}\n", kind.name, pitch, dot,
               found.size());
  return good;
}

void print_recall(std::uint32_t seed) {
  std::uint64_t all = 0, cases = 0;
  for (const Kind& kind : kKinds) {
    if (!kind.bed) continue;
    Chance chance(seed + static_cast<std::uint32_t>(cases));
    std::uint64_t found = 0;
    for (int i = 0; i < 200; ++i) found += recalled(chance, kind);
    all += found;
    cases += 200;
    fmt::print("  found over {}: {} of 200\n", kind.name, found);
  }
  const stats::Limits limits = stats::clopper_pearson(all, cases);
  fmt::print("  recall at 10 dB: {} of {} = {:.4f} (95 % limits {:.4f} to {:.4f})\n", all, cases,
             static_cast<double>(all) / static_cast<double>(cases), limits.low, limits.high);
}

void print_false_alarms(std::uint32_t seed) {
  std::size_t alarms = 0;
  double minutes = 0;
  for (const Kind& kind : kKinds) {
    Chance chance(seed + 77);
    const Sound sound = kind.make(chance, kind.minutes * 60);
    const auto found = find(sound);
    const double heard = static_cast<double>(sound.size()) / kRate / 60;
    alarms += found.size();
    minutes += heard;
    fmt::print("  false alarms in {:.1f} min of {}: {}\n", heard, kind.name, found.size());
    for (const label::Rhythm& r : found)
      fmt::print("    at {:.2f} s, {:.0f} Hz, dot {:.3f} s, {:.1f} dB\n", r.start_s, r.pitch_hz,
                 r.dot_s, r.snr_db);
  }
  // No event in T: the rate is below -ln(0.05) / T with 95 % confidence.
  fmt::print("  false alarms: {} in {:.1f} min", alarms, minutes);
  if (alarms == 0)
    fmt::print(" (below {:.1f} an hour, 95 % limit)", -std::log(0.05) / minutes * 60);
  fmt::print("\n");
}

}  // namespace

int main(int argc, char** argv) {
  const auto seed = argc == 3 ? to_number<std::uint32_t>(argv[1]) : std::nullopt;
  if (!seed.has_value()) {
    fmt::print(stderr, "usage: label_rhythm_eval SEED SPEECH\n");
    return 2;
  }
  const auto raw = read_file(argv[2], std::uint64_t{1} << 30);
  if (!raw.ok() || raw->size() < samples(60) * 2) {
    fmt::print(stderr, "{}\n", raw.ok() ? "less than a minute of speech" : raw.error().text());
    return 2;
  }
  ByteReader reader(as_raw(*raw));
  for (auto sample = reader.le<std::uint16_t>(); sample.ok(); sample = reader.le<std::uint16_t>())
    speech.push_back(static_cast<float>(static_cast<std::int16_t>(*sample)) / 32768.0F);
  print_recall(*seed);
  print_false_alarms(*seed);
  return 0;
}
