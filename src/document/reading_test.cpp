// SPDX-License-Identifier: Apache-2.0
//
// Texts and outlines out of made documents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/strings.h"
#include "document/forms.h"
#include "document/html.h"
#include "document/outline.h"
#include "document/pdf_lines.h"
#include "document/plain.h"

namespace assay::document {
namespace {

using testing::ElementsAre;

std::vector<std::string> blocks(const Document& document) {
  std::vector<std::string> out;
  for (const Block& block : document.blocks) out.emplace_back(document.at(block.span));
  return out;
}

std::vector<std::string> outline(const Document& document) {
  std::vector<std::string> out;
  for (const Node& node : outline_of(document).nodes)
    out.push_back(std::string(2 * static_cast<std::size_t>(node.depth), ' ') + node.label +
                  (node.title.empty() ? "" : " " + node.title));
  return out;
}

// --- web pages

TEST(Html, GivesWhatAReaderSees) {
  const Document page = read_html(
      "<!DOCTYPE html><html><head><title>On &amp; off</title><style>p{}</style><script>if (a<b) "
      "x()</script></head>"
      "<body><nav>Home</nav><h1>Rules</h1><p>One <b>two</b>&nbsp;three<br>four</p><!-- no <p> -->"
      "<ul><li>first<li>second</ul><table><tr><td>a</td><td>b</td></tr></table>tail &unknown; "
      "&#20013;&#x6587;</body></html>");
  EXPECT_EQ(page.title, "On & off");
  EXPECT_THAT(blocks(page), ElementsAre("Rules", "One two three", "four", "first", "second", "a\tb",
                                        "tail &unknown; 中文"));
  EXPECT_EQ(page.blocks[0].kind, BlockKind::heading);
  EXPECT_EQ(page.blocks[5].kind, BlockKind::row);
}

TEST(Html, InXmlAnElementMayCloseItself) {
  Document chapter;
  append_html(chapter,
              "<html><head><title/><script src=\"x.js\"/></head><body><p>kept</p></body></html>",
              Markup::xml);
  EXPECT_THAT(blocks(chapter), ElementsAre("kept"));
}

TEST(Html, TakesWhateverIsNoTagForText) {
  EXPECT_THAT(blocks(read_html("a < b <3 <p>c")), ElementsAre("a < b <3", "c"));
  EXPECT_THAT(blocks(read_html("<p>cut <a href=\"x")), ElementsAre("cut"));
  EXPECT_THAT(blocks(read_html("<script>never ends")), ElementsAre());
  EXPECT_THAT(blocks(read_html("")), ElementsAre());
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  EXPECT_THAT(blocks(read_html(deep + "x")), ElementsAre("x"));
}

// --- texts

TEST(Plain, JoinsLinesBrokenAtAWidthOnly) {
  const std::string wrapped =
      "This is a paragraph whose lines were broken at a width of seventy so\n"
      "that it goes on here and on the next line as well, as letters do it\n"
      "until it ends.\n\nAnother one begins here and it is as long as the line above it was\n"
      "and ends.\n";
  EXPECT_THAT(blocks(read_plain(wrapped)).size(), 2U);
  EXPECT_THAT(blocks(read_plain("第一条 甲。\n第二条 乙。\n")),
              ElementsAre("第一条 甲。", "第二条 乙。"));
}

TEST(Plain, ReadsCommonEncodings) {
  const std::string gb = "\xB5\xDA\xD2\xBB\xCC\xF5";  // 第一条
  EXPECT_EQ(*to_utf8(gb), "第一条");
  EXPECT_EQ(*to_utf8("\xEF\xBB\xBF中"), "中");
  EXPECT_EQ(*to_utf8(std::string_view("\xFF\xFE\x2D\x4E", 4)), "中");
  EXPECT_FALSE(to_utf8("\x80\xFF\xFF\x80 nothing").ok());
}

TEST(Markdown, LeavesOutWhatIsNoText) {
  const Document document = read_markdown(
      "---\nAIGC: x\n---\n# Title\n\nSome **bold** [link](http://x) `code`.\n\n```\nint "
      "x;\n```\n<!-- hidden\nmore -->\n"
      "| a | b |\n|---|---|\n| 1 | 2 |\n- one\n- two\n");
  EXPECT_THAT(blocks(document),
              ElementsAre("Title", "Some bold link code.", "a\tb", "1\t2", "one", "two"));
}

TEST(Markdown, KeepsBracketsThatAreNoLinks) {
  EXPECT_THAT(blocks(read_markdown(
                  "See [1] here <!-- hidden --> end [x](http://a\n\n``` one```\n\nlast\n")),
              ElementsAre("See [1] here end [x](http://a", "one", "last"));
}

TEST(Forms, ArePlainAndAllElseStays) {
  EXPECT_EQ(plain_forms("\u2F08\u5DE5智能 o\uFB03ce （一）"), "人工智能 office （一）");
  EXPECT_EQ(plain_forms("trans\u00ADparent"), "transparent");
}

// --- pages

// Lines of a made page: x, y, width, height, text.
class Pages {
 public:
  Pages& page() {
    raw_.pages.push_back({600, 800});
    return *this;
  }
  Pages& line(double x, double y, double width, const char* text, double height = 12) {
    raw_.lines.push_back({static_cast<int>(raw_.pages.size()), {x, y, width, height}, text});
    return *this;
  }
  Document compose() { return document::compose(raw_); }

