// SPDX-License-Identifier: Apache-2.0
#include "label/chime.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace assay::label {
namespace {

constexpr std::array<int, 4> kTones = {1, 3, 1, 1};  // dots
constexpr std::array<int, 4> kGaps = {1, 3, 1, 0};   // after each
constexpr double kRamp = 0.005;                      // seconds, against clicks

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

}  // namespace assay::label
