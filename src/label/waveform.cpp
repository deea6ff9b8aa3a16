// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "label/rhythm.h"

namespace assay::label {
namespace {

constexpr std::size_t kWidth = 800;  // columns
constexpr double kMiddle = 60, kHeight = 50;

}  // namespace

std::string waveform_svg(std::span<const float> mono, unsigned sample_rate,
                         const std::vector<Rhythm>& rhythms) {
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\">\n", kWidth, 2 * kMiddle);
  const double seconds = static_cast<double>(mono.size()) / std::max(sample_rate, 1U);
  const double column = seconds > 0 ? kWidth / seconds : 0;  // of a second
  for (const Rhythm& rhythm : rhythms)
    for (const auto& [start, end] : rhythm.tones)
      out +=
          fmt::format("<rect x=\"{:.1f}\" y=\"0\" width=\"{:.1f}\" height=\"{}\" fill=\"#fd8\"/>\n",
                      start * column, std::max((end - start) * column, 0.5), 2 * kMiddle);
  std::string path;
  for (std::size_t x = 0; x < kWidth && !mono.empty(); ++x) {
    const std::size_t from = x * mono.size() / kWidth, to = (x + 1) * mono.size() / kWidth;
    double most = 0;
    for (std::size_t i = from; i < to; ++i)
      if (std::isfinite(mono[i])) most = std::max(most, std::abs(static_cast<double>(mono[i])));
    const double half = std::max(std::min(most, 1.0) * kHeight, 0.2);
    path += fmt::format("M{} {:.1f}V{:.1f}", x, kMiddle - half, kMiddle + half);
  }
  return out + fmt::format("<path d=\"{}\" stroke=\"#246\"/>\n</svg>\n", path);
}

}  // namespace assay::label
