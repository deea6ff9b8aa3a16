// SPDX-License-Identifier: Apache-2.0
#include "text/normalise.h"

#include <algorithm>
#include <array>

#include "base/strings.h"

namespace assay::text {
namespace {

// Code points from `first` to `last` move by `shift`.
struct Fold {
  char32_t first;
  char32_t last;
  std::int32_t shift;
};

// In order of `first`. Full-width letters fold on, once they are half-width.
constexpr std::array<Fold, 8> kFolds = {{
    {U'A', U'Z', 32},
    {0x00C0, 0x00D6, 32},
    {0x00D8, 0x00DE, 32},
    {0x0391, 0x03A1, 32},
    {0x03A3, 0x03AB, 32},
    {0x0400, 0x040F, 80},
    {0x0410, 0x042F, 32},
    {0xFF01, 0xFF5E, -0xFEE0},
}};

char32_t fold(char32_t c) {
  const auto* at = std::ranges::find_if(kFolds, [&](const Fold& f) { return c <= f.last; });
  if (at == kFolds.end() || c < at->first) return c;
  const auto moved = static_cast<char32_t>(static_cast<std::int32_t>(c) + at->shift);
  return at->first == 0xFF01 ? fold(moved) : moved;
}

bool is_space(char32_t c) {
  return c == U' ' || (c >= U'\t' && c <= U'\r') || c == 0x85 || c == 0xA0 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// Soft hyphen, zero-width characters and marks of direction, variation selectors, the byte order
// mark: what keeps two texts apart for a program but not for a reader.
bool is_invisible(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) ||
         (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

}  // namespace

std::string canonical(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  bool space = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = canonical(next_code_point(utf8, at));
    if (c == 0) continue;
    if (c == U' ') {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    append_utf8(out, c);
  }
  return out;
}

char32_t canonical(char32_t c) {
  if (is_invisible(c)) return 0;
  return is_space(c) ? U' ' : fold(c);
}

}  // namespace assay::text
