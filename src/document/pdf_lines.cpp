// SPDX-License-Identifier: Apache-2.0
#include "document/pdf_lines.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/strings.h"
#include "document/builder.h"
#include "document/forms.h"
#include "document/numbering.h"
#include "formats/placed_words.h"

namespace assay::document {
namespace {

constexpr double kMargin = 0.12;        // of the height of a page: where headers and footers stand
constexpr double kOnPages = 0.2;        // share of pages that a header stands on, at least
constexpr std::size_t kLeastPages = 3;  // and how many
constexpr double kSmall = 0.92;         // of the height of the body: letters of a footnote
constexpr double kNotesFrom = 0.5;      // of the height of a page: where footnotes may begin
constexpr double kGapOfParagraphs = 1.5;    // of the usual distance of lines
constexpr double kFarthest = 2.5;           // of a line's height: distance within a paragraph
constexpr double kSameRow = 0.5;            // of the lower of two heights: overlap of one row
constexpr std::ptrdiff_t kLinesNear = 100;  // before and behind a line, that tell its column
constexpr double kCellGap = 1.2;            // of a line's height: between cells of a table

}  // namespace

RawPages parse_pdf_tsv(std::string_view tsv) {
  RawPages out;
  formats::each_placed_row(tsv, [&](const formats::PlacedRow& row) {
    const int page = static_cast<int>(out.pages.size());
    if (row.level == formats::PlacedLevel::page) {
      out.pages.push_back({row.width, row.height});
    } else if (row.level == formats::PlacedLevel::line && page > 0) {
      out.lines.push_back({page, {row.x, row.y, row.width, row.height}, {}});
    } else if (row.level == formats::PlacedLevel::word && !out.lines.empty() &&
               out.lines.back().page == page) {
      std::string& text = out.lines.back().text;
      if (space_between(text, row.text)) text += ' ';
      text += plain_forms(row.text);
    }
  });
  // Words set upwards along the edge are notes of the printer.
  std::erase_if(out.lines, [](const RawLine& line) {
    return trim(line.text).empty() ||
           (line.text.size() > 4 && line.area.height > 2 * line.area.width);
  });
  return out;
}

namespace {

// --- what stands on every page

// The text with its numbers as one sign, so that "Page 3 of 9" is the same on each page.
std::string shape_of(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit || out.empty() || out.back() != '#') out += digit ? '#' : c;
  }
  return out;
}

// The number of a line that is nothing else: "3", "- 3 -", "iv".
std::optional<int> lone_number(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" -"), end = text.find_last_not_of(" -");
  if (begin == text.npos) return std::nullopt;
  const std::string_view number = text.substr(begin, end - begin + 1);
  if (const auto value = to_number<int>(number)) return value;
  return roman_number(number);
}

// Not a lone number of a paragraph, "(44)", of which each page has another.
bool says_something(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           static_cast<unsigned char>(c) >= 0xC3;
  });
}

class Margins {
 public:
  explicit Margins(const RawPages& raw) : raw_(raw) {
    for (const RawLine& line : raw.lines) {
      if (!in_margin(line)) continue;
      shapes_[shape_of(line.text)].push_back(line.page);
      texts_[std::string(trim(line.text))].push_back(line.page);
      if (const auto number = lone_number(line.text))
        steps_[*number - line.page].push_back(line.page);
    }
  }

  std::optional<LeftOutWhy> why(const RawLine& line) const {
    if (!in_margin(line)) return std::nullopt;
    if (const auto number = lone_number(line.text))
      // It goes up with the pages.
      return on_many(steps_.at(*number - line.page)) ? std::optional(LeftOutWhy::page_number)
                                                     : std::nullopt;
    // "Article 5" at the top of one page and "Article 6" of another are text.
    const bool numbered = number_at(line.text).has_value();
    const auto& pages =
        numbered ? texts_.at(std::string(trim(line.text))) : shapes_.at(shape_of(line.text));
    if (!says_something(line.text) || !on_many(pages)) return std::nullopt;
    return at_top(line) ? LeftOutWhy::header : LeftOutWhy::footer;
  }

