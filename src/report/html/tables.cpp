// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/messages.h"
#include "report/html/sections.h"

namespace assay::report::html {
namespace {

// What a page can show; the JSON report has all.
constexpr std::size_t kMaxEvidence = 1000;

Html check_row(const Page& page, const CheckEnd& end) {
  const Html state =
      end.finished
          ? markup(R"(<span class="badge b-satisfied"><span aria-hidden="true">✓</span> {}</span>)",
                   StaticText{"完成", "finished"})
          : markup(R"(<span class="badge b-could-not-run">)"
                   R"(<span aria-hidden="true">!</span> {}</span>)",
                   StaticText{"未能完成", "did not finish"});
  Html why;
  if (!end.finished)
    why = markup(R"(<div><bdi>{}</bdi></div><div class="faint"><bdi>{}</bdi> <bdi>{}</bdi></div>)",
                 in_both(end.error), end.where, in_both(end.mend));
  return markup(R"(<tr><th scope="row">{} <div class="faint"><code>{}</code></div></th>)"
                R"(<td>{}{}</td><td class="num">{}<span>{}</span></td></tr>)",
                check_title(page.input, end.check), end.check, state, why,
                cell_label({"发现", "Findings"}), number_text(end.findings));
}

Html evidence_row(const Page& page, const Evidence& evidence, std::set<std::string>& seen) {
  const Html anchor =
      seen.insert(evidence.digest).second ? markup(R"( id="e-{}")", evidence.digest) : Html{};
  return markup(
      R"(<tr{}><th scope="row"><bdi>{}</bdi><div class="faint">{}</div></th><td>)"
      R"(<code class="digest">{}</code></td><td>{}</td><td class="num">{}<span>{}</span></td></tr>)",
      anchor, evidence.name, check_title(page.input, evidence.check), evidence.digest,
      evidence.media_type, cell_label({"字节", "Bytes"}), number_text(evidence.bytes));
}

}  // namespace

void put_checks(const Page& page) {
  const Summary& summary = page.summary;
  page.put(
      markup(R"(<section class="card" id="checks"><h2>{}</h2><p class="note">{}</p>)",
             StaticText{"执行的检查", "Checks run"},
             phrased({"因基础设施错误未能完成：{} / {}（{}）。这类错误不算系统不符合。",
                      "Stopped by infrastructure errors: {} of {} ({}). Such errors never count "
                      "against the system."},
                     summary.checks_failed, summary.checks,
                     share_text(summary.checks_failed, summary.checks))));
  if (!page.input.ends.empty()) {
    page.put(markup(R"(<table class="plain"><caption class="vh">{0}</caption><thead><tr>)"
                    R"(<th scope="col">{0}</th><th scope="col">{1}</th>)"
                    R"(<th scope="col" class="num">{2}</th></tr></thead><tbody>)",
                    StaticText{"检查", "Check"}, StaticText{"如何结束", "How it ended"},
                    StaticText{"发现", "Findings"}));
    for (const auto& [id, end] : page.input.ends) page.put(check_row(page, end));
    page.put({"</tbody></table>"});
  }
  page.put({"</section>\n"});
}

void put_evidence(const Page& page) {
  const auto& all = page.input.evidence;
  page.put(
      markup(R"(<section class="card" id="evidence"><h2>{} <span class="faint">{}</span></h2>)",
             StaticText{"证据", "Evidence"}, all.size()));
  const std::size_t shown = std::min(all.size(), kMaxEvidence);
  if (all.size() > shown)
    page.put(markup(R"(<p class="note">{}</p>)",
                    phrased({"此处显示 {1} 项中的 {0} 项；全部见 JSON 报告。",
                             "Showing {0} of {1}; all are in the JSON report."},
                            shown, all.size())));
  if (shown > 0) {
    page.put(markup(R"(<table class="plain evidence"><caption class="vh">{}</caption><thead><tr>)"
                    R"(<th scope="col">{}</th><th scope="col">SHA-256</th><th scope="col">{}</th>)"
                    R"(<th scope="col" class="num">{}</th></tr></thead><tbody>)",
                    StaticText{"证据", "Evidence"}, StaticText{"文件", "File"},
                    StaticText{"类型", "Type"}, StaticText{"字节", "Bytes"}));
    std::set<std::string> seen;
    for (std::size_t i = 0; i < shown; ++i) {
      page.put(evidence_row(page, all[i], seen));
      page.sheet.put("\n");
    }
    page.put({"</tbody></table>"});
  }
  page.put({"</section>\n"});
}

}  // namespace assay::report::html
