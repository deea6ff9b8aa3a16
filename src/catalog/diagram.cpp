// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "catalog/pictures.h"
#include "catalog/svg.h"
#include "catalog/tree.h"

namespace assay::catalog {
namespace {

// A slide of 1920 pixels in six columns: B, four for C, D.
constexpr double kWidth = 1920;
constexpr double kMargin = 36;
constexpr double kGap = 14;
constexpr double kPad = 12;
constexpr double kChipGap = 8;
constexpr double kHeading = 38;
constexpr double kNodeHeading = 28;
constexpr double kTop = 104;
constexpr int kColumns = 6;
constexpr int kNodeColumns = 4;
constexpr double kColumn = (kWidth - 2 * kMargin - (kColumns - 1) * kGap) / kColumns;

constexpr double kTitleSize = 12.5;
constexpr double kTitleLine = 16;
constexpr double kNumberSize = 12.5;
constexpr double kStatusSize = 11;
constexpr double kNumberLine = 22;
constexpr double kChipFoot = 8;
constexpr std::size_t kTitleLines = 3;

constexpr StaticText kHeadline = {
    "人工智能安全标准体系：结构与文件状态",
    "AI Security Standards System: structure and status of its documents"};
constexpr StaticText kNoNode = {"未归入具体节点", "Not tied to one node"};
constexpr StaticText kNoPart = {"尚未归入五个部分", "Without a place in the five parts"};
constexpr StaticText kEmptyNode = {"尚无文件", "no document yet"};

constexpr std::string_view kInk = "#1F2937";
constexpr std::string_view kSoft = "#5B6472";

struct PartLook {
  std::string_view id;
  std::string_view band;
  std::string_view accent;
};
constexpr std::array<PartLook, 6> kLooks = {{{"A", "#EEF2F7", "#41556E"},
                                             {"B", "#F3F0FA", "#6247A0"},
                                             {"C", "#EDF5FA", "#1B6393"},
                                             {"D", "#EFF6F3", "#22725A"},
                                             {"E", "#FAF2EC", "#A4531E"},
                                             {"", "#F7F7F8", "#5B6472"}}};

const PartLook& look_of(std::string_view id) {
  const auto at = std::ranges::find(kLooks, id, &PartLook::id);
  return at == kLooks.end() ? kLooks.back() : *at;
}

class Painter {
 public:
  Painter(const Date& as_of, Language language) : as_of_(as_of), language_(language) {}

  Svg svg;

  double chip_height(const Standard& standard, double width) const {
    return kNumberLine + kTitleLine * static_cast<double>(title_lines(standard, width).size()) +
           kChipFoot;
  }

  void chip(const Standard& standard, const Box& box) {
    const DocumentStatus status = standard.status(as_of_);
    const StatusPaint look = paint_of_status(status);
    const std::string state(row(status).name.in(language_));
    svg.open_group(
        fmt::format("{} {} – {}", name_of(standard), standard.title.in(language_), state));
    svg.rect(box, {.fill = look.fill,
                   .stroke = look.edge,
                   .stroke_width = 1,
                   .radius = 5,
                   .dashed = look.dashed});
    svg.rect({box.x, box.y + 4, 4, box.height - 8}, {.fill = look.edge, .radius = 2});
    const double room = box.width - 12 - 8 - text_width(state, kStatusSize) - 10;
    svg.text(box.x + 12, box.y + 17, chip_label(standard, room),
             {.size = kNumberSize, .fill = kInk, .weight = Weight::bold});
    svg.text(box.x + box.width - 8, box.y + 17, state,
             {.size = kStatusSize, .fill = look.ink, .anchor = Anchor::end});
    double y = box.y + kNumberLine + 12;
    for (const std::string& line : title_lines(standard, box.width)) {
      svg.text(box.x + 12, y, line, {.size = kTitleSize, .fill = kInk});
      y += kTitleLine;
    }
    svg.close_group();
  }

