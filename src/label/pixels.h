// SPDX-License-Identifier: Apache-2.0
//
// The little work on pixels that finding and measuring a label needs. Nothing here decodes a file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::label {

struct Box {
  int x = 0, y = 0, width = 0, height = 0;
  int right() const { return x + width; }
  int bottom() const { return y + height; }
  bool operator==(const Box&) const = default;
};
Box both(const Box& a, const Box& b);    // the smallest box around two; an empty one adds nothing
Box common(const Box& a, const Box& b);  // where they overlap; empty where they do not
Box grown(const Box& box, int by, int by_y);  // on each side

// One byte a pixel, row by row.
struct Plane {
  int width = 0, height = 0;
  std::vector<std::uint8_t> at = {};

  static Plane filled(int width, int height, std::uint8_t value);
  std::uint8_t& pixel(int x, int y) { return at[index(x, y)]; }
  std::uint8_t pixel(int x, int y) const { return at[index(x, y)]; }
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
  Box box() const { return {0, 0, width, height}; }
};

// Three bytes a pixel: red, green, blue.
struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> at = {};
  int shortest() const { return width < height ? width : height; }
};

// The first picture of a stream of binary PPM (netpbm "P6", 8 bits), which is taken off its front.
Result<Picture> take_ppm(std::string_view& bytes);
std::string write_pgm(const Plane& plane);
std::string write_ppm(const Picture& picture);

enum class Channel : std::uint8_t { gray, strongest, weakest };  // of the three colours
Plane channel_of(const Picture& picture, Channel channel);
Plane crop(const Plane& plane, const Box& box);
Picture crop(const Picture& picture, const Box& box);
Plane scaled(const Plane& plane, double by);  // between the four nearest pixels

// What is lighter (or darker) than its ground and nowhere wider than a stroke: the pixels less
// their opening by a square of 2 * radius + 1. Text of any colour on any ground comes out light on
// black, and grounds, panels and their edges do not come out.
enum class Tone : std::uint8_t { light, dark };
Plane strokes_of(const Plane& plane, Tone tone, int radius);

// The greatest value around each pixel.
Plane greatest_around(const Plane& plane, int radius);

// The pixels that are at least half as strong as the strongest around, and `least` strong.
constexpr std::uint8_t kInk = 0, kPaper = 255;
Plane ink_of(const Plane& strokes, int radius, int least);

// Ink that hangs together, sideways or cornerwise.
struct Blot {
  Box box;
  int strength = 0;  // of its strongest stroke
};
std::vector<Blot> blots_of(const Plane& ink, const Plane& strokes);

}  // namespace assay::label
