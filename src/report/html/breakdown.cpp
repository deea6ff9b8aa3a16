// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/html/picture.h"
#include "report/html/sections.h"

namespace assay::report::html {
namespace {

std::uint64_t size(const Tally& tally) { return tally.all_verified() + tally.all_unverified(); }

template <class Row>
std::uint64_t longest(const std::vector<Row>& rows) {
  std::uint64_t most = 0;
  for (const Row& one : rows) most = std::max(most, size(one.tally));
  return most;
}

void put_head(const Page& page, StaticText caption, StaticText first) {
  page.put(markup(R"(<table class="bars"><caption class="vh">{}</caption><thead><tr>)"
                  R"(<th scope="col">{}</th><th scope="col">{}</th>)"
                  R"(<th scope="col" class="num">{}</th></tr></thead>)",
                  caption, first, StaticText{"结论", "Verdicts"}, StaticText{"条款", "Clauses"}));
}

void put_row(const Page& page, const Html& head, const Tally& tally, std::uint64_t most) {
  page.put(markup(R"(<tr><th scope="row">{}</th><td>{}{}</td><td class="num">{}</td></tr>)", head,
                  bar(tally, most), counts_row(tally), size(tally)));
  page.sheet.put("\n");
}

Html chip(const Text& text) { return markup(R"(<span class="chip">{}</span>)", text); }

Html risk_head(const RiskSummary& risk) {
  Html names;
  for (const Standard* standard : risk.standards) names += chip(short_name(standard, standard->id));
  return markup(R"(<span class="faint">{}</span> {} {}<div class="chips">{}</div>)",
                risk.risk->number.empty() ? risk.risk->id : risk.risk->number, risk.risk->title,
                confidence_badge(risk.confidence), names);
}

// What stands in no row because nothing of it applies.
void put_rest(const Page& page, const Text& title, const Html& chips) {
  if (chips.code.empty()) return;
  page.put(markup(R"(<div class="rest"><p class="note">{}</p><div class="chips">{}</div></div>)",
                  title, chips));
}

}  // namespace

void put_standards(const Page& page) {
  const auto& rows = page.summary.standards;
  page.put(markup(R"(<section class="card" id="standards"><h2>{}</h2>)",
                  StaticText{"按标准", "By standard"}));
  put_head(page, {"每项标准的条款结论", "Verdicts on the clauses of each standard"},
           {"标准", "Standard"});
  page.put({"<tbody>"});
  Html rest;
  for (const StandardSummary& one : rows) {
    const Text title = one.standard == nullptr ? Text{} : one.standard->title;
    const Text name = short_name(one.standard, one.id);
    if (!one.tally.concerns()) {
      rest += chip(name);
      continue;
    }
    const Html second = title == name ? Html{} : markup(R"(<div class="faint">{}</div>)", title);
    put_row(page, markup("{}{}", name, second), one.tally, longest(rows));
  }
  page.put({"</tbody></table>"});
  put_rest(page,
           {"没有条款适用于本系统的标准：", "Standards of which no clause applies to this system:"},
           rest);
  page.put({"</section>\n"});
}

void put_risks(const Page& page) {
  const auto& rows = page.summary.risks;
  if (rows.empty()) return;
  page.put(markup(
      R"(<section class="card" id="risks"><h2>{}</h2><p class="note">{}</p>)",
      StaticText{"按风险", "By risk"},
      StaticText{"由标准与风险的映射推得：每项标准的全部条款计入它所针对的每种风险，同一条款会计入"
                 "多种风险。标“推定”的映射是我们的解读，不是标准自己的附录。",
                 "Reached through the mapping from standards to risks: a standard counts with all "
                 "its clauses for each risk it bears on, so that a clause counts for several. "
                 "Mappings marked derived are our reading, not an annex of the standards."}));
  const Framework* framework = nullptr;
  const Item* group = nullptr;
  Html rest;
  for (const RiskSummary& risk : rows) {
    if (!risk.tally.concerns()) {
      rest += chip(risk.risk->title);
      continue;
    }
    if (risk.framework != framework) {
      if (framework != nullptr) page.put({"</tbody></table>"});
      framework = risk.framework;
      group = nullptr;
      page.put(markup("<h3>{}</h3>", framework->title));
      put_head(page, {"每种风险的条款结论", "Verdicts by risk"}, {"风险", "Risk"});
      page.put({"<tbody>"});
    }
    if (risk.group != nullptr && risk.group != group) {
      group = risk.group;
      page.put(markup(
          R"(</tbody><tbody><tr class="group"><th scope="rowgroup" colspan="3">{} {}</th></tr>)",
          group->number, group->title));
    }
    put_row(page, risk_head(risk), risk.tally, longest(rows));
  }
  page.put({framework == nullptr ? "" : "</tbody></table>"});
  put_rest(page,
           {"所涉标准没有条款适用于本系统的风险：",
            "Risks of whose standards no clause applies to this system:"},
           rest);
  page.put({"</section>\n"});
}

}  // namespace assay::report::html