  // Chips one below the other; the height they take.
  double stack(const std::vector<const Standard*>& documents, double x, double y, double width) {
    const double from = y;
    for (const Standard* standard : documents) {
      const double height = chip_height(*standard, width);
      chip(*standard, {x, y, width, height});
      y += height + kChipGap;
    }
    return documents.empty() ? 0 : y - kChipGap - from;
  }
  double stack_height(const std::vector<const Standard*>& documents, double width) const {
    double out = 0;
    for (const Standard* standard : documents) out += chip_height(*standard, width) + kChipGap;
    return documents.empty() ? 0 : out - kChipGap;
  }

  void heading(std::string_view id, std::string_view title, std::size_t n, const Box& box) {
    const PartLook& look = look_of(id);
    svg.rect(box, {.fill = look.band,
                   .stroke = look.accent,
                   .stroke_width = id.empty() ? 1.0 : 1.4,
                   .radius = 8,
                   .dashed = id.empty()});
    double x = box.x + kPad;
    if (!id.empty()) {
      svg.rect({x, box.y + 9, 24, 22}, {.fill = look.accent, .radius = 4});
      svg.text(x + 12, box.y + 26, id,
               {.size = 15, .fill = "#FFFFFF", .weight = Weight::bold, .anchor = Anchor::middle});
      x += 33;
    }
    const std::string count = std::to_string(n);
    const double room = box.x + box.width - kPad - x - text_width(count, 13) - 8;
    svg.text(x, box.y + 26, fit(title, 16, room, Weight::bold),
             {.size = 16, .fill = look.accent, .weight = Weight::bold});
    svg.text(box.x + box.width - kPad, box.y + 26, count,
             {.size = 13, .fill = look.accent, .anchor = Anchor::end});
  }

  // A band over the whole width with its chips in rows of six; its height.
  double band(std::string_view id, std::string_view title,
              const std::vector<const Standard*>& documents, double y) {
    const double inner = kWidth - 2 * kMargin - 2 * kPad;
    const double width = (inner - (kColumns - 1) * kChipGap) / kColumns;
    const std::vector<double> rows = row_heights(documents, width);
    double height = kHeading + kPad;
    for (const double h : rows) height += h + kChipGap;
    height -= rows.empty() ? 0 : kChipGap;
    heading(id, title, documents.size(), {kMargin, y, kWidth - 2 * kMargin, height});
    double row_y = y + kHeading;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const auto column = static_cast<double>(i % kColumns);
      const double h = rows[i / kColumns];
      chip(*documents[i], {kMargin + kPad + column * (width + kChipGap), row_y, width, h});
      if (i % kColumns == kColumns - 1) row_y += h + kChipGap;
    }
    return height;
  }

 private:
  // The number; where there is none, or none that fits, what kind of document it is.
  std::string chip_label(const Standard& standard, double room) const {
    const bool fits = text_width(standard.number, kNumberSize, Weight::bold) <= room;
    if (!standard.number.empty() && fits) return standard.number;
    return fit(row(standard.kind).name.in(language_), kNumberSize, room, Weight::bold);
  }

  // In as few lines as the title needs, of even length: no last line of one character.
  std::vector<std::string> title_lines(const Standard& standard, double width) const {
    const std::string title = short_title(standard).in(language_);
    std::vector<std::string> best = wrap(title, kTitleSize, width - 22, kTitleLines);
    if (best.size() == 2 && language_ == Language::zh) {
      auto parts = at_a_space(title, width - 22);
      if (!parts.empty()) return parts;
    }
    if (best.back().ends_with("…")) return best;
    for (double narrower = width - 30; narrower > width / 2; narrower -= 8) {
      std::vector<std::string> lines = wrap(title, kTitleSize, narrower, kTitleLines);
      if (lines.size() != best.size() || lines.back().ends_with("…")) break;
      best = std::move(lines);
    }
    return best;
  }

  // Two lines that break where the title itself has a space, the most even ones; empty where none
  // fits. Chinese titles set their parts apart so.
  static std::vector<std::string> at_a_space(const std::string& title, double width) {
    std::vector<std::string> best;
    double least = width;
    for (auto at = title.find(' '); at != std::string::npos; at = title.find(' ', at + 1)) {
      const std::string first = title.substr(0, at);
      const std::string second = title.substr(at + 1);
      const double widest = std::max(text_width(first, kTitleSize), text_width(second, kTitleSize));
      if (widest > least) continue;
      least = widest;
      best = {first, second};
    }
    return best;
  }

