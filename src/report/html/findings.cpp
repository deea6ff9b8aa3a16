// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/messages.h"
#include "model/json.h"
#include "report/html/sections.h"

namespace assay::report::html {
namespace {

// What a page can show and a browser can open. The JSON report has all.
constexpr std::uint64_t kShownPerGroup = 200;
constexpr std::size_t kOpenGroups = 250;

// The findings of one group that are shown, as rows, and the worst severity among them.
struct Rows {
  Html html;
  std::uint64_t count = 0;
  Severity worst{};
};

Html severity_badge(Severity severity) {
  return markup(R"(<span class="badge s-{}">{}</span>)", word(severity), row(severity).name);
}

// What pictures the page may hold; the record has all.
constexpr std::size_t kPictureBytes = std::size_t{4} << 20;

Html finding_row(const Finding& finding, const Html& picture) {
  const Html mend = finding.mend.empty()
                        ? Html{}
                        : markup(R"(<div class="faint"><bdi>{}</bdi></div>)", finding.mend);
  return markup(
      "<tr><td>{}</td><td><code><bdi>{}</bdi></code></td><td><bdi>{}</bdi>{}{}</td></tr>\n",
      severity_badge(finding.severity), place_in_both(finding.where), finding.message, picture,
      mend);
}

// Its picture, or where to find it once the page holds enough.
Result<Html> picture_of(const Page& page, const Finding& finding, std::size_t& shown) {
  if (finding.evidence.empty()) return Html{};
  if (shown >= kPictureBytes)
    return markup(R"(<div><a href="#e-{}">{}</a></div>)", finding.evidence,
                  short_digest(finding.evidence));
  Html picture = TRY(drawn_picture(page, finding.evidence));
  shown += picture.code.size();
  return picture;
}

Result<Rows> rows_of(const Page& page, const FindingGroup& group, std::uint64_t limit,
                     std::size_t& pictures) {
  std::vector<Finding> findings;
  Status read = Done{};
  const auto visit = [&](std::string_view json) {
    auto finding = from_json<Finding>(json);
    if (finding.ok())
      findings.push_back(std::move(*finding));
    else
      read = finding.error();
  };
  if (limit > 0) TRY(page.input.each_finding(&group, limit, visit));
  TRY(read);
  Rows rows;  // only now: pictures come from where the findings do
  for (const Finding& finding : findings) {
    rows.html += finding_row(finding, TRY(picture_of(page, finding, pictures)));
    rows.worst = std::max(rows.worst, finding.severity);
    ++rows.count;
  }
  return rows;
}

void put_group(const Page& page, const FindingGroup& group, const Rows& rows, std::size_t number) {
  const Html about = group.measurement.empty()
                         ? Html{}
                         : markup(R"( <span class="chip" title="{}">{}</span>)", group.measurement,
                                  measurement_title(page.input, group.check, group.measurement));
  page.put(markup(R"(<section class="bundle"><h3>)"
                  R"(<button type="button" class="more" aria-expanded="true")"
                  R"( aria-controls="g-{0}"><span aria-hidden="true" class="arrow">)"
                  R"(</span>{1} <code>{2}</code>{3} <span class="faint">{4}</span> <b)"
                  R"( class="num">{5}</b></button></h3><div class="details" id="g-{0}">)",
                  number, rows.count == 0 ? Html{} : severity_badge(rows.worst), group.id, about,
                  check_title(page.input, group.check),
                  number_text(static_cast<double>(group.count))));
  if (group.count > rows.count)
    page.put(markup(R"(<p class="note">{}</p>)",
                    phrased({"此处显示 {1} 条中的 {0} 条；全部见 JSON 报告。",
                             "Showing {0} of {1}; all are in the JSON report."},
                            number_text(static_cast<double>(rows.count)),
                            number_text(static_cast<double>(group.count)))));
  if (rows.count > 0) {
    page.put(markup(R"(<table class="findings"><thead><tr><th scope="col">{}</th>)"
                    R"(<th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>)",
                    StaticText{"严重程度", "Severity"}, StaticText{"位置", "Where"},
                    StaticText{"内容与整改", "What, and how to mend"}));
    page.put(rows.html);
    page.put({"</tbody></table>"});
  }
  page.put({"</div></section>\n"});
}

}  // namespace

Status put_findings(const Page& page) {
  page.put(markup(
      R"(<section class="card" id="findings"><h2>{} <span class="faint">{}</span></h2>)",
      StaticText{"发现", "Findings"}, number_text(static_cast<double>(page.summary.findings))));
  if (page.input.groups.empty())
    page.put(
        markup("<p>{}</p>", StaticText{"检查没有报告任何发现。", "The checks reported nothing."}));
  std::size_t number = 0, pictures = 0;
  for (const FindingGroup& group : page.input.groups) {
    const std::uint64_t limit = number < kOpenGroups ? kShownPerGroup : 0;
    const Rows rows = TRY(rows_of(page, group, limit, pictures));
    put_group(page, group, rows, number++);
    if (page.sheet.failed()) break;
  }
  page.put({"</section>\n"});
  return Done{};
}

}  // namespace assay::report::html
