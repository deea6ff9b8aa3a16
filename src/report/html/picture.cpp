// SPDX-License-Identifier: Apache-2.0
#include "report/html/picture.h"

#include <algorithm>
#include <cmath>

namespace assay::report::html {
namespace {

constexpr double kRadius = 42;
constexpr double kWidth = 180;    // of an interval, in units of its view box
constexpr double kMargin = 0.12;  // free space at both ends, of the range shown

std::string decimal(double value) { return fmt::format("{:.2f}", value); }

struct Scale {
  double from;
  double to;
  double at(double value) const {
    return std::clamp((value - from) / (to - from), 0.0, 1.0) * kWidth;
  }
};

// A range that shows every number of the picture; counts start at 0, shares stay in 0 to 100.
Scale scale_for(const Measurement& m, const Limit& limit) {
  double least = m.low.value_or(m.value);
  double most = m.high.value_or(m.value);
  for (const auto& bound : {limit.low, limit.high}) {
    if (!bound) continue;
    least = std::min(least, *bound);
    most = std::max(most, *bound);
  }
  const bool interval = m.low && m.high;
  if (!interval) least = std::min(least, 0.0);
  const double margin = most > least ? (most - least) * kMargin : 1;
  const bool share = m.unit == "%";
  const double from = interval ? least - margin : std::min(least, 0.0);
  return {share ? std::max(from, 0.0) : from, most + margin};
}

Html segment(double from, double share, Verdict verdict, std::string_view more) {
  return markup(R"(<rect class="v-{}{}" x="{}%" width="{}%" height="100%"/>)", word(verdict), more,
                decimal(from), decimal(share));
}

}  // namespace

Html ring(const Tally& tally) {
  const double around = 2 * std::acos(-1.0) * kRadius;
  const auto all = static_cast<double>(std::max<std::uint64_t>(tally.all_verified(), 1));
  Html arcs;
  double turned = 0;
  for (const Verdict verdict : kVerdicts) {
    const double length = static_cast<double>(tally.count(verdict)) / all * around;
    if (length == 0) continue;
    arcs += markup(R"(<circle class="v-{}" cx="60" cy="60" r="{}" stroke-dasharray="{} {}")"
                   R"( stroke-dashoffset="{}"/>)",
                   word(verdict), decimal(kRadius), decimal(length), decimal(around - length),
                   decimal(-turned));
    turned += length;
  }
  return markup(R"(<svg class="ring" viewBox="0 0 120 120" aria-hidden="true" focusable="false">)"
                R"(<circle class="track" cx="60" cy="60" r="{}"/>{}<text x="60" y="57">{}</text>)"
                R"(<text class="small" x="60" y="76"><tspan lang="zh">条有来源</tspan>)"
                R"(<tspan lang="en">sourced</tspan></text></svg>)",
                decimal(kRadius), arcs, tally.all_verified());
}

Html bar(const Tally& tally, std::uint64_t most) {
  const double scale = 100.0 / static_cast<double>(std::max<std::uint64_t>(most, 1));
  Html parts;
  double at = 0;
  const auto add = [&parts, &at, scale](std::uint64_t count, Verdict verdict,
                                        std::string_view more) {
    const double share = static_cast<double>(count) * scale;
    if (count > 0) parts += segment(at, share, verdict, more);
    at += share;
  };
  for (const Verdict verdict : kVerdicts) add(tally.count(verdict), verdict, "");
  for (const Verdict verdict : kVerdicts) add(tally.count_unverified(verdict), verdict, " pale");
  return markup(R"(<svg class="bar" aria-hidden="true" focusable="false">{}</svg>)", parts);
}

Html interval(const Measurement& m, const Limit& limit) {
  if (!limit.low && !limit.high) return {};
  const Scale scale = scale_for(m, limit);
  const double allowed_from = limit.low ? scale.at(*limit.low) : 0;
  const double allowed_to = limit.high ? scale.at(*limit.high) : kWidth;
  Html out = markup(R"(<rect class="allowed" x="{}" y="3" width="{}" height="18"/>)",
                    decimal(allowed_from), decimal(std::max(allowed_to - allowed_from, 1.0)));
  out += markup(R"(<line class="axis" x1="0" x2="{}" y1="12" y2="12"/>)", decimal(kWidth));
  for (const auto& bound : {limit.low, limit.high})
    if (bound)
      out += markup(R"(<line class="limit" x1="{0}" x2="{0}" y1="1" y2="23"/>)",
                    decimal(scale.at(*bound)));
  if (m.low && m.high)
    out += markup(R"(<path class="range" d="M{0} 8v8M{0} 12H{1}M{1} 8v8"/>)",
                  decimal(scale.at(*m.low)), decimal(scale.at(*m.high)));
  out += markup(R"(<circle class="point" cx="{}" cy="12" r="4"/>)", decimal(scale.at(m.value)));
  return markup(R"(<svg class="interval" viewBox="-6 0 192 24" aria-hidden="true")"
                R"( focusable="false">{}</svg>)",
                out);
}

}  // namespace assay::report::html
