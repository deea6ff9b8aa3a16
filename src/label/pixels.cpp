// SPDX-License-Identifier: Apache-2.0
#include "label/pixels.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace assay::label {
namespace {

constexpr std::uint8_t kInk = 0, kPaper = 255;
constexpr int kLongest = 1 << 15;          // pixels of a side
constexpr std::int64_t kMost = 256 << 20;  // pixels of a picture
// A pixel is ink when it stands out by this share of the spread around it, and by this many steps.
constexpr double kSpread = 0.7;
constexpr double kSteps = 14;
// Ink of a letter may hang out of the box it was read in by one part in so many of its height.
constexpr int kHangsOut = 5;

// A number of a netpbm header and the one white space after it.
Result<int> take_number(std::string_view& bytes) {
  int value = 0;
  const auto [end, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), value);
  if (error != std::errc{} || end == bytes.data() + bytes.size())
    return Error{Code::invalid, "not a picture of ffmpeg"};
  bytes.remove_prefix(static_cast<std::size_t>(end - bytes.data()) + 1);
  return value;
}

// Sums over rectangles, of values and of their squares.
class Sums {
 public:
  explicit Sums(const Plane& plane)
      : stride_(static_cast<std::size_t>(plane.width) + 1),
        values_(stride_ * (static_cast<std::size_t>(plane.height) + 1)),
        squares_(values_.size()) {
    for (int y = 0; y < plane.height; ++y) {
      std::uint64_t value = 0, square = 0;
      for (int x = 0; x < plane.width; ++x) {
        const std::uint64_t v = plane.pixel(x, y);
        value += v;
        square += v * v;
        values_[at(x + 1, y + 1)] = values_[at(x + 1, y)] + value;
        squares_[at(x + 1, y + 1)] = squares_[at(x + 1, y)] + square;
      }
    }
  }
  double value(const Box& box) const { return sum(values_, box); }
  double square(const Box& box) const { return sum(squares_, box); }

 private:
  std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * stride_ + static_cast<std::size_t>(x);
  }
  double sum(const std::vector<std::uint64_t>& of, const Box& box) const {
    return static_cast<double>(of[at(box.right(), box.bottom())] - of[at(box.x, box.bottom())] -
                               of[at(box.right(), box.y)] + of[at(box.x, box.y)]);
  }
  std::size_t stride_;
  std::vector<std::uint64_t> values_, squares_;
};

// Ink that hangs together, sideways or cornerwise.
struct Blot {
  Box box;
  std::vector<std::size_t> pixels;
};

class Blots {
 public:
  explicit Blots(const Plane& ink) : ink_(ink), seen_(ink.at.size(), false) {}

  // Calls `with` with each blot of which a pixel lies in `where`.
  template <class With>
  void each(const Box& where, With with) {
    for (int y = where.y; y < where.bottom(); ++y)
      for (int x = where.x; x < where.right(); ++x)
        if (is_new(x, y)) with(gather(x, y));
  }

 private:
  bool is_new(int x, int y) const {
    const std::size_t i = ink_.index(x, y);
    return ink_.at[i] == kInk && !seen_[i];
  }
  Blot gather(int x, int y) {
    Blot blot{{x, y, 1, 1}, {ink_.index(x, y)}};
    seen_[blot.pixels[0]] = true;
    for (std::size_t next = 0; next < blot.pixels.size(); ++next) {
      const int px = static_cast<int>(blot.pixels[next] % static_cast<std::size_t>(ink_.width));
      const int py = static_cast<int>(blot.pixels[next] / static_cast<std::size_t>(ink_.width));
      blot.box = both(blot.box, {px, py, 1, 1});
      const Box near = common({px - 1, py - 1, 3, 3}, ink_.box());
      for (int ny = near.y; ny < near.bottom(); ++ny)
        for (int nx = near.x; nx < near.right(); ++nx)
          if (is_new(nx, ny)) {
            seen_[ink_.index(nx, ny)] = true;
            blot.pixels.push_back(ink_.index(nx, ny));
          }
    }
    return blot;
  }
  const Plane& ink_;
  std::vector<bool> seen_;
};

}  // namespace

