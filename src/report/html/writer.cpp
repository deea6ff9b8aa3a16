// SPDX-License-Identifier: Apache-2.0
//
// One self-contained page: no outside resource, both languages, dark and light, printable.
#include "report/html/sections.h"

namespace assay::report::html {
namespace {

struct Anchor {
  std::string_view id;
  StaticText title;
};

constexpr std::array<Anchor, 7> kAnchors = {{
    {"overview", {"总览", "Overview"}},
    {"standards", {"按标准", "By standard"}},
    {"risks", {"按风险", "By risk"}},
    {"clauses", {"条款", "Clauses"}},
    {"findings", {"发现", "Findings"}},
    {"checks", {"检查", "Checks"}},
    {"evidence", {"证据", "Evidence"}},
}};

void put_head(const Page& page) {
  const Language language = page.input.language;
  const Text title = {page.input.system.name.zh + " · 人工智能安全标准评估",
                      page.input.system.name.en + " · AI security assessment"};
  page.put(markup(
      R"(<!DOCTYPE html>
<html lang="{}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; )"
      R"(style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title data-zh="{}" data-en="{}">{}</title>
)",
      language == Language::zh ? "zh" : "en", title.zh, title.en, title.in(language)));
  page.put({"<style>\n"});
  page.sheet.put(kStyle);
  page.put({"</style>\n<script>document.documentElement.classList.add('js')</script>\n</head>\n"});
}

void put_bar(const Page& page) {
  Html links;
  for (const Anchor& anchor : kAnchors)
    if (anchor.id != "risks" || !page.summary.risks.empty())
      links += markup(R"(<a href="#{}">{}</a>)", anchor.id, anchor.title);
  const bool zh = page.input.language == Language::zh;
  page.put(markup(
      R"(<body><a class="skip" href="#clauses">{}</a>)"
      R"(<header class="top"><span class="brand">assay</span><nav>{}</nav>)"
      R"(<div class="switches needs-js"><div class="pair">)"
      R"(<button type="button" lang="zh" data-set-lang="zh" aria-pressed="{}">中文</button>)"
      R"(<button type="button" lang="en" data-set-lang="en" aria-pressed="{}">English</button>)"
      R"(</div><button type="button" id="theme" aria-pressed="false">{}</button>)"
      R"(<button type="button" id="print">{}</button></div></header>
<main>
)",
      StaticText{"跳到条款", "Skip to the clauses"}, links, zh ? "true" : "false",
      zh ? "false" : "true", StaticText{"深色", "Dark"}, StaticText{"打印", "Print"}));
}

void put_foot(const Page& page) {
  const RunHeader& header = page.input.header;
  page.put(markup(
      R"(</main><footer><p>{}</p><p>assay {} · {} {} · seed {}</p></footer>
<script>
)",
      StaticText{"条款文字是我们自己的表述，不是标准原文；以标准正式文本为准。没有数据绝不算符合。",
                 "Clauses are in our own words, not the text of the standards, which prevails. No "
                 "data is never a pass."},
      header.engine_version, StaticText{"依据日期", "as of"}, header.as_of.text(), header.seed));
  page.sheet.put(kScript);
  page.put({"</script></body></html>\n"});
}

Status write(const Input& input, const Out& out) {
  const Summary summary = summarise(input);
  Sheet sheet(out);
  const Page page{input, summary, sheet};
  put_head(page);
  put_bar(page);
  put_overview(page);
  put_standards(page);
  put_risks(page);
  put_clauses(page);
  TRY(put_findings(page));
  put_checks(page);
  put_evidence(page);
  put_foot(page);
  return sheet.finish();
}

}  // namespace

extern const Writer kWriter;
const Writer kWriter = {"html", "html", {"HTML 报告", "HTML report"}, write};

}  // namespace assay::report::html
