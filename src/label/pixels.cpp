// SPDX-License-Identifier: Apache-2.0
#include "label/pixels.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace assay::label {
namespace {

constexpr int kLongest = 1 << 15;          // pixels of a side
constexpr std::int64_t kMost = 256 << 20;  // pixels of a picture

// A number of a netpbm header and the one white space after it.
Result<int> take_number(std::string_view& bytes) {
  int value = 0;
  const auto [end, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), value);
  if (error != std::errc{} || end == bytes.data() + bytes.size())
    return Error{Code::invalid, "not a picture of ffmpeg"};
  bytes.remove_prefix(static_cast<std::size_t>(end - bytes.data()) + 1);
  return value;
}

// For each place of `in`, the greatest of the values within `radius` of it, by van Herk's way: the
// greatest so far of each piece of 2 * radius + 1 values, from its left and from its right.
class Runs {
 public:
  Runs(int length, int radius)
      : length_(static_cast<std::size_t>(length)),
        radius_(static_cast<std::size_t>(radius)),
        from_left_(length_ + 2 * radius_),
        from_right_(from_left_.size()) {}

  template <class Get, class Put>
  void greatest(Get get, Put put) {
    const std::size_t size = from_left_.size(), piece = 2 * radius_ + 1;
    const auto value = [&](std::size_t i) {
      return i < radius_ || i >= length_ + radius_ ? std::uint8_t{0} : get(i - radius_);
    };
    for (std::size_t i = 0; i < size; ++i)
      from_left_[i] = i % piece == 0 ? value(i) : std::max(from_left_[i - 1], value(i));
    for (std::size_t i = size; i-- > 0;)
      from_right_[i] =
          i + 1 == size || (i + 1) % piece == 0 ? value(i) : std::max(from_right_[i + 1], value(i));
    for (std::size_t i = 0; i < length_; ++i)
      put(i, std::max(from_right_[i], from_left_[i + piece - 1]));
  }

 private:
  std::size_t length_, radius_;
  std::vector<std::uint8_t> from_left_, from_right_;
};

Plane inverted(Plane plane) {
  for (std::uint8_t& value : plane.at) value = static_cast<std::uint8_t>(255 - value);
  return plane;
}

// Half of a pixel and half of its neighbourhood, against the grain.
Plane smoothed(const Plane& plane) {
  Plane out = plane;
  for (int y = 1; y + 1 < plane.height; ++y) {
    for (int x = 1; x + 1 < plane.width; ++x) {
      int sum = 0;
      for (int ny = y - 1; ny <= y + 1; ++ny)
        for (int nx = x - 1; nx <= x + 1; ++nx) sum += plane.pixel(nx, ny);
      out.pixel(x, y) = static_cast<std::uint8_t>((sum + 9 * plane.pixel(x, y)) / 18);
    }
  }
  return out;
}

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

Plane scaled(const Plane& plane, double by) {
  const auto side = [&](int pixels) {
    return std::max(1, static_cast<int>(std::lround(pixels * by)));
  };
  Plane out = Plane::filled(side(plane.width), side(plane.height), 0);
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      const double at_x = std::clamp((x + 0.5) / by - 0.5, 0.0, plane.width - 1.0);
      const double at_y = std::clamp((y + 0.5) / by - 0.5, 0.0, plane.height - 1.0);
      const int left = static_cast<int>(at_x), top = static_cast<int>(at_y);
      const int right = std::min(left + 1, plane.width - 1),
                foot = std::min(top + 1, plane.height - 1);
      const double part_x = at_x - left, part_y = at_y - top;
      const double above = plane.pixel(left, top) * (1 - part_x) + plane.pixel(right, top) * part_x;
      const double below =
          plane.pixel(left, foot) * (1 - part_x) + plane.pixel(right, foot) * part_x;
      out.pixel(x, y) =
          static_cast<std::uint8_t>(std::lround(above * (1 - part_y) + below * part_y));
    }
  }
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

Plane greatest_around(const Plane& plane, int radius) {
  Plane rows = plane;
  Runs along(plane.width, radius);
  for (int y = 0; y < plane.height; ++y) {
    const std::size_t first = plane.index(0, y);
    along.greatest([&](std::size_t x) { return plane.at[first + x]; },
                   [&](std::size_t x, std::uint8_t value) { rows.at[first + x] = value; });
  }
  Plane out = rows;
  Runs down(plane.height, radius);
  const auto width = static_cast<std::size_t>(plane.width);
  for (std::size_t x = 0; x < width; ++x)
    down.greatest([&](std::size_t y) { return rows.at[y * width + x]; },
                  [&](std::size_t y, std::uint8_t value) { out.at[y * width + x] = value; });
  return out;
}

Plane strokes_of(const Plane& plane, Tone tone, int radius) {
  Plane out = smoothed(tone == Tone::light ? plane : inverted(plane));
  const Plane eroded = inverted(greatest_around(inverted(out), radius));
  const Plane opened = greatest_around(eroded, radius);
  for (std::size_t i = 0; i < out.at.size(); ++i)
    out.at[i] = static_cast<std::uint8_t>(out.at[i] - std::min(out.at[i], opened.at[i]));
  return out;
}

Plane ink_of(const Plane& strokes, int radius, int least) {
  Plane out = greatest_around(strokes, radius);
  for (std::size_t i = 0; i < out.at.size(); ++i)
    out.at[i] = strokes.at[i] >= std::max(least, out.at[i] / 2) ? kInk : kPaper;
  return out;
}

std::vector<Blot> blots_of(const Plane& ink, const Plane& strokes) {
  std::vector<Blot> out;
  std::vector<bool> seen(ink.at.size(), false);
  std::vector<std::size_t> blot;  // its pixels
  const auto width = static_cast<std::size_t>(ink.width);
  for (std::size_t first = 0; first < ink.at.size(); ++first) {
    if (ink.at[first] != kInk || seen[first]) continue;
    blot.assign(1, first);
    seen[first] = true;
    Blot whole;
    for (std::size_t next = 0; next < blot.size(); ++next) {
      const int x = static_cast<int>(blot[next] % width), y = static_cast<int>(blot[next] / width);
      whole.box = both(whole.box, {x, y, 1, 1});
      whole.strength = std::max<int>(whole.strength, strokes.at[blot[next]]);
      const Box near = common({x - 1, y - 1, 3, 3}, ink.box());
      for (int ny = near.y; ny < near.bottom(); ++ny) {
        for (int nx = near.x; nx < near.right(); ++nx) {
          const std::size_t i = ink.index(nx, ny);
          if (ink.at[i] != kInk || seen[i]) continue;
          seen[i] = true;
          blot.push_back(i);
        }
      }
    }
    out.push_back(whole);
  }
  return out;
}

}  // namespace assay::label