Box both(const Box& a, const Box& b) {
  if (a.width <= 0 || a.height <= 0) return b;
  if (b.width <= 0 || b.height <= 0) return a;
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

Box common(const Box& a, const Box& b) {
  const int x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  return {x, y, std::max(0, std::min(a.right(), b.right()) - x),
          std::max(0, std::min(a.bottom(), b.bottom()) - y)};
}

Box grown(const Box& box, int by, int by_y) {
  return {box.x - by, box.y - by_y, box.width + 2 * by, box.height + 2 * by_y};
}

Plane Plane::filled(int width, int height, std::uint8_t value) {
  return {width, height,
          std::vector<std::uint8_t>(
              static_cast<std::size_t>(width) * static_cast<std::size_t>(height), value)};
}

Result<Picture> take_ppm(std::string_view& bytes) {
  const Error bad{Code::invalid, "not a picture of ffmpeg"};
  if (bytes.substr(0, 3) != "P6\n") return bad;
  bytes.remove_prefix(3);
  Picture picture;
  picture.width = TRY(take_number(bytes));
  picture.height = TRY(take_number(bytes));
  const int most = TRY(take_number(bytes));
  if (picture.width < 1 || picture.height < 1 || most != 255) return bad;
  const Error large{Code::limit, "the picture is too large"};
  if (picture.width > kLongest || picture.height > kLongest) return large;
  const std::int64_t size = std::int64_t{3} * picture.width * picture.height;
  if (size > static_cast<std::int64_t>(bytes.size())) return bad;
  if (size > 3 * kMost) return large;
  const std::string_view pixels = bytes.substr(0, static_cast<std::size_t>(size));
  picture.at.assign(pixels.begin(), pixels.end());
  bytes.remove_prefix(pixels.size());
  return picture;
}

namespace {
std::string netpbm(const char* kind, int width, int height, const std::vector<std::uint8_t>& at) {
  std::string out =
      std::string(kind) + "\n" + std::to_string(width) + " " + std::to_string(height) + "\n255\n";
  out.append(at.begin(), at.end());
  return out;
}
}  // namespace

std::string write_pgm(const Plane& plane) {
  return netpbm("P5", plane.width, plane.height, plane.at);
}
std::string write_ppm(const Picture& picture) {
  return netpbm("P6", picture.width, picture.height, picture.at);
}

Plane channel_of(const Picture& picture, Channel channel) {
  Plane out = Plane::filled(picture.width, picture.height, 0);
  for (std::size_t i = 0; i < out.at.size(); ++i) {
    const std::array<std::uint8_t, 3> c = {picture.at[3 * i], picture.at[3 * i + 1],
                                           picture.at[3 * i + 2]};
    switch (channel) {
      // ITU-R BT.601, in 256ths
      case Channel::gray:
        out.at[i] = static_cast<std::uint8_t>((c[0] * 77 + c[1] * 150 + c[2] * 29) / 256);
        break;
      case Channel::strongest: out.at[i] = std::max({c[0], c[1], c[2]}); break;
      case Channel::weakest: out.at[i] = std::min({c[0], c[1], c[2]}); break;
    }
  }
  return out;
}

Plane crop(const Plane& plane, const Box& asked) {
  const Box box = common(asked, plane.box());
  Plane out = Plane::filled(box.width, box.height, 0);
  for (int y = 0; y < box.height; ++y)
    for (int x = 0; x < box.width; ++x) out.pixel(x, y) = plane.pixel(box.x + x, box.y + y);
  return out;
}

Picture crop(const Picture& picture, const Box& asked) {
  const Box box = common(asked, {0, 0, picture.width, picture.height});
  Picture out{box.width, box.height, {}};
  for (int y = box.y; y < box.bottom(); ++y) {
    const auto row =
        picture.at.begin() + std::ptrdiff_t{3} * (std::ptrdiff_t{y} * picture.width + box.x);
    out.at.insert(out.at.end(), row, row + std::ptrdiff_t{3} * box.width);
  }
  return out;
}

Plane ink_of(const Plane& plane, Tone tone, int radius) {
  const Sums sums(plane);
  Plane out = Plane::filled(plane.width, plane.height, kPaper);
  for (int y = 0; y < plane.height; ++y) {
    for (int x = 0; x < plane.width; ++x) {
      const Box around =
          common({x - radius, y - radius, 2 * radius + 1, 2 * radius + 1}, plane.box());
      const double n = double{1} * around.width * around.height;
      const double mean = sums.value(around) / n;
      const double spread = std::sqrt(std::max(0.0, sums.square(around) / n - mean * mean));
      // Of a pixel and its neighbours, against the grain.
      const Box near = common({x - 1, y - 1, 3, 3}, plane.box());
      const double here = (sums.value(near) / (near.width * near.height) + plane.pixel(x, y)) / 2;
      const double above = tone == Tone::light ? here - mean : mean - here;
      if (above > std::max(kSteps, kSpread * spread)) out.pixel(x, y) = kInk;
    }
  }
  return out;
}

void keep_strokes(Plane& ink, const Sizes& sizes) {
  Plane kept = Plane::filled(ink.width, ink.height, kPaper);
  Blots(ink).each(ink.box(), [&](const Blot& blot) {
    const int longer = std::max(blot.box.width, blot.box.height);
    if (longer < sizes.least || blot.box.height > sizes.most || blot.box.width > 4 * sizes.most)
      return;
    for (const std::size_t pixel : blot.pixels) kept.at[pixel] = kInk;
  });
  ink = std::move(kept);
}

Box ink_box(const Plane& ink, const Box& asked) {
  const Box where = common(asked, ink.box());
  const int out = std::max(1, asked.height / kHangsOut);
  const Box room = grown(asked, out, out);
  Box box;
  Blots(ink).each(where, [&](const Blot& blot) {
    if (common(blot.box, room) == blot.box) box = both(box, blot.box);
  });
  return box;
}

}  // namespace assay::label
