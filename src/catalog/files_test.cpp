// SPDX-License-Identifier: Apache-2.0
//
// Exports and pictures.
#include <gmock/gmock.h>

#include "base/strings.h"
#include "catalog/export.h"
#include "catalog/json_object.h"
#include "catalog/pictures.h"
#include "catalog/svg.h"
#include "catalog/test_content.h"

namespace assay::catalog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const Date kDay = day("2025-12-01");

TEST(Json, ObjectsAreWrittenKeyByKey) {
  EXPECT_EQ(JsonObject().str(), "{}");
  EXPECT_EQ(
      JsonObject().text("a\"", "b\n").number("n", 2).boolean("t", true).strings("l", {"x"}).str(),
      R"({"a\"":"b\n","n":2,"t":true,"l":["x"]})");
  EXPECT_EQ(JsonObject::extend(R"({"a":1})").number("b", 2).str(), R"({"a":1,"b":2})");
  EXPECT_EQ(JsonObject::extend("{}").number("b", 2).str(), R"({"b":2})");
}

TEST(Export, CsvQuotesAndDefusesFormulas) {
  Content content = small_content();
  content.standards[0].title.en = "=1+1, \"quoted\"\nline";
  const std::string csv = export_csv(content, CsvTable::documents, kDay);
  EXPECT_THAT(csv, HasSubstr("\"'=1+1, \"\"quoted\"\"\nline\""));
  EXPECT_THAT(csv, HasSubstr("gbt-45654,GB/T 45654-2025,recommended-standard,in-force,C.n1,"));
  EXPECT_THAT(export_csv(content, CsvTable::clauses, kDay),
              HasSubstr("gbt-45654/GAI-KW-001,gbt-45654,"));
  EXPECT_THAT(export_csv(content, CsvTable::mappings, kDay), HasSubstr("editions,frame-1:R1,"));
}

TEST(Export, SssomKeepsOneLineARow) {
  Content content = small_content();
  content.mappings[0].rows[0].comment = "a\tb\nc";
  const auto all = export_sssom(content, "");
  ASSERT_TRUE(all.ok());
  EXPECT_THAT(*all, HasSubstr("\ta b c\tsourced\n"));
  const auto one = export_sssom(content, "standards-to-risks");
  ASSERT_TRUE(one.ok());
  EXPECT_THAT(*one, Not(HasSubstr("skos:closeMatch")));
  EXPECT_FALSE(export_sssom(content, "nothing").ok());
}

TEST(Export, OscalIsStable) {
  const Content content = small_content();
  EXPECT_EQ(export_oscal_catalog(content, kDay), export_oscal_catalog(content, kDay));
  EXPECT_THAT(export_oscal_catalog(content, kDay),
              HasSubstr("\"last-modified\":\"2026-11-22T00:00:00Z\""));
  EXPECT_THAT(export_oscal_mapping(content), HasSubstr("\"relationship\":\"subset-of\""));
  EXPECT_THAT(export_oscal_mapping(content), HasSubstr("\"percentage\":80"));
}

TEST(Svg, WidthCountsWideCharactersAsAnEm) {
  EXPECT_DOUBLE_EQ(text_width("标准", 10), 20);
  EXPECT_LT(text_width("il", 10), text_width("mw", 10));
}

TEST(Svg, WrapKeepsLinesWithinTheWidth) {
  const std::string text =
      "Security specification for generative 人工智能预训练和优化训练数据，安全规范";
  for (const double width : {60.0, 120.0, 240.0}) {
    const auto lines = wrap(text, 12, width, 3);
    EXPECT_LE(lines.size(), 3U);
    for (const std::string& line : lines) {
      EXPECT_LE(text_width(line, 12), width) << line;
      EXPECT_FALSE(line.starts_with("，")) << line;
      EXPECT_TRUE(valid_utf8(line));
    }
  }
  EXPECT_THAT(wrap("one two", 10, 500, 3), ElementsAre("one two"));
  EXPECT_THAT(wrap("", 10, 500, 3), ElementsAre(""));
}

// Every rectangle of the picture, to see that chips do not lie on each other.
std::vector<Box> chips(const std::string& svg) {
  std::vector<Box> out;
  for (std::string_view line : split(svg, '\n')) {
    if (!line.starts_with("<rect x=") || line.find("rx=\"5\"") == std::string_view::npos) continue;
    const auto number = [&](std::string_view key) {
      const auto at = line.find(key) + key.size();
      return to_number<double>(line.substr(at, line.find('"', at) - at)).value_or(-1);
    };
    out.push_back({number(" x=\""), number(" y=\""), number(" width=\""), number(" height=\"")});
  }
  return out;
}

TEST(Diagram, HoldsEveryDocumentThatExistsOnceAndNoneOverlaps) {
  const Content content = small_content();
  for (const Language language : {Language::zh, Language::en}) {
    const std::string svg = diagram_svg(content, kDay, language);
    const auto boxes = chips(svg);
    EXPECT_EQ(boxes.size(), 4U);  // plan-x is not started on that day
    for (std::size_t i = 0; i < boxes.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        const Box& a = boxes[i];
        const Box& b = boxes[j];
        const bool apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y ||
                           b.y + b.height <= a.y;
        EXPECT_TRUE(apart) << i << " and " << j;
      }
    EXPECT_THAT(svg, HasSubstr("GB/T 45654-2025"));
    EXPECT_THAT(svg, HasSubstr("2025-12-01"));
  }
  EXPECT_THAT(diagram_svg(content, kDay, Language::zh), HasSubstr("现行"));
}

TEST(Diagram, EscapesWhatContentSays) {
  Content content = small_content();
  content.standards[2].title.en = "<script>&\"";
  const std::string svg = diagram_svg(content, kDay, Language::en);
  EXPECT_THAT(svg, Not(HasSubstr("<script>")));
  EXPECT_THAT(svg, HasSubstr("&lt;script&gt;&amp;"));
}

TEST(HeatMap, MarksHowALinkIsKnownAndWhatIsMissing) {
  const Content content = small_content();
  const std::string direct = matrix_svg(content, content.frameworks[0], kDay, Language::en);
  EXPECT_THAT(direct, HasSubstr(">not mapped</text>"));
  EXPECT_THAT(direct, HasSubstr("R1"));
  const std::string through = matrix_svg(content, content.frameworks[1], kDay, Language::zh);
  EXPECT_THAT(through, HasSubstr("<path d=\"M"));
  EXPECT_THAT(through, HasSubstr("未建立映射"));
}

TEST(Pictures, EmptyContentStillGivesAPicture) {
  const Content empty;
  EXPECT_THAT(diagram_svg(empty, kDay, Language::en), HasSubstr("</svg>"));
  EXPECT_THAT(matrix_svg(empty, {}, kDay, Language::en), HasSubstr("No link"));
}

}  // namespace
}  // namespace assay::catalog
