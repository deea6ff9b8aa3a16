// SPDX-License-Identifier: Apache-2.0
#include "catalog/svg.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"

namespace assay::catalog {
namespace {

// Simplified Chinese first, as each system calls it, then Latin.
constexpr std::string_view kFonts =
    "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Noto Sans SC',"
    "'Noto Sans','Segoe UI',Helvetica,Arial,sans-serif";
constexpr std::string_view kEllipsis = "…";
constexpr double kBoldWider = 1.06;

// Shares of an em, the widest of Noto Sans CJK, Segoe UI, Helvetica and Arial.
double em_of(std::string_view character) {
  if (display_width(character) == 2) return 1.0;
  if (display_width(character) == 0) return 0;
  const char c = character[0];
  if (character.size() > 1) return character == "—" || character == "…" ? 1.0 : 0.62;
  constexpr std::string_view kNarrow = "iljtfrI.,:;'|!()[] /-";
  constexpr std::string_view kBroad = "mwMW@%";
  if (kNarrow.find(c) != std::string_view::npos) return 0.37;
  if (kBroad.find(c) != std::string_view::npos) return 0.92;
  if (c >= 'A' && c <= 'Z') return 0.69;
  return 0.57;
}

// The characters of a text, each with the bytes it takes.
std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    next_code_point(text, at);
    out.push_back(text.substr(from, at - from));
  }
  return out;
}

bool closes(std::string_view character) {
  constexpr std::array<std::string_view, 14> kClosing = {"，", "。", "、", "；", "：", "）", "》",
                                                         "”",  "！", "？", ")",  ",",  ".",  "…"};
  return std::ranges::find(kClosing, character) != kClosing.end();
}

// Pieces that a line may not be broken inside.
std::vector<std::string> pieces(std::string_view text) {
  std::vector<std::string> out;
  bool may_join = false;
  for (const std::string_view c : characters(text)) {
    const bool wide = display_width(c) == 2;
    if (!out.empty() && (closes(c) || (may_join && !wide)))
      out.back() += c;
    else
      out.emplace_back(c);
    // A space, hyphen or stroke ends a Latin word and stays with it.
    may_join = !wide && c != " " && c != "-" && c != "/";
  }
  return out;
}

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
    }
  }
  return out;
}

std::string paint_of(const Paint& paint) {
  std::string out = fmt::format(" fill=\"{}\"", paint.fill);
  if (paint.stroke != "none")
    out += fmt::format(" stroke=\"{}\" stroke-width=\"{:.4g}\"", paint.stroke, paint.stroke_width);
  if (paint.dashed) out += " stroke-dasharray=\"4 3\"";
  return out;
}

constexpr std::array<std::string_view, 3> kAnchors = {"start", "middle", "end"};

}  // namespace

double text_width(std::string_view text, double size, Weight weight) {
  double em = 0;
  for (const std::string_view c : characters(text)) em += em_of(c);
  return em * size * (weight == Weight::bold ? kBoldWider : 1.0);
}

std::string fit(std::string_view text, double size, double width, Weight weight) {
  if (text_width(text, size, weight) <= width) return std::string(text);
  const double room = width - text_width(kEllipsis, size, weight);
  std::string out;
  double used = 0;
  for (const std::string_view c : characters(text)) {
    used += text_width(c, size, weight);
    if (used > room) break;
    out += c;
  }
  return std::string(trim(out)) + std::string(kEllipsis);
}

std::vector<std::string> wrap(std::string_view text, double size, double width,
                              std::size_t max_lines) {
  std::vector<std::string> lines(1);
  for (const std::string& piece : pieces(text)) {
    const bool last = lines.size() == max_lines;
    const bool full = text_width(trim(lines.back() + piece), size) > width;
    if (full && !last && !lines.back().empty())
      lines.emplace_back(piece);
    else
      lines.back() += piece;
  }
  for (std::string& line : lines) line = fit(trim(line), size, width);
  return lines;
}

void Svg::rect(const Box& b, const Paint& paint) {
  body_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"", b.x,
                       b.y, b.width, b.height);
  if (paint.radius > 0) body_ += fmt::format(" rx=\"{:.4g}\"", paint.radius);
  body_ += paint_of(paint) + "/>\n";
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view stroke, double width) {
  body_ += fmt::format(
      "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" "
      "stroke-width=\"{:.4g}\"/>\n",
      x1, y1, x2, y2, stroke, width);
}

void Svg::circle(double x, double y, double radius, const Paint& paint) {
  body_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.4g}\"{}/>\n", x, y, radius,
                       paint_of(paint));
}

void Svg::triangle(double x, double y, double radius, const Paint& paint) {
  body_ +=
      fmt::format("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}Z\"{}/>\n", x, y - radius,
                  x + radius, y + 0.75 * radius, x - radius, y + 0.75 * radius, paint_of(paint));
}

void Svg::text(double x, double y, std::string_view said, const TextStyle& style) {
  body_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.4g}\" fill=\"{}\"", x, y,
                       style.size, style.fill);
  if (style.weight == Weight::bold) body_ += " font-weight=\"700\"";
  if (style.anchor != Anchor::start)
    body_ += fmt::format(" text-anchor=\"{}\"", kAnchors[static_cast<std::size_t>(style.anchor)]);
  if (style.rotate != 0)
    body_ += fmt::format(" transform=\"rotate({:.4g} {:.1f} {:.1f})\"", style.rotate, x, y);
  body_ += ">" + escape(said) + "</text>\n";
}

void Svg::open_group(std::string_view tooltip) {
  body_ += "<g><title>" + escape(tooltip) + "</title>\n";
}

void Svg::close_group() { body_ += "</g>\n"; }

std::string Svg::finish(double width, double height, std::string_view title, std::string_view about,
                        Language language) const {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "viewBox=\"0 0 {0:.0f} {1:.0f}\" role=\"img\" lang=\"{2}\" font-family=\"{3}\">\n"
      "<title>{4}</title>\n<desc>{5}</desc>\n<rect width=\"100%\" height=\"100%\" "
      "fill=\"#FFFFFF\"/>\n{6}</svg>\n",
      width, height, language == Language::zh ? "zh-CN" : "en", kFonts, escape(title),
      escape(about), body_);
}

}  // namespace assay::catalog
