// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catalog/pictures.h"
#include "catalog/svg.h"

namespace assay::catalog {
namespace {

constexpr double kMargin = 32;
constexpr double kCell = 24;
constexpr double kLabels = 400;  // risks, left
constexpr double kSums = 84;     // documents a risk, right
constexpr double kTop = 104;
constexpr double kSlant = -60;  // degrees of the column labels
constexpr double kLabelSize = 12.5;
constexpr double kColumnSize = 12;
constexpr std::size_t kGroupBand = 22;

constexpr std::string_view kInk = "#1F2937";
constexpr std::string_view kSoft = "#5B6472";
constexpr std::string_view kGrid = "#D9DEE5";

constexpr StaticText kTitle = {"风险与标准对照矩阵", "Risks and standards"};
constexpr StaticText kRisks = {"风险", "Risks"};
constexpr StaticText kDocuments = {"标准与文件", "Standards and documents"};
constexpr StaticText kSum = {"现行数", "in force"};
constexpr StaticText kNothing = {
    "本版没有任何风险与标准的对应关系：缺失。",
    "No link of a risk to a standard is known for this edition: missing."};
constexpr StaticText kOthers = {"＊ 报告、法规或框架，不计入现行数",
                                "＊ reports, laws and frameworks: not counted as in force"};
constexpr StaticText kSourced = {"有来源的对应", "sourced link"};
constexpr StaticText kDerived = {"推定的对应（我们的解读）", "derived link (our own reading)"};
constexpr StaticText kVia = {"经版本对照得到（推定）",
                             "reached through the concordance of editions (derived)"};
constexpr StaticText kRecalled = {"凭记忆的对应", "recalled link"};

struct StageLook {
  Stage stage;
  DocumentStatus like;
};
constexpr std::array<StageLook, 5> kStageLooks = {
    {{Stage::in_force, DocumentStatus::in_force},
     {Stage::issued, DocumentStatus::published},
     {Stage::in_development, DocumentStatus::drafting},
     {Stage::ended, DocumentStatus::superseded},
     {Stage::unknown, DocumentStatus::unknown}}};

// Stronger than the chips of the diagram: a cell has no words in it.
std::string_view cell_fill(Stage stage) {
  switch (stage) {
    case Stage::in_force: return "#7CC79B";
    case Stage::issued: return "#86B6E6";
    case Stage::in_development: return "#F4C95D";
    case Stage::ended: return "#C3C7CE";
    case Stage::not_started:
    case Stage::unknown: break;
  }
  return "#FFFFFF";
}

// The mark of how sure a link is: full disc sourced, ring derived, triangle through the
// concordance, small dot recalled.
void mark(Svg& svg, double x, double y, const RiskLink& link) {
  constexpr std::string_view kMark = "#16303F";
  if (!link.via.empty())
    return svg.triangle(x, y, 5, {.fill = "none", .stroke = kMark, .stroke_width = 1.3});
  if (link.confidence == Confidence::sourced) return svg.circle(x, y, 4.6, {.fill = kMark});
  if (link.confidence == Confidence::recalled) return svg.circle(x, y, 2, {.fill = kMark});
  svg.circle(x, y, 4.2, {.fill = "none", .stroke = kMark, .stroke_width = 1.3});
}

struct Frame {
  double left = kMargin + kLabels;
  double top = 0;
  double right = 0;
  double bottom = 0;
};

std::string part_letter(const Standard& standard) {
  if (!normative(standard.kind)) return "＊";
  return standard.part.empty() ? "–" : standard.part.substr(0, standard.part.find('.'));
}

void column_labels(Svg& svg, const RiskMatrix& matrix, const Frame& frame, Language language) {
  for (std::size_t i = 0; i < matrix.documents.size(); ++i) {
    const Standard& standard = *matrix.documents[i];
    const double x = frame.left + (static_cast<double>(i) + 0.5) * kCell;
    svg.open_group(fmt::format("{} {}", name_of(standard), standard.title.in(language)));
    const std::string label = fit(name_of(standard), kColumnSize, 190);
    svg.text(x + 4, frame.top - static_cast<double>(kGroupBand) - 6, label,
             {.size = kColumnSize, .fill = kInk, .rotate = kSlant});
    svg.close_group();
  }
  // One cell over all columns of a part.
  for (std::size_t from = 0; from < matrix.documents.size();) {
    std::size_t to = from;
    const std::string letter = part_letter(*matrix.documents[from]);
    while (to < matrix.documents.size() && part_letter(*matrix.documents[to]) == letter) ++to;
    const double x = frame.left + static_cast<double>(from) * kCell;
    const double width = static_cast<double>(to - from) * kCell;
    svg.rect({x, frame.top - static_cast<double>(kGroupBand), width,
              static_cast<double>(kGroupBand) - 3},
             {.fill = "#E8EDF3", .stroke = "#FFFFFF", .stroke_width = 1.5, .radius = 3});
    svg.text(x + width / 2, frame.top - 8, letter,
             {.size = 12, .fill = "#41556E", .weight = Weight::bold, .anchor = Anchor::middle});
    from = to;
  }
}

// How many documents in force answer a risk, white to deep; a risk without any link says so.
void paint_sum(Svg& svg, const Box& box, const RiskRow& risk, std::size_t in_force,
               Language language) {
  constexpr double kDeep = 16;  // documents of the deepest shade
  const bool missing = risk.links.empty();
  const double shade = std::min(1.0, static_cast<double>(in_force) / kDeep);
  const auto blend = [shade](int deep) {
    return static_cast<int>(std::lround(255 - shade * (255 - deep)));
  };
  const std::string fill =
      missing ? "#FBE9E7"
              : fmt::format("#{:02X}{:02X}{:02X}", blend(0x1E), blend(0x8E), blend(0x5A));
  svg.rect(box, {.fill = fill, .stroke = kGrid});
  const std::string said =
      missing ? std::string(kNotMapped.in(language)) : std::to_string(in_force);
  svg.text(box.x + box.width / 2, box.y + 17, said,
           {.size = missing ? 11.0 : 12.5,
            .fill = missing       ? "#9A2F22"
                    : shade > 0.6 ? "#FFFFFF"
                                  : kInk,
            .weight = missing ? Weight::regular : Weight::bold,
            .anchor = Anchor::middle});
}

void paint_row(Svg& svg, const RiskMatrix& matrix, const RiskRow& risk, const Frame& frame,
               double y, const Date& as_of, Language language) {
  const std::string label = risk.item->id + "  " + risk.item->title.in(language);
  svg.open_group(label);
  svg.text(frame.left - 10, y + 17, fit(label, kLabelSize, kLabels - 12),
           {.size = kLabelSize, .fill = risk.links.empty() ? kSoft : kInk, .anchor = Anchor::end});
  svg.close_group();
  std::size_t in_force = 0;
  for (std::size_t i = 0; i < matrix.documents.size(); ++i) {
    const Standard& standard = *matrix.documents[i];
    const double x = frame.left + static_cast<double>(i) * kCell;
    const RiskLink* link = matrix.at(risk, standard);
    const Stage where = stage(standard, as_of);
    const bool there = link != nullptr && where != Stage::not_started;
    svg.rect({x, y, kCell, kCell}, {.fill = there ? cell_fill(where) : "#FFFFFF", .stroke = kGrid});
    if (!there) continue;
    if (where == Stage::in_force && normative(standard.kind)) ++in_force;
    if (where == Stage::unknown)
      svg.rect({x + 2, y + 2, kCell - 4, kCell - 4}, {.stroke = "#8A90A0", .dashed = true});
    svg.open_group(fmt::format("{} – {}", label, name_of(standard)));
    mark(svg, x + kCell / 2, y + kCell / 2, *link);
    svg.close_group();
  }
  paint_sum(svg, {frame.right + 8, y, kSums - 16, kCell}, risk, in_force, language);
}

void column_sums(Svg& svg, const RiskMatrix& matrix, const Frame& frame) {
  for (std::size_t i = 0; i < matrix.documents.size(); ++i) {
    const auto n = std::ranges::count_if(matrix.rows, [&](const RiskRow& risk) {
      return matrix.at(risk, *matrix.documents[i]) != nullptr;
    });
    svg.text(frame.left + (static_cast<double>(i) + 0.5) * kCell, frame.bottom + 17,
             std::to_string(n), {.size = 11.5, .fill = kSoft, .anchor = Anchor::middle});
  }
}

double legend_item(Svg& svg, double x, double y, std::string_view name) {
  svg.text(x, y + 5, name, {.size = 13, .fill = kInk});
  return x + text_width(name, 13) + 26;
}

void legend(Svg& svg, double y, Language language) {
  double x = kMargin;
  for (const StageLook& look : kStageLooks) {
    const StatusPaint edge = paint_of_status(look.like);
    svg.rect({x, y - 9, 18, 18},
             {.fill = cell_fill(look.stage), .stroke = edge.edge, .dashed = edge.dashed});
    x = legend_item(svg, x + 25, y,
                    kStages[static_cast<std::size_t>(look.stage)].name.in(language));
  }
  y += 28;
  x = kMargin;
  const std::array<std::pair<RiskLink, StaticText>, 4> marks = {{
      {{{}, nullptr, Confidence::sourced, {}, {}}, kSourced},
      {{{}, nullptr, Confidence::derived, {}, {}}, kDerived},
      {{{}, nullptr, Confidence::derived, {"-"}, {}}, kVia},
      {{{}, nullptr, Confidence::recalled, {}, {}}, kRecalled},
  }};
  for (const auto& entry : marks) {
    mark(svg, x + 9, y, entry.first);
    x = legend_item(svg, x + 25, y, entry.second.in(language));
  }
  legend_item(svg, kMargin, y + 28, kOthers.in(language));
}

std::string about(const RiskMatrix& matrix, const Date& as_of, Language language) {
  const auto missing =
      std::ranges::count_if(matrix.rows, [](const RiskRow& r) { return r.links.empty(); });
  const auto derived = std::ranges::count_if(
      matrix.links, [](const RiskLink& link) { return link.confidence != Confidence::sourced; });
  if (language == Language::zh)
    return fmt::format(
        "{}；截至 {}；{} 项风险，{} 份文件，{} 个对应，其中 {} 个为推定或凭记忆；{} "
        "项风险未建立映射。",
        matrix.framework->title.zh, as_of.text(), matrix.rows.size(), matrix.documents.size(),
        matrix.links.size(), derived, missing);
  return fmt::format(
      "{}; as of {}; {} risks, {} documents, {} links, {} of them derived or recalled; {} risks "
      "are not mapped.",
      matrix.framework->title.en, as_of.text(), matrix.rows.size(), matrix.documents.size(),
      matrix.links.size(), derived, missing);
}

}  // namespace

std::string matrix_svg(const Content& content, const Framework& framework, const Date& as_of,
                       Language language) {
  const RiskMatrix matrix = risk_matrix(content, framework, as_of);
  double longest = 0;
  for (const Standard* standard : matrix.documents)
    longest = std::max(longest, std::min(190.0, text_width(name_of(*standard), kColumnSize)));
  Frame frame;
  frame.top = kTop + 24 + longest * 0.87 + static_cast<double>(kGroupBand) + 14;
  frame.right = frame.left + static_cast<double>(matrix.documents.size()) * kCell;
  frame.bottom = frame.top + static_cast<double>(matrix.rows.size()) * kCell;
  // The last slanted label leans over the right edge; the title and legend want some width anyway.
  const double width =
      std::max(1120.0, frame.right + std::max(kSums, longest * 0.5 + 12) + kMargin);
  Svg svg;
  const std::string headline(kTitle.in(language));
  const std::string subtitle = about(matrix, as_of, language);
  svg.text(kMargin, 48, headline, {.size = 26, .fill = kInk, .weight = Weight::bold});
  svg.text(kMargin, 76, fit(subtitle, 14, width - 2 * kMargin), {.size = 14, .fill = kSoft});
  svg.text(kMargin, frame.top - 8, kRisks.in(language),
           {.size = 14, .fill = kInk, .weight = Weight::bold});
  if (matrix.documents.empty())
    svg.text(frame.left, frame.top - 8, kNothing.in(language), {.size = 14, .fill = "#8C2F2D"});
  else
    svg.text(frame.left, kTop + 10, kDocuments.in(language),
             {.size = 14, .fill = kInk, .weight = Weight::bold});
  column_labels(svg, matrix, frame, language);
  svg.text(frame.right + kSums / 2, frame.top - 8, kSum.in(language),
           {.size = 11.5, .fill = kSoft, .anchor = Anchor::middle});
  double y = frame.top;
  const std::vector<std::string>* group = nullptr;
  for (const RiskRow& risk : matrix.rows) {
    paint_row(svg, matrix, risk, frame, y, as_of, language);
    if (group != nullptr && *group != risk.item->parents)
      svg.line(kMargin, y, frame.right + kSums - 8, y, "#8793A3", 1.4);
    group = &risk.item->parents;
    y += kCell;
  }
  column_sums(svg, matrix, frame);
  legend(svg, frame.bottom + 52, language);
  return svg.finish(width, frame.bottom + 136, headline, subtitle, language);
}

}  // namespace assay::catalog