 private:
  const Page& page(const RawLine& line) const {
    return raw_.pages[static_cast<std::size_t>(line.page) - 1];
  }
  bool at_top(const RawLine& line) const {
    return line.area.bottom() < kMargin * page(line).height;
  }
  bool in_margin(const RawLine& line) const {
    return at_top(line) || line.area.y > (1 - kMargin) * page(line).height;
  }
  // `pages` come in order.
  bool on_many(std::vector<int> pages) const {
    pages.erase(std::unique(pages.begin(), pages.end()), pages.end());
    return pages.size() >= kLeastPages &&
           static_cast<double>(pages.size()) >= kOnPages * static_cast<double>(raw_.pages.size());
  }
  const RawPages& raw_;
  std::map<std::string, std::vector<int>> shapes_, texts_;
  std::map<int, std::vector<int>> steps_;  // by number less page
};

// --- lines

// The value in the middle, by how many letters each stands for.
double usual(std::vector<std::pair<double, std::size_t>> values) {
  std::sort(values.begin(), values.end());
  std::size_t all = 0, seen = 0;
  for (const auto& [value, weight] : values) all += weight;
  for (const auto& [value, weight] : values)
    if ((seen += weight) * 2 >= all) return value;
  return 0;
}

struct Measure {
  double height = 12;    // of a line of the body
  double distance = 15;  // from the top of a line to the next of its paragraph
};

Measure measure(const std::vector<RawLine>& lines) {
  std::vector<std::pair<double, std::size_t>> heights, distances;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    heights.emplace_back(lines[i].area.height, lines[i].text.size());
    if (i == 0 || lines[i].page != lines[i - 1].page) continue;
    const double distance = lines[i].area.y - lines[i - 1].area.y;
    if (distance > 0 && distance < kFarthest * lines[i].area.height)
      distances.emplace_back(distance, lines[i].text.size());
  }
  Measure out;
  if (!heights.empty()) out.height = usual(heights);
  out.distance = distances.empty() ? 1.2 * out.height : usual(distances);
  return out;
}

bool same_row(const Area& a, const Area& b) {
  const double overlap = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  return overlap > kSameRow * std::min(a.height, b.height);
}

bool ends_sentence(std::string_view text) {
  for (const std::string_view end :
       {".", ":", ";", "?", "!", "。", "：", "；", "？", "！", ".”", "。”"})
    if (text.ends_with(end)) return true;
  return false;
}

class Composer {
 public:
  explicit Composer(RawPages raw) : raw_(std::move(raw)) {}

  Document operator()() {
    leave_out();
    measure_ = measure(raw_.lines);
    for (std::size_t i = 0; i < raw_.lines.size(); ++i) take(i);
    end();
    finish();
    return std::move(document_);
  }

 private:
  void leave_out() {
    const Margins margins(raw_);
    std::vector<bool> has_text(raw_.pages.size(), false);
    std::vector<RawLine> kept;
    for (RawLine& line : raw_.lines) {
      has_text[static_cast<std::size_t>(line.page) - 1] = true;
      if (const auto why = margins.why(line))
        document_.left_out.push_back({line.page, *why, line.text});
      else
        kept.push_back(std::move(line));
    }
    raw_.lines = std::move(kept);
    document_.pages_without_text =
        static_cast<std::size_t>(std::count(has_text.begin(), has_text.end(), false));
  }

  // A line of small letters low on its page that begins with a number, or goes on from one.
  bool is_footnote(std::size_t i) const {
    const RawLine& line = raw_.lines[i];
    const double page = raw_.pages[static_cast<std::size_t>(line.page) - 1].height;
    if (line.area.height > kSmall * measure_.height || line.area.y < kNotesFrom * page)
      return false;
    if (!notes_.empty() && notes_.back() + 1 == i && raw_.lines[i - 1].page == line.page)
      return true;
    const char first = line.text[0];
    return (first >= '0' && first <= '9') || first == '*' || line.text.starts_with("†");
  }