 private:
  RawPages raw_;
};

TEST(Pdf, LeavesOutWhatStandsOnEveryPage) {
  Pages pages;
  for (int n = 1; n <= 4; ++n)
    pages.page()
        .line(60, 20, 200, "Annual report")
        .line(60, 200, 480,
              ("Body of page " + std::string(1, static_cast<char>('a' + n)) + ".").c_str())
        .line(290, 780, 10, std::to_string(n).c_str());
  const Document document = pages.compose();
  EXPECT_EQ(document.blocks.size(), 4U);
  EXPECT_EQ(document.left_out.size(), 8U);
  EXPECT_EQ(document.left_out[0].why, LeftOutWhy::header);
  EXPECT_EQ(document.left_out[1].why, LeftOutWhy::page_number);
}

TEST(Pdf, KeepsNumberedTextAtTheTopAndNumbersThatCountNoPages) {
  Pages pages;
  for (int n = 1; n <= 5; ++n)
    pages.page()
        .line(60, 60, 100, ("Article " + std::to_string(n)).c_str())
        .line(60, 200, 480, "Body.")
        .line(60, 770, 40, n == 3 ? "2024" : "Total");
  const Document document = pages.compose();
  EXPECT_EQ(document.text.find("Article 5") == std::string::npos, false);
  EXPECT_NE(document.text.find("2024"), std::string::npos);
}

TEST(Pdf, JoinsLinesToParagraphsAcrossPages) {
  const Document document =
      Pages()
          .page()
          .line(60, 600, 480, "A sentence that is as wide as its column and is trans-")
          .line(60, 614, 480, "parent, goes on to the foot of its page and then to")
          .page()
          .line(60, 100, 100, "the next one.")
          .line(60, 114, 480, "Here another paragraph begins, since the line had room.")
          .compose();
  EXPECT_THAT(blocks(document),
              ElementsAre("A sentence that is as wide as its column and is transparent, goes on to "
                          "the foot of its page and then to the next one.",
                          "Here another paragraph begins, since the line had room."));
  EXPECT_EQ(page_of(document, document.text.find("the next one")), 2);
  const std::size_t at = document.text.find("parent");
  ASSERT_EQ(areas_of(document, {at, at + 6}).size(), 1U);
  EXPECT_EQ(areas_of(document, {at, at + 6})[0].area.y, 614);
}

TEST(Pdf, PutsCellsIntoRowsAndNumbersBeforeTheirText) {
  const Document document = Pages()
                                .page()
                                .line(60, 100, 30, "(44)")
                                .line(120, 100, 420, "There are concerns.")
                                .line(60, 200, 60, "Risk")
                                .line(300, 200, 60, "Measure")
                                .compose();
  EXPECT_THAT(blocks(document), ElementsAre("(44) There are concerns.", "Risk\tMeasure"));
}

TEST(Pdf, ReadsTheRowsOfPdftotextAndPassesOverOthers) {
  const RawPages raw = parse_pdf_tsv(
      "level\tpage_num\tpar_num\tblock_num\tline_num\tword_"
      "num\tleft\ttop\twidth\theight\tconf\ttext\n"
      "1\t1\t0\t0\t0\t0\t0\t0\t595\t842\t-1\t###PAGE###\n"
      "4\t1\t0\t0\t0\t0\t56\t57\t80\t13\t-1\t###LINE###\n"
      "5\t1\t0\t0\t0\t0\t56\t57\t20\t13\t100\tFor\n"
      "5\t1\t0\t0\t0\t1\t80\t57\t20\t13\t100\tall\n"
      "nonsense\n5\tx\t\t\t\t\tnan\tinf\t1\t1\t1\tno\n");
  ASSERT_EQ(raw.lines.size(), 1U);
  EXPECT_EQ(raw.lines[0].text, "For all");
  EXPECT_EQ(raw.pages[0].height, 842);
}

// --- outlines

TEST(Outline, FollowsAChineseLaw) {
  EXPECT_THAT(outline(read_markdown("# 条例\n\n## 第一章 总 则\n\n第一条 甲。\n\n第二条 "
                                    "有下列情形之一的：\n\n（一）乙；\n\n（二）丙。\n\n"
                                    "第一条第二款规定的情形。\n\n## 第二章 附则\n\n第三条 丁。\n")),
              ElementsAre("第一章 总 则", "  第一条", "  第二条", "    （一）", "    （二）",
                          "第二章 附则", "  第三条"));
}

TEST(Outline, FollowsAStandard) {
  EXPECT_THAT(
      outline(read_plain("1 范围\n本文件规定了要求。\n2 要求\n2.1 通则\n应符合下列要求：\na) "
                         "甲；\nb) 乙：\n1) 丙；\n2) 丁；\nc) 戊。\n2.2 记录\n3 试验\n")),
      ElementsAre("1 范围", "2 要求", "  2.1 通则", "    a)", "    b)", "      1)", "      2)",
                  "    c)", "  2.2 记录", "3 试验"));
}

TEST(Outline, AListHoldsNoneOfItsOwnKind) {
  EXPECT_THAT(outline(read_plain("Article 1\n(a) one\n(i) x\n(A) deep\n(B) deep\n(ii) y\n"
                                 "lost (b) in a line\n(i) again\n(ii) more\n")),
              ElementsAre("Article 1", "  (a)", "    (i)", "      (A)", "      (B)", "    (ii)",
                          "    (i)", "    (ii)"));
}

TEST(Outline, FollowsARegulationAndInventsNothing) {
  EXPECT_THAT(outline(read_plain("CHAPTER I\nGENERAL\nArticle 1\nScope\n1. This Regulation "
                                 "applies.\n2. It refers to\nArticle 6(2) of another.\n"
                                 "Article 2\nDefinitions\n(a) first\n(b) second\n(i) one\n(ii) "
                                 "two\n(c) third\nANNEX I\nLists\n")),
              ElementsAre("CHAPTER I GENERAL", "  Article 1 Scope", "    1.", "    2.",
                          "  Article 2 Definitions", "    (a)", "    (b)", "      (i)",
                          "      (ii)", "    (c)", "ANNEX I Lists"));
}

TEST(Outline, TakesTheTextNotItsContents) {
  const Document document = read_plain(
      "第一章 总则……1\n第二章 附则……9\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n");
  EXPECT_THAT(outline(document), ElementsAre("第一章 总则", "  第一条", "第二章 附则", "  第二条"));
}

TEST(Outline, AnEllipsisIsNoTableOfContents) {
  EXPECT_THAT(
      outline(read_plain("第一条 甲。\n第二条 违反前款规定……的，责令改正。\n第三条 乙。\n")),
      ElementsAre("第一条", "第二条", "第三条"));
}

TEST(Outline, PlainHeadingsStandAmongNumberedOnes) {
  EXPECT_THAT(
      outline(read_markdown("# 条例\n\n## 第一章 甲\n\n第一条 乙。\n\n### Purpose\n\n第二条 "
                            "丙。\n\n## 第二章 丁\n\n第三条 戊。\n")),
      ElementsAre("第一章 甲", "  第一条", "   Purpose", "    第二条", "第二章 丁", "  第三条"));
}

TEST(Outline, SpansCoverTheTextWithoutHoles) {
  const Document document = read_plain("第一章 总则\n第一条 甲。\n（一）乙；\n第二条 丙。\n");
  const Outline made = outline_of(document);
  EXPECT_EQ(made.nodes[0].span, (Span{0, document.text.size()}));
  EXPECT_EQ(document.at(made.nodes[1].span), "第一条 甲。\n（一）乙；\n");
}

}  // namespace
}  // namespace assay::document
