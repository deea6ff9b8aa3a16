// SPDX-License-Identifier: Apache-2.0
#include "report/text/table.h"

#include <algorithm>

#include "base/strings.h"

namespace assay::report::text {
namespace {

constexpr std::string_view kGap = "  ";

std::vector<std::size_t> widths(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> out;
  for (const auto& row : rows) {
    out.resize(std::max(out.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) out[i] = std::max(out[i], display_width(row[i]));
  }
  return out;
}

// The pieces that may stand on different lines: a wide character, or a word with its space.
std::vector<std::string_view> pieces(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    next_code_point(text, at);
    const std::string_view one = text.substr(before, at - before);
    const bool wide = display_width(one) == 2;
    if (wide && before > start) {
      out.push_back(text.substr(start, before - start));
      start = before;
    }
    if (wide || one == " ") {
      out.push_back(text.substr(start, at - start));
      start = at;
    }
  }
  if (start < text.size()) out.push_back(text.substr(start));
  return out;
}

// A line of Chinese does not start with these.
bool hangs(std::string_view piece) {
  constexpr std::string_view kClosing = "，。；：、）》”！？";
  return display_width(piece) == 2 && kClosing.find(piece) != std::string_view::npos;
}

}  // namespace

std::string pad_right(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(text) + std::string(columns > width ? columns - width : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(columns > width ? columns - width : 0, ' ') + std::string(text);
}

std::string cut(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size(); end = at) {
    next_code_point(text, at);
    if (display_width(text.substr(0, at)) >= columns) break;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string wrap(std::string_view text, std::size_t columns, std::size_t indent) {
  std::string out;
  std::string line;
  std::size_t width = 0;
  const auto end_line = [&out, &line] {
    out += line.substr(0, line.find_last_not_of(' ') + 1);
    line.clear();
  };
  for (const std::string_view piece : pieces(text)) {
    const std::size_t more = display_width(trim(piece));
    if (width > 0 && width + more > columns && !hangs(piece)) {
      end_line();
      out += '\n' + std::string(indent, ' ');
      width = 0;
    }
    line += piece;
    width += display_width(piece);
  }
  end_line();
  return out;
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
  const std::vector<std::size_t> columns = widths(rows);
  std::string out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      if (i > 0) line += kGap;
      line += i == 0 ? pad_right(rows[r][i], columns[i]) : pad_left(rows[r][i], columns[i]);
    }
    out += line + '\n';
    if (r == 0) out += std::string(display_width(line), '-') + '\n';
  }
  return out;
}

}  // namespace assay::report::text