  std::vector<double> row_heights(const std::vector<const Standard*>& documents,
                                  double width) const {
    std::vector<double> out((documents.size() + kColumns - 1) / kColumns, 0.0);
    for (std::size_t i = 0; i < documents.size(); ++i)
      out[i / kColumns] = std::max(out[i / kColumns], chip_height(*documents[i], width));
    return out;
  }

  Date as_of_;
  Language language_;
};

// A part with the documents that exist on the day.
struct Shown {
  const TreeNode* node = nullptr;
  std::vector<const Standard*> documents;
  std::size_t all = 0;
};

std::vector<const Standard*> existing(const TreeNode& node, const Date& as_of) {
  std::vector<const Standard*> out;
  for (const Standard* standard : node.documents)
    if (standard->status(as_of) != DocumentStatus::not_started) out.push_back(standard);
  return out;
}

// Everything of a part whose nodes are not drawn on their own.
void gather(const TreeNode& node, const Date& as_of, std::vector<const Standard*>& out) {
  const auto own = existing(node, as_of);
  out.insert(out.end(), own.begin(), own.end());
  for (const TreeNode& child : node.children) gather(child, as_of, out);
}

constexpr double kNodeWidth = (kNodeColumns * kColumn + (kNodeColumns - 1) * kGap - 2 * kPad -
                               (kNodeColumns - 1) * kChipGap) /
                              kNodeColumns;
constexpr double kNodePad = 8;
constexpr double kEmptyNodeHeight = 26;
// A node with more documents than this takes two columns.
constexpr std::size_t kTallNode = 6;

struct NodeBox {
  std::string title;
  std::vector<const Standard*> documents;
  Box area = {};
  std::array<std::vector<const Standard*>, 2> columns = {};

