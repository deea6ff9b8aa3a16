// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf/predictor.h"

#include <algorithm>
#include <cstdlib>

namespace assay::formats::pdf {
namespace {

int paeth(int left, int up, int corner) {
  const int estimate = left + up - corner;
  const int to_left = std::abs(estimate - left);
  const int to_up = std::abs(estimate - up);
  const int to_corner = std::abs(estimate - corner);
  if (to_left <= to_up && to_left <= to_corner) return left;
  return to_up <= to_corner ? up : corner;
}

int predicted(int filter, int left, int up, int corner) {
  switch (filter) {
    case 1: return left;
    case 2: return up;
    case 3: return (left + up) / 2;
    case 4: return paeth(left, up, corner);
    default: return 0;
  }
}

}  // namespace

Result<std::string> without_png_filters(const std::string& filtered, std::uint64_t row,
                                        std::uint64_t pixel) {
  std::string out;
  out.reserve(filtered.size());
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(out[at]); };
  for (std::size_t at = 0; at < filtered.size();) {
    const int filter = static_cast<unsigned char>(filtered[at++]);
    if (filter > 4) return Error{Code::invalid, "unknown predictor", 0};
    const std::size_t start = out.size();
    const std::size_t n = std::min<std::size_t>(row, filtered.size() - at);
    for (std::size_t i = 0; i < n; ++i) {
      const int left = i >= pixel ? byte(start + i - pixel) : 0;
      const int up = start >= row ? byte(start + i - row) : 0;
      const int corner = i >= pixel && start >= row ? byte(start + i - row - pixel) : 0;
      const int value = static_cast<unsigned char>(filtered[at + i]);
      out += static_cast<char>((value + predicted(filter, left, up, corner)) & 0xff);
    }
    at += n;
  }
  return out;
}

}  // namespace assay::formats::pdf
