// SPDX-License-Identifier: Apache-2.0
#include "label/lines.h"

#include <algorithm>
#include <numeric>

namespace assay::label {
namespace {

// Lines are looked for height by height, each time without the blots that are too large for it.
// All but the first are shares of that height.
constexpr double kStep = 1.4;     // from one height to the next
constexpr double kTaller = 1.25;  // a line may be, or lower
constexpr double kWider = 3;      // a blot may be: letters that hang together
constexpr double kPiece = 0.1;    // a piece of a letter is, at least
constexpr double kLetter = 0.55;  // a letter is, at least: an "A", or half of a character
constexpr double kApart = 0.9;    // letters may be
constexpr double kAside = 0.06;   // a piece may stand above and below the letters
constexpr double kWeaker = 0.5;   // a letter may be, of the strength of the next
constexpr double kWide = 1.3;     // a line is, at least, of its own height
constexpr double kSame = 0.8;     // of the area of two places of one line, they share

// Which of many belong together (union-find).
class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t of(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[of(a)] = of(b); }

 private:
  std::vector<std::size_t> parent_;
};

bool beside(const Blot& a, const Blot& b, double height) {
  const int gap = std::max(a.box.x, b.box.x) - std::min(a.box.right(), b.box.right());
  const int overlap = std::min(a.box.bottom(), b.box.bottom()) - std::max(a.box.y, b.box.y);
  return gap <= kApart * height && 2 * overlap >= std::min(a.box.height, b.box.height) &&
         std::min(a.strength, b.strength) >= kWeaker * std::max(a.strength, b.strength);
}

std::vector<Blot> that_fit(const std::vector<Blot>& blots, double height) {
  std::vector<Blot> out;
  std::copy_if(blots.begin(), blots.end(), std::back_inserter(out), [&](const Blot& blot) {
    return blot.box.height <= kTaller * height && blot.box.width <= kWider * height &&
           std::max(blot.box.height, blot.box.width) >= kPiece * height;
  });
  return out;
}

bool is_line(const LinePlace& line, double height) {
  return line.letters >= 2 && line.box.height <= kTaller * height &&
         line.box.height * kTaller >= height && line.box.width >= kWide * line.box.height;
}

// `blots` from left to right.
std::vector<LinePlace> lines_of(const std::vector<Blot>& blots, double height) {
  Groups groups(blots.size());
  for (std::size_t i = 0; i < blots.size(); ++i)
    for (std::size_t j = i + 1;
         j < blots.size() && blots[j].box.x <= blots[i].box.right() + kApart * height; ++j)
      if (beside(blots[i], blots[j], height)) groups.join(i, j);
  std::vector<LinePlace> letters(blots.size(), LinePlace{{}, 0, 255});
  for (std::size_t i = 0; i < blots.size(); ++i) {
    if (blots[i].box.height < kLetter * height) continue;
    LinePlace& line = letters[groups.of(i)];
    line.box = both(line.box, blots[i].box);
    line.strength = std::min(line.strength, blots[i].strength);
    ++line.letters;
  }
  // The pieces, in the row of the letters.
  std::vector<LinePlace> whole = letters;
  for (std::size_t i = 0; i < blots.size(); ++i) {
    const Box row = grown(letters[groups.of(i)].box, static_cast<int>(height),
                          static_cast<int>(kAside * height));
    LinePlace& line = whole[groups.of(i)];
    if (common(blots[i].box, row) == blots[i].box) line.box = both(line.box, blots[i].box);
  }
  std::vector<LinePlace> out;
  for (std::size_t i = 0; i < blots.size(); ++i)
    if (is_line(letters[i], height)) out.push_back(whole[i]);
  return out;
}

double area(const Box& box) { return double{1} * box.width * box.height; }

bool same_place(const Box& a, const Box& b) {
  return area(common(a, b)) > kSame * std::max(area(a), area(b));
}

}  // namespace

std::vector<LinePlace> find_lines(std::vector<Blot> blots, const Sizes& sizes) {
  std::sort(blots.begin(), blots.end(),
            [](const Blot& a, const Blot& b) { return a.box.x < b.box.x; });
  std::vector<LinePlace> out;
  for (double height = sizes.least; height < sizes.most; height *= kStep)
    for (const LinePlace& line : lines_of(that_fit(blots, height), height))
      if (std::none_of(out.begin(), out.end(),
                       [&](const LinePlace& other) { return same_place(line.box, other.box); }))
        out.push_back(line);
  std::stable_sort(out.begin(), out.end(), [](const LinePlace& a, const LinePlace& b) {
    return a.letters * a.strength > b.letters * b.strength;
  });
  return out;
}

}  // namespace assay::label
