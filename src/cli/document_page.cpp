// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/strings.h"
#include "catalog/svg.h"
#include "cli/document_covered.h"
#include "report/html/markup.h"

namespace assay::cli {
namespace {

using document::CoverageLevel;
using document::Passage;
using document::Span;
using document::TopicCoverage;
using report::html::both;
using report::html::Html;
using report::html::markup;

constexpr std::string_view kStyle = R"css(
:root{--page:#f4f6f8;--card:#fff;--ink:#18202c;--faint:#55606f;--line:#dde2e9;--mark:#fff3c4;
--strong:#ffd966;--good:#1d8652;--minimal:#8fcbab;--none:#eceff3;--link:#1b5a94;color-scheme:light}
@media screen and (prefers-color-scheme:dark){:root{--page:#0f1319;--card:#171c24;--ink:#e7ebf1;
--faint:#a5afbd;--line:#2b333f;--mark:#3c3413;--strong:#6b5a12;--good:#3fb07a;--minimal:#24523b;
--none:#29303a;--link:#86bbee;color-scheme:dark}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.65 system-ui,"PingFang SC",
"Microsoft YaHei","Noto Sans CJK SC",sans-serif}
a{color:var(--link)}h1{font-size:1.35rem;margin:0}h2{font-size:1.1rem;margin:1.2rem 0 .4rem}
h3{font-size:1rem;margin:1rem 0 .3rem}.faint{color:var(--faint)}
header{padding:1rem 1.5rem;background:var(--card);border-bottom:1px solid var(--line)}
.two{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);height:calc(100vh - 6.5rem)}
.two>*{overflow:auto;padding:1rem 1.5rem}.side{background:var(--card);border-left:1px solid
var(--line)}
.one{padding:1rem 1.5rem}.one>details,.one>p{max-width:70rem}
.text p{margin:.35rem 0;overflow-wrap:anywhere}.text .h{font-weight:700;margin-top:1rem}
.text .n{color:var(--faint);font-size:.85rem}
.page{color:var(--faint);font-size:.8rem;border-top:1px dashed var(--line);margin-top:1rem}
mark{background:var(--mark);color:inherit;border-radius:2px}mark b{background:var(--strong);
font-weight:inherit}mark:target{outline:2px solid var(--link)}
details{border-top:1px solid var(--line);padding:.3rem 0}summary{cursor:pointer}
.dot{display:inline-block;width:.8em;height:.8em;border-radius:50%;border:1px solid var(--faint);
margin-right:.45em;vertical-align:-.05em}
.good{background:var(--good)}.minimal{background:linear-gradient(90deg,var(--good) 50%,
transparent 50%)}
blockquote{margin:.4rem 0 .4rem 1.3rem;padding-left:.7rem;border-left:3px solid var(--line)}
.map{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem}
td,th{border:1px solid var(--line);padding:.25rem .4rem;text-align:center;font-weight:400}
th.l{text-align:left;min-width:14rem;overflow-wrap:anywhere}th.v{vertical-align:bottom;height:13rem}
th.v div{writing-mode:vertical-rl;transform:rotate(180deg);max-height:12.5rem;text-align:left;
line-height:1.25}
html[lang="zh"] th.v div{transform:none}td.good{color:#fff}
td.minimal{background:var(--minimal)}td.none{background:var(--none);color:var(--faint)}
@media(max-width:60rem){.two{display:block;height:auto}.side{border-left:0}}
@media print{.two{display:block;height:auto}}
)css";

// All of a text, which markup() would cut.
Html whole(std::string_view text) { return {report::html::escape(text, std::string::npos)}; }

Html sentence(const document::Document& document, Span span, const std::vector<Span>& words) {
  Html out;
  std::size_t at = span.begin;
  for (const Span& word : words) {
    if (word.begin < at) continue;
    out += whole(document.at({at, word.begin}));
    out += {"<b>" + whole(document.at(word)).code + "</b>"};
    at = word.end;
  }
  out += whole(document.at({at, span.end}));
  return out;
}

// --- the text, with its passages

struct Marked {
  Span span;
  std::vector<Span> words;
  std::set<std::string> topics;
};

// The passages shown of every topic, each sentence once.
std::map<std::size_t, Marked> marked_of(const std::vector<Taxonomy>& taxonomies,
                                        const Covered& covered) {
  std::map<std::size_t, Marked> out;
  for (std::size_t t = 0; t < covered.ratings.size(); ++t)
    for (std::size_t i = 0; i < covered.ratings[t].size(); ++i)
      for (const Passage& passage : covered.ratings[t][i].best) {
        Marked& marked = out[passage.span.begin];
        marked.span = passage.span;
        marked.words.insert(marked.words.end(), passage.words.begin(), passage.words.end());
        marked.topics.insert(taxonomies[t].items[i]->id);
      }
  for (auto& [begin, marked] : out)
    std::ranges::sort(marked.words, [](Span a, Span b) { return a.begin < b.begin; });
  return out;
}

Html block_html(const document::Document& document, const document::Block& block,
                const std::map<std::size_t, Marked>& marked) {
  Html inner;
  std::size_t at = block.span.begin;
  for (auto it = marked.lower_bound(at); it != marked.end() && it->first < block.span.end; ++it) {
    const Marked& one = it->second;
    inner += whole(document.at({at, one.span.begin}));
    inner += markup(R"(<mark id="s{}" title="{}">{}</mark>)", one.span.begin,
                    join({one.topics.begin(), one.topics.end()}, ", "),
                    sentence(document, one.span, one.words));
    at = one.span.end;
  }
  inner += whole(document.at({at, block.span.end}));
  const std::string_view look = block.kind == document::BlockKind::heading    ? " class=\"h\""
                                : block.kind == document::BlockKind::footnote ? " class=\"n\""
                                                                              : "";
  return {fmt::format("<p{}>{}</p>\n", look, inner.code)};
}

Html text_html(const std::vector<Taxonomy>& taxonomies, const Covered& covered) {
  const auto marked = marked_of(taxonomies, covered);
  Html out;
  int page = 0;
  for (const document::Block& block : covered.document.blocks) {
    const int now = page_of(covered.document, block.span.begin);
    if (!covered.document.pages.empty() && now != page)
      out += markup(R"(<div class="page">{} {}</div>)", StaticText{"页", "page"}, now);
    page = now;
    out += block_html(covered.document, block, marked);
  }
  return out;
}

// --- the ratings

Html place_html(const Covered& covered, const Passage& passage, bool linked) {
  const std::size_t at = passage.span.begin;
  const Html place = {both(cited(covered, at, Language::zh), cited(covered, at, Language::en))};
  if (!linked) return place;
  return markup(R"(<a href="#s{}">{}{}</a>)", at, place, place.code.empty() ? "↩" : "");
}

// "5+3": that name the item, and with cues alone.
std::string sentences_text(const TopicCoverage& rating) {
  return rating.hints > 0 ? fmt::format("{}+{}", rating.passages, rating.hints)
                          : std::to_string(rating.passages);
}

Html rating_html(const Covered& covered, const Taxonomy& taxonomy, std::size_t item,
                 const TopicCoverage& rating, bool linked) {
  Html quotes;
  for (const Passage& passage : rating.best)
    quotes += markup("<blockquote>{} <span class=\"faint\">{}</span></blockquote>\n",
                     sentence(covered.document, passage.span, passage.words),
                     place_html(covered, passage, linked));
  const auto& rules = taxonomy.reader.rules();
  const Text lacking = {lacking_text(rating, rules, Language::zh),
                        lacking_text(rating, rules, Language::en)};
  const std::size_t all = rating.passages + rating.hints;
  const Html shown =
      markup("{} {} / {}{}", StaticText{"所示", "Shown:"}, rating.best.size(), all,
             rating.hints > 0 ? Text{fmt::format("，其中 {} 句只有弱提示词。", rating.hints),
                                     fmt::format(", {} of them with cues alone.", rating.hints)}
                              : Text{"。", "."});
  return markup(
      R"(<details><summary><span class="dot {}"></span>{} {} <span class="faint">· {} · {} {} · )"
      R"({} {}</span></summary><p class="faint">{} {}</p>{}</details>)",
      word(rating.level), taxonomy.items[item]->id, taxonomy.items[item]->title,
      level_text(rating.level), sentences_text(rating), StaticText{"句", "sentences"},
      rating.duties, StaticText{"句有要求", "with a duty"}, shown, lacking, quotes);
}

Html ratings_html(const std::vector<Taxonomy>& taxonomies, const Covered& covered, bool linked) {
  Html out;
  if (covered.ratings.empty()) return markup("<p>{}</p>", kNotRated);
  for (std::size_t t = 0; t < taxonomies.size(); ++t) {
    out += markup("<h3>{}</h3>", taxonomies[t].framework->title);
    std::vector<std::string> none;
    for (std::size_t i = 0; i < covered.ratings[t].size(); ++i) {
      const TopicCoverage& rating = covered.ratings[t][i];
      if (!rating.best.empty())
        out += rating_html(covered, taxonomies[t], i, rating, linked);
      else
        none.push_back(taxonomies[t].items[i]->id);
    }
    if (!none.empty())
      out += markup(R"(<p class="faint">{}: {}</p>)",
                    StaticText{"没有一句提及", "no sentence speaks of"}, join(none, ", "));
  }
  return out;
}

// --- documents against items

Html map_html(const Taxonomy& taxonomy, const std::vector<Covered>& documents, std::size_t t) {
  Html head, rows;
  for (const Item* item : taxonomy.items)
    head += markup(R"(<th class="v"><div>{} {}</div></th>)", item->id, item->title);
  std::vector<std::size_t> good(taxonomy.items.size()), some(taxonomy.items.size());
  for (std::size_t d = 0; d < documents.size(); ++d) {
    const Covered& covered = documents[d];
    Html cells;
    for (std::size_t i = 0; i < taxonomy.items.size(); ++i) {
      const CoverageLevel level =
          covered.ratings.empty() ? CoverageLevel::none : covered.ratings[t][i].level;
      good[i] += level == CoverageLevel::good ? 1 : 0;
      some[i] += level != CoverageLevel::none ? 1 : 0;
      cells += covered.ratings.empty()
                   ? Html{"<td>?</td>"}
                   : markup(R"(<td class="{}" title="{}">{}</td>)", word(level),
                            taxonomy.items[i]->id, sentences_text(covered.ratings[t][i]));
    }
    rows += markup(R"(<tr><th class="l"><a href="#d{}">{}</a></th>{}</tr>)", d,
                   fs::path(covered.path).filename().string(), cells);
  }
  Html sums;
  for (std::size_t i = 0; i < taxonomy.items.size(); ++i)
    sums += markup("<td>{} / {}</td>", good[i], some[i]);
  return markup(
      R"(<h2>{}</h2><div class="map"><table><tr><th class="l"></th>{}</tr>{}<tr><th class="l">{})"
      R"(</th>{}</tr></table></div>)",
      taxonomy.framework->title, head, rows,
      StaticText{"充分 / 有所涉及的文件数", "documents with good / any coverage"}, sums);
}

Html many_html(const std::vector<Taxonomy>& taxonomies, const std::vector<Covered>& documents) {
  Html out = {"<div class=\"one\">"};
  out +=
      markup(R"(<p class="faint">{}</p>)",
             StaticText{"格中数字是点名该项的句子数，加号后是只有弱提示词的句子数；颜色是程度。",
                        "The number in a cell is that of the sentences which name the item, behind "
                        "the + of those with cues alone; its colour is the level."});
  for (std::size_t t = 0; t < taxonomies.size(); ++t) out += map_html(taxonomies[t], documents, t);
  for (std::size_t d = 0; d < documents.size(); ++d) {
    out += markup(R"(<h2 id="d{}">{}</h2><p class="faint">{}</p>)", d, documents[d].path,
                  documents[d].outline.title);
    out += ratings_html(taxonomies, documents[d], false);
  }
  out += {"</div>"};
  return out;
}

Html single_html(const std::vector<Taxonomy>& taxonomies, const Covered& covered) {
  return markup(R"(<div class="two"><div class="text">{}</div><div class="side">{}</div></div>)",
                text_html(taxonomies, covered), ratings_html(taxonomies, covered, true));
}

}  // namespace

StaticText level_text(CoverageLevel level) {
  constexpr std::array<StaticText, 3> kTexts = {
      {{"未涉及", "none"}, {"有所涉及", "minimal"}, {"充分", "good"}}};
  return kTexts[static_cast<std::size_t>(level)];
}

std::string lacking_text(const TopicCoverage& coverage, const document::CoverageRules& rules,
                         Language language) {
  const document::LevelRule lacks = lacking(coverage, rules);
  const bool zh = language == Language::zh;
  std::vector<std::string> parts;
  const auto add = [&](std::size_t number, std::string_view in_zh, std::string_view in_en) {
    if (number > 0) parts.push_back(fmt::format(fmt::runtime(zh ? in_zh : in_en), number));
  };
  add(lacks.passages, "再有 {} 句提及", "{} more sentences that speak of it");
  add(lacks.duties, "再有 {} 句提出要求", "{} more with a duty");
  add(lacks.words, "再有 {} 个不同用词", "{} more different words");
  if (parts.empty()) return {};
  return (zh ? "达到上一级还差：" : "The next level lacks: ") + join(parts, zh ? "，" : ", ") +
         (zh ? "。" : ".");
}

std::string coverage_page(const std::vector<Taxonomy>& taxonomies,
                          const std::vector<Covered>& documents, Language language) {
  const bool single = documents.size() == 1;
  const std::string title = single ? documents[0].outline.title : std::string();
  const Html body =
      single ? single_html(taxonomies, documents[0]) : many_html(taxonomies, documents);
  const StaticText kind = {"文件覆盖情况", "Coverage of documents"};
  return markup(
             R"(<!DOCTYPE html>
<html lang="{}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title><style>{}html[lang="zh"] span[lang="en"],html[lang="en"] span[lang="zh"]
{{display:none}}</style></head>
<body><header><h1>{}</h1><div class="faint">{}{}</div></header>
{}</body></html>
)",
             language == Language::zh ? "zh" : "en", kind.in(language), Html{std::string(kStyle)},
             title.empty() ? std::string(kind.in(language)) : title,
             single ? documents[0].path + " · " : std::string(),
             StaticText{"由程序按写明的规则评定，每项评定都附原文；是否采信由人决定。",
                        "Rated by a written rule, each rating with its passages; a person decides "
                        "what to make of it."},
             body)
      .code;
}

std::string coverage_svg(const Taxonomy& taxonomy, const std::vector<Covered>& documents,
                         std::size_t at, Language language) {
  constexpr double kCell = 26, kLabels = 320, kTop = 240, kSize = 12.5, kMargin = 24,
                   kColumnText = 230, kSlantWidth = 120;
  constexpr std::array<std::string_view, 3> kFills = {"#ECEFF3", "#A8D8BD", "#1D8652"};
  catalog::Svg svg;
  svg.text(kMargin, 30, taxonomy.framework->title.in(language),
           {16, "#1F2937", catalog::Weight::bold, catalog::Anchor::start, 0});
  for (std::size_t i = 0; i < taxonomy.items.size(); ++i)
    svg.text(kMargin + kLabels + kCell * (static_cast<double>(i) + 0.6), kTop - 6,
             catalog::fit(
                 taxonomy.items[i]->id + " " + std::string(taxonomy.items[i]->title.in(language)),
                 11, kColumnText),
             {11, "#5B6472", catalog::Weight::regular, catalog::Anchor::start, -60});
  for (std::size_t d = 0; d < documents.size(); ++d) {
    const Covered& covered = documents[d];
    const double y = kTop + kCell * static_cast<double>(d);
    svg.text(
        kMargin, y + kCell * 0.7,
        catalog::fit(printable(fs::path(covered.path).filename().string()), kSize, kLabels - 10),
        {kSize, "#1F2937", catalog::Weight::regular, catalog::Anchor::start, 0});
    for (std::size_t i = 0; i < taxonomy.items.size() && !covered.ratings.empty(); ++i) {
      const TopicCoverage& rating = covered.ratings[at][i];
      svg.open_group(fmt::format("{} {}: {}", taxonomy.items[i]->id,
                                 taxonomy.items[i]->title.in(language),
                                 level_text(rating.level).in(language)));
      svg.rect({kMargin + kLabels + kCell * static_cast<double>(i), y, kCell - 2, kCell - 2},
               {kFills[static_cast<std::size_t>(rating.level)], "none", 1, 3, false});
      svg.close_group();
    }
  }
  return svg.finish(
      2 * kMargin + kLabels + kSlantWidth + kCell * static_cast<double>(taxonomy.items.size()),
      kTop + kCell * static_cast<double>(documents.size()) + kMargin,
      taxonomy.framework->title.in(language),
      language == Language::zh ? "文件对各项的覆盖程度" : "how far documents cover each item",
      language);
}

}  // namespace assay::cli