  std::size_t span() const { return documents.size() > kTallNode ? 2 : 1; }
};

constexpr double kNodeChip = kNodeWidth - 2 * kNodePad;

// Sets a box's size from its documents, which it deals to one or two columns.
void measure(NodeBox& box, const Painter& painter) {
  const auto half =
      static_cast<std::ptrdiff_t>((box.documents.size() + box.span() - 1) / box.span());
  box.columns[0].assign(box.documents.begin(), box.documents.begin() + half);
  box.columns[1].assign(box.documents.begin() + half, box.documents.end());
  const double chips = std::max(painter.stack_height(box.columns[0], kNodeChip),
                                painter.stack_height(box.columns[1], kNodeChip));
  const auto span = static_cast<double>(box.span());
  box.area.width = span * kNodeWidth + (span - 1) * kChipGap;
  box.area.height = kNodeHeading + (box.documents.empty() ? kEmptyNodeHeight : chips + kNodePad);
}

// Puts each box, in the order of the structure, where it comes to stand highest; places are
// relative to the corner of the part.
void arrange(std::vector<NodeBox>& boxes) {
  std::array<double, kNodeColumns> filled{};
  for (NodeBox& box : boxes) {
    std::size_t best = 0;
    double top = 1e9;
    for (std::size_t column = 0; column + box.span() <= kNodeColumns; ++column) {
      const auto from = filled.begin() + static_cast<std::ptrdiff_t>(column);
      const double y = *std::max_element(from, from + static_cast<std::ptrdiff_t>(box.span()));
      if (y >= top) continue;
      best = column;
      top = y;
    }
    box.area.x = static_cast<double>(best) * (kNodeWidth + kChipGap);
    box.area.y = top;
    for (std::size_t i = 0; i < box.span(); ++i)
      filled[best + i] = top + box.area.height + kChipGap;
  }
}

// The boxes of part C: its nodes of the V1.0 diagram, and what is tied to none of them.
std::vector<NodeBox> node_boxes(const TreeNode& part, const Painter& painter, const Date& as_of,
                                Language language) {
  std::vector<NodeBox> boxes;
  for (const TreeNode& child : part.children) {
    if (child.part == nullptr || !is_v1_node(*child.part)) continue;
    boxes.push_back({child.part->title.in(language), existing(child, as_of)});
  }
  if (auto own = existing(part, as_of); !own.empty())
    boxes.push_back({std::string(kNoNode.in(language)), std::move(own)});
  for (NodeBox& box : boxes) measure(box, painter);
  arrange(boxes);
  return boxes;
}

double nodes_height(const std::vector<NodeBox>& boxes) {
  double out = 0;
  for (const NodeBox& box : boxes) out = std::max(out, box.area.y + box.area.height);
  return out;
}

void paint_nodes(Painter& painter, const std::vector<NodeBox>& boxes, double x, double y,
                 Language language) {
  for (const NodeBox& box : boxes) {
    const Box area{x + box.area.x, y + box.area.y, box.area.width, box.area.height};
    painter.svg.rect(area, {.fill = "#FFFFFF", .stroke = "#A9CBE0", .radius = 6});
    painter.svg.text(area.x + 10, area.y + 19, fit(box.title, 13.5, area.width - 44, Weight::bold),
                     {.size = 13.5, .fill = "#1B6393", .weight = Weight::bold});
    painter.svg.text(area.x + area.width - 10, area.y + 19, std::to_string(box.documents.size()),
                     {.size = 12, .fill = "#1B6393", .anchor = Anchor::end});
    if (box.documents.empty())
      painter.svg.text(area.x + 10, area.y + kNodeHeading + 13, kEmptyNode.in(language),
                       {.size = 12, .fill = kSoft});
    double column_x = area.x + kNodePad;
    for (const auto& documents : box.columns) {
      painter.stack(documents, column_x, area.y + kNodeHeading, kNodeChip);
      column_x += kNodeWidth + kChipGap;
    }
  }
}

// B, C and D side by side; the height of the row.
double middle_row(Painter& painter, const std::vector<TreeNode>& tree, const Date& as_of,
                  Language language, double y) {
  const auto part = [&](std::string_view id) -> const TreeNode* {
    const auto at = std::ranges::find_if(
        tree, [&](const TreeNode& n) { return n.part != nullptr && n.part->id == id; });
    return at == tree.end() ? nullptr : &*at;
  };
  const TreeNode* b = part("B");
  const TreeNode* c = part("C");
  const TreeNode* d = part("D");
  std::vector<const Standard*> in_b;
  std::vector<const Standard*> in_c;
  std::vector<const Standard*> in_d;
  if (b != nullptr) gather(*b, as_of, in_b);
  if (c != nullptr) gather(*c, as_of, in_c);
  if (d != nullptr) gather(*d, as_of, in_d);
  const std::vector<NodeBox> boxes =
      c == nullptr ? std::vector<NodeBox>{} : node_boxes(*c, painter, as_of, language);
  const double chip_width = kColumn - 2 * kPad;
  const double inner = std::max({painter.stack_height(in_b, chip_width), nodes_height(boxes),
                                 painter.stack_height(in_d, chip_width)});
  const double height = kHeading + inner + kPad;
  const double c_x = kMargin + kColumn + kGap;
  const double d_x = kWidth - kMargin - kColumn;
  const auto title = [&](const TreeNode* node) {
    return node == nullptr ? std::string() : node->part->title.in(language);
  };
  painter.heading("B", title(b), in_b.size(), {kMargin, y, kColumn, height});
  painter.stack(in_b, kMargin + kPad, y + kHeading, chip_width);
  painter.heading("C", title(c), in_c.size(),
                  {c_x, y, kNodeColumns * kColumn + (kNodeColumns - 1) * kGap, height});
  paint_nodes(painter, boxes, c_x + kPad, y + kHeading, language);
  painter.heading("D", title(d), in_d.size(), {d_x, y, kColumn, height});
  painter.stack(in_d, d_x + kPad, y + kHeading, chip_width);
  return height;
}

void legend(Svg& svg, double y, Language language) {
  constexpr std::array<DocumentStatus, 8> kShown = {
      DocumentStatus::in_force,  DocumentStatus::published, DocumentStatus::consultation,
      DocumentStatus::drafting,  DocumentStatus::planned,   DocumentStatus::superseded,
      DocumentStatus::withdrawn, DocumentStatus::unknown};
  double x = kMargin;
  for (const DocumentStatus status : kShown) {
    const StatusPaint look = paint_of_status(status);
    svg.rect({x, y - 12, 26, 16},
             {.fill = look.fill, .stroke = look.edge, .radius = 3, .dashed = look.dashed});
    svg.rect({x, y - 10, 4, 12}, {.fill = look.edge, .radius = 2});
    const std::string_view name = row(status).name.in(language);
    svg.text(x + 33, y + 1, name, {.size = 13, .fill = kInk});
    x += 33 + text_width(name, 13) + 26;
  }
}

std::string about(const Content& content, const Date& as_of, Language language) {
  std::size_t shown = 0;
  std::size_t absent = 0;
  std::size_t derived = 0;
  for (const Standard& standard : content.standards) {
    const bool there = standard.status(as_of) != DocumentStatus::not_started;
    ++(there ? shown : absent);
    if (there && !standard.part.empty() && standard.part_confidence != Confidence::sourced)
      ++derived;
  }
  const std::string missing_zh =
      absent == 0 ? "" : fmt::format("；另有{}份当日尚未启动，未列出", absent);
  const std::string missing_en =
      absent == 0 ? "" : fmt::format("; {} not yet started on that day are left out", absent);
  if (language == Language::zh)
    return fmt::format(
        "截至 {}，共 {} 份文件{}。其中 {} 份在结构中的位置为推定，并非标准体系原文。", as_of.text(),
        shown, missing_zh, derived);
  return fmt::format(
      "As of {}: {} documents{}. The place of {} of them in the structure is our own reading "
      "(derived), "
      "not stated by the system.",
      as_of.text(), shown, missing_en, derived);
}

}  // namespace

