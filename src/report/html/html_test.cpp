// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "model/json.h"
#include "report/html/markup.h"
#include "report/html/picture.h"
#include "report/sample_test.h"

namespace assay::report::html {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Html, EscapesWhatWouldActOnThePage) {
  EXPECT_EQ(escape("<a href=\"x\" title='y'>&</a>"),
            "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;");
  EXPECT_EQ(escape("\xE2\x80\xAEgpj.exe"), "[U+202E]gpj.exe");
  EXPECT_EQ(escape(std::string_view("a\0b\x1B", 4)), "a[U+0000]b[U+001B]");
  EXPECT_EQ(escape("\xF3\xA0\x80\x81"), "[U+E0001]");
  EXPECT_EQ(escape("\xFFok"), "\xEF\xBF\xBDok");
  EXPECT_EQ(escape("标准\t1\n"), "标准\t1\n");
  EXPECT_EQ(escape("abcdef", 3), "abc…");
}

TEST(Html, MarkupEscapesEveryArgumentThatIsNotHtml) {
  EXPECT_EQ(markup("<b>{}</b>{}", std::string("<i>"), markup("<br>")).code, "<b>&lt;i&gt;</b><br>");
  EXPECT_EQ(markup("{}", Text{"是", "<yes>"}).code,
            "<span lang=\"zh\">是</span><span lang=\"en\">&lt;yes&gt;</span>");
  EXPECT_EQ(markup("{}", Text{"GB/T 1", "GB/T 1"}).code, "GB/T 1");
  EXPECT_EQ(markup("{}", Text{"", "only"}).code, "only");
}

// Tags of the page's own: hostile data must add none.
std::size_t count(const std::string& page, std::string_view what) {
  std::size_t out = 0;
  for (std::size_t at = page.find(what); at != std::string::npos; at = page.find(what, at + 1))
    ++out;
  return out;
}

TEST(Html, HostileStringsAddNoElementAndNoAttribute) {
  const Sample sample = everything_run();
  const std::string page = written("html", sample.input(Language::zh));
  EXPECT_EQ(count(page, "<script>"), 2U);
  EXPECT_EQ(count(page, "</script>"), 2U);
  EXPECT_EQ(count(page, "</style>"), 1U);
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("onclick=\"")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(page, HasSubstr("[U+202E]txt.exe[U+2066]"));
}

TEST(Html, NamesNoOutsideResource) {
  const Sample sample = mixed_run();
  const std::string page = written("html", sample.input(Language::zh));
  EXPECT_THAT(page, HasSubstr("default-src 'none'; style-src 'unsafe-inline'; script-src "
                              "'unsafe-inline'; img-src data:"));
  for (const std::string_view way : {"src=", "url(", "@import", "fetch(", "XMLHttpRequest"})
    EXPECT_EQ(count(page, way), 0U) << way;
  EXPECT_EQ(count(page, "href=\"") - count(page, "href=\"#"), 1U) << "the empty icon alone";
}

TEST(Html, ShowsTheFirstLanguageWithoutScripts) {
  const Sample sample = mixed_run();
  EXPECT_THAT(written("html", sample.input(Language::zh)), HasSubstr("<html lang=\"zh\">"));
  EXPECT_THAT(written("html", sample.input(Language::en)), HasSubstr("<html lang=\"en\">"));
}

TEST(Html, SaysHowManyFindingsItShows) {
  Sample sample = mixed_run();
  sample.groups.front().count = 203;
  const std::string page = written("html", sample.input(Language::en));
  EXPECT_THAT(page, HasSubstr("Showing 200 of 203; all are in the JSON report."));
  EXPECT_EQ(count(page, "duplicate keyword"), 200U);
}

TEST(Html, SaysHowMuchEvidenceItShows) {
  Sample sample = mixed_run();
  sample.evidence.assign(1001, sample.evidence.front());
  const std::string page = written("html", sample.input(Language::en));
  EXPECT_THAT(page, HasSubstr("Showing 1000 of 1001; all are in the JSON report."));
}

TEST(Html, LinksEvidenceOnceADigest) {
  const Sample sample = mixed_run();
  const std::string page = written("html", sample.input(Language::en));
  EXPECT_EQ(count(page, "id=\"e-" + std::string(64, 'd')), 1U);
  EXPECT_EQ(count(page, "href=\"#e-" + std::string(64, 'd')), 2U);
}

// A picture that a check drew stands beside its finding; other evidence, other media types and
// what the record does not give never become an image.
TEST(Html, ShowsOnlyPicturesThatAreDrawn) {
  Sample sample = mixed_run();
  const std::string digest(64, 'a');
  sample.groups = {{"label_explicit", "seen-label", "", 1}};
  Evidence drawn{"label_explicit", "out/a.png", digest, 4, "image/png"};
  drawn.drawn = true;
  const auto page = [&](const Evidence& evidence) {
    sample.evidence = {evidence};
    Input input = sample.input(Language::en);
    input.each_finding = [&](const FindingGroup*, std::uint64_t, const auto& visit) {
      visit(to_json(Finding{"label_explicit",
                            "seen-label",
                            Severity::info,
                            "out/a.png",
                            {"图", "seen"},
                            {},
                            "",
                            digest}));
      return Status(Done{});
    };
    input.evidence_bytes = [](const std::string&) { return Result<std::string>("\x89PNG"); };
    return written("html", input);
  };
  EXPECT_THAT(page(drawn),
              HasSubstr(R"(<img class="drawn" alt="" src="data:image/png;base64,iVBORw==">)"));
  Evidence file = drawn;
  file.drawn = false;
  EXPECT_THAT(page(file), Not(HasSubstr("<img")));
  Evidence script = drawn;
  script.media_type = "text/html";
  EXPECT_THAT(page(script), Not(HasSubstr("<img")));
}

TEST(Pictures, IntervalPutsLimitAndValueOnOneScale) {
  const Measurement share{"ledger", "share", 97.5, "%", 400, 95.0, 99.0, {}};
  Limit limit{Op::at_least, 95, {}, {}};
  const std::string drawn = interval(share, limit).code;
  EXPECT_THAT(drawn, HasSubstr("class=\"limit\" x1=\"17.42\""));
  EXPECT_THAT(drawn, HasSubstr("class=\"range\" d=\"M17.42 8v8"));
  EXPECT_THAT(drawn, HasSubstr("class=\"allowed\" x=\"17.42\""));
  EXPECT_TRUE(interval(share, Limit{}).code.empty()) << "nothing to compare with";
  const Measurement zero{"pickle", "calls", 0, {}, {}, {}, {}, {}};
  EXPECT_THAT(interval(zero, Limit{Op::equal, 0, 0, {}}).code, Not(HasSubstr("nan")));
}

TEST(Pictures, BarsFillTheirShare) {
  Tally tally;
  tally.verified[static_cast<std::size_t>(Verdict::satisfied)] = 1;
  tally.unverified[static_cast<std::size_t>(Verdict::not_satisfied)] = 1;
  const std::string drawn = bar(tally, 4).code;
  EXPECT_THAT(drawn, HasSubstr("class=\"v-satisfied\" x=\"0.00%\" width=\"25.00%\""));
  EXPECT_THAT(drawn, HasSubstr("class=\"v-not-satisfied pale\" x=\"25.00%\" width=\"25.00%\""));
  EXPECT_THAT(ring(Tally{}).code, HasSubstr(">0</text>"));
}

}  // namespace
}  // namespace assay::report::html