  void take(std::size_t i) {
    if (is_footnote(i)) {
      notes_.push_back(i);
      return;
    }
    const RawLine& line = raw_.lines[i];
    if (last_ && same_row(last_->area, line.area) && last_->page == line.page &&
        line.area.x >= last_->area.right() - 1) {
      beside(line);
    } else {
      if (last_ && begins_block(line)) end();
      place(line);
    }
    last_ = &line;
  }

  // A number and its text, or the next cell of a table.
  void beside(const RawLine& line) {
    const double gap = line.area.x - last_->area.right();
    if (gap > kCellGap * line.area.height && !is_marker(last_->text)) {
      row_ = true;
      builder_.cell();
    }
    place(line);
  }

  bool begins_block(const RawLine& line) const {
    if (begins_numbered(line.text)) return true;
    const RawLine& before = *last_;
    if (before.page != line.page) return row_ || ends_sentence(before.text) || taller(before, line);
    if (row_ || taller(before, line)) return true;
    const double distance = line.area.y - before.area.y;
    // The next column goes on with the sentence.
    if (distance < 0) return ends_sentence(before.text);
    if (had_room(before, line)) return true;
    return distance > kGapOfParagraphs * std::max(measure_.distance, line.area.height);
  }

  // Would the first word of `next` have stood in `line`? Then its writer meant to break.
  bool had_room(const RawLine& line, const RawLine& next) const {
    const auto letters = static_cast<double>(std::max<std::size_t>(1, display_width(next.text)));
    const std::string_view word = std::string_view(next.text).substr(0, next.text.find(' '));
    const double columns =
        space_between("a", next.text) ? static_cast<double>(display_width(word)) : 2;
    return line.area.right() + (columns + 1) * next.area.width / letters < right_edge(line);
  }

  // Of the column that the line stands in.
  double right_edge(const RawLine& line) const {
    const auto here = raw_.lines.begin() + (&line - raw_.lines.data());
    const auto near = [&](const RawLine& other) { return other.page == line.page; };
    auto at = here, end = here;
    while (end != raw_.lines.end() && end - here < kLinesNear && near(*end)) ++end;
    while (at != raw_.lines.begin() && here - at < kLinesNear && near(*std::prev(at))) --at;
    double edge = 0;
    for (; at != end; ++at) {
      const double overlap =
          std::min(at->area.right(), line.area.right()) - std::max(at->area.x, line.area.x);
      if (overlap > 0.5 * std::min(at->area.width, line.area.width))
        edge = std::max(edge, at->area.right());
    }
    return edge;
  }

  static bool taller(const RawLine& a, const RawLine& b) {
    const double more = std::max(a.area.height, b.area.height);
    return more - std::min(a.area.height, b.area.height) > 0.15 * more;
  }

  void place(const RawLine& line) {
    const Span span = builder_.add_line(line.text);
    // The hyphen at the end of the line before is gone.
    if (!document_.lines.empty())
      document_.lines.back().span.end = std::min(document_.lines.back().span.end, span.begin);
    document_.lines.push_back({span, line.page, line.area});
  }

  void end() {
    builder_.end(row_ ? BlockKind::row : BlockKind::paragraph);
    row_ = false;
    for (std::size_t i = 0; i < notes_.size(); ++i) {
      const RawLine& line = raw_.lines[notes_[i]];
      const char first = line.text[0];
      if (first >= '0' && first <= '9') builder_.end(BlockKind::footnote);
      place(line);
    }
    builder_.end(BlockKind::footnote);
    notes_.clear();
  }

  void finish() {
    document_.format = "PDF";
    document_.pages = std::move(raw_.pages);
  }

  RawPages raw_;
  Measure measure_;
  Document document_;
  Builder builder_{document_};
  const RawLine* last_ = nullptr;
  bool row_ = false;
  std::vector<std::size_t> notes_;  // lines of footnotes not yet written
};

}  // namespace

Document compose(RawPages raw) { return Composer(std::move(raw))(); }

}  // namespace assay::document