StatusPaint paint_of_status(DocumentStatus status) {
  switch (status) {
    case DocumentStatus::in_force: return {"#DFF3E6", "#1E8E5A", "#146B43", false};
    case DocumentStatus::published: return {"#DDEBFA", "#2A6FB0", "#1F5A94", false};
    case DocumentStatus::consultation: return {"#FFE9B8", "#B97900", "#865800", false};
    case DocumentStatus::drafting: return {"#FFF6DF", "#C98A00", "#865800", false};
    case DocumentStatus::planned: return {"#FFFBF0", "#C98A00", "#865800", true};
    case DocumentStatus::superseded: return {"#E9EAED", "#7B818C", "#565C66", false};
    case DocumentStatus::withdrawn: return {"#F6E3E3", "#A94442", "#8C2F2D", false};
    case DocumentStatus::not_started:
    case DocumentStatus::unknown: break;
  }
  return {"#FFFFFF", "#8A90A0", "#565C66", true};
}

std::string diagram_svg(const Content& content, const Date& as_of, Language language) {
  const std::vector<TreeNode> tree = structure(content, as_of);
  Painter painter(as_of, language);
  Svg& svg = painter.svg;
  const std::string headline(kHeadline.in(language));
  const std::string subtitle = about(content, as_of, language);
  svg.text(kMargin, 50, headline, {.size = 28, .fill = kInk, .weight = Weight::bold});
  svg.text(kMargin, 80, fit(subtitle, 14.5, kWidth - 2 * kMargin), {.size = 14.5, .fill = kSoft});
  double y = kTop;
  const auto whole_band = [&](std::string_view id) {
    for (const TreeNode& node : tree) {
      if (node.part == nullptr || node.part->id != id) continue;
      std::vector<const Standard*> documents;
      gather(node, as_of, documents);
      y += painter.band(id, node.part->title.in(language), documents, y) + kGap;
    }
  };
  whole_band("E");
  y += middle_row(painter, tree, as_of, language, y) + kGap;
  whole_band("A");
  // Parts beyond the five that an overlay may bring, then what has no place at all.
  for (const TreeNode& node : tree)
    if (node.part != nullptr && look_of(node.part->id).id.empty()) whole_band(node.part->id);
  std::vector<const Standard*> rest;
  if (!tree.empty()) rest = existing(tree.back(), as_of);
  if (!rest.empty()) y += painter.band("", kNoPart.in(language), rest, y) + kGap;
  legend(svg, y + 18, language);
  svg.text(kWidth - kMargin, y + 19,
           fmt::format("assay · {} {}", content.manifest.id, content.manifest.version),
           {.size = 12, .fill = kSoft, .anchor = Anchor::end});
  return svg.finish(kWidth, y + 42, headline, subtitle, language);
}

}  // namespace assay::catalog
