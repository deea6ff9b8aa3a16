// SPDX-License-Identifier: Apache-2.0
//
// The little of SVG that our pictures need: measured text, boxes, lines. All coordinates in pixels.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/text.h"

namespace assay::catalog {

enum class Weight : std::uint8_t { regular, bold };
enum class Anchor : std::uint8_t { start, middle, end };

// How wide `text` is at most at `size` pixels, over the fonts that the pictures ask for: a full em
// for East Asian wide characters, a generous share of it for each kind of Latin letter.
double text_width(std::string_view text, double size, Weight weight = Weight::regular);

// `text` cut to `width` with an ellipsis.
std::string fit(std::string_view text, double size, double width, Weight weight = Weight::regular);

// `text` in at most `max_lines` lines of `width`; Latin breaks between words, CJK anywhere but
// before closing punctuation; what does not fit ends in an ellipsis.
std::vector<std::string> wrap(std::string_view text, double size, double width,
                              std::size_t max_lines);

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

struct Paint {
  std::string_view fill = "none";
  std::string_view stroke = "none";
  double stroke_width = 1;
  double radius = 0;
  bool dashed = false;
};

struct TextStyle {
  double size = 13;
  std::string_view fill = "#1F2937";
  Weight weight = Weight::regular;
  Anchor anchor = Anchor::start;
  double rotate = 0;  // degrees around (x, y)
};

class Svg {
 public:
  void rect(const Box& box, const Paint& paint);
  void line(double x1, double y1, double x2, double y2, std::string_view stroke, double width = 1);
  void circle(double x, double y, double radius, const Paint& paint);
  void triangle(double x, double y, double radius, const Paint& paint);
  void text(double x, double y, std::string_view said, const TextStyle& style);
  void open_group(std::string_view tooltip);
  void close_group();

  // The whole picture on white, with a title and a description for those who cannot see it.
  std::string finish(double width, double height, std::string_view title, std::string_view about,
                     Language language) const;

 private:
  std::string body_;
};

}  // namespace assay::catalog
