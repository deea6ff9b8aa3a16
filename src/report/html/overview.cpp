// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/html/picture.h"
#include "report/html/sections.h"

namespace assay::report::html {
namespace {

// The rest is one click away in the clause table.
constexpr std::size_t kMaxFirst = 6;

struct Outcome {
  Verdict look;
  Text text;
};

Outcome outcome(const Tally& all) {
  const std::uint64_t broken = all.count(Verdict::not_satisfied);
  const std::uint64_t open = all.count(Verdict::needs_person) + all.count(Verdict::could_not_run);
  if (broken > 0)
    return {Verdict::not_satisfied,
            phrased({"{} 条不符合，须整改", "Clauses not satisfied: {}"}, broken)};
  if (open > 0)
    return {Verdict::needs_person,
            phrased({"尚无定论：{} 条待完成", "Undecided: {} clauses open"}, open)};
  if (all.count(Verdict::satisfied) > 0)
    return {
        Verdict::satisfied,
        {"有来源且适用的条款全部符合", "All clauses with a named source that apply are satisfied"}};
  return {Verdict::not_applicable, {"没有可下结论的条款", "No clause to conclude on"}};
}

// What people want to know beside the outcome.
Html beside(const Tally& all) {
  const std::uint64_t unmet = all.count_recommended(Verdict::not_satisfied);
  if (unmet == 0) return {};
  return markup(
      R"( <span class="beside">{}</span>)",
      phrased({"其中 {} 条是推荐性要求（宜）", "of which recommendations (should): {}"}, unmet));
}

template <Worded E>
Text names(const std::vector<E>& values) {
  Text out;
  for (const E value : values) {
    out.zh += (out.zh.empty() ? "" : "、") + std::string(row(value).name.zh);
    out.en += (out.en.empty() ? "" : ", ") + std::string(row(value).name.en);
  }
  return out;
}

Html fact(StaticText label, const Html& value) {
  return markup("<div><dt>{}</dt><dd>{}</dd></div>", label, value);
}

Html digest_value(const std::string& digest) {
  return markup(R"(<code class="digest">{}</code>)", digest);
}

void put_facts(const Page& page) {
  const RunHeader& header = page.input.header;
  const System& system = page.input.system;
  Html out =
      fact({"提供者", "Provider"}, markup(R"(<bdi>{}</bdi> <span class="faint">{}</span>)",
                                          system.provider.name, system.provider.credit_code));
  out += fact({"类型", "Kind"}, markup("{}", row(system.kind).name));
  out += fact({"模态", "Modalities"}, markup("{}", names(system.modalities)));
  out += fact({"服务对象", "Audience"}, markup("{}", names(system.audience)));
  out += fact({"依据日期", "As of"}, markup("{}", header.as_of.text()));
  out += fact({"标准内容", "Content"},
              markup("{} {}", header.content_version, short_digest(header.content_digest)));
  out += fact({"程序版本", "Engine"}, markup("assay {}", header.engine_version));
  page.put(markup(R"(<dl class="facts">{}</dl>)", out));
}

void put_legend(const Page& page) {
  const Tally& all = page.summary.all;
  Html rows;
  for (const Verdict verdict : kVerdicts)
    rows += markup(R"(<tr><th scope="row">{}</th><td>{}</td><td class="faint">{}</td></tr>)",
                   verdict_badge(verdict), all.count(verdict), all.count_unverified(verdict));
  page.put(markup(R"(<div class="totals">{}<table class="legend"><thead><tr>)"
                  R"(<th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr>)"
                  R"(</thead><tbody>{}</tbody></table></div>)",
                  ring(all), StaticText{"结论", "Verdict"}, kSourced, kUnverified, rows));
}

Html first_row(const Page& page, const ClauseResult& result) {
  const Clause* clause = find_clause(page.input.content, result.clause);
  const Standard* standard = find_standard(page.input.content, result.standard);
  Html why;
  for (const Judged& judged : result.measurements) {
    if (judged.holds != false) continue;
    const Measurement& m = judged.measurement;
    why +=
        markup(R"(<p class="why">{} {}<span class="faint">{} {}</span></p>)",
               measurement_title(page.input, m.check, m.name), measured(m),
               StaticText{"，要求", ", limit"}, limit_of(page.input.content, clause, judged).text);
  }
  if (why.code.empty()) why = markup(R"(<p class="why">{}</p>)", result.reason);
  return markup(R"(<li><a href="#c-{}"><b>{}</b> <span class="faint">{}</span></a><p>{}</p>)"
                R"({}</li>)",
                result.clause, code_of(result), short_name(standard, result.standard),
                clause == nullptr ? Text{} : clause->statement, why);
}

// Verified clauses of that force that do not hold.
void put_broken(const Page& page, Force force, StaticText title) {
  std::vector<const ClauseResult*> broken;
  for (const ClauseResult& result : page.input.results)
    if (result.verdict == Verdict::not_satisfied && result.verified && result.force == force)
      broken.push_back(&result);
  if (broken.empty()) return;
  Html rows;
  const std::size_t shown = std::min(broken.size(), kMaxFirst);
  for (std::size_t i = 0; i < shown; ++i) rows += first_row(page, *broken[i]);
  page.put(markup(R"(<section class="card first f-{}"><h2>{}</h2><ul>{}</ul>)", word(force), title,
                  rows));
  if (broken.size() > shown)
    page.put(markup(
        R"(<p><a href="#clauses">{}</a></p>)",
        phrased({"共 {} 条，其余见条款表", "{} in all: see the clause table"}, broken.size())));
  page.put({"</section>"});
}

}  // namespace

void put_overview(const Page& page) {
  const Tally& all = page.summary.all;
  const Outcome result = outcome(all);
  page.put(
      markup(R"(<section class="hero card" id="overview"><div><p class="kicker">{}</p><h1>)"
             R"(<bdi>{}</bdi></h1><p class="outcome b-{}">{}</p>{})",
             StaticText{"人工智能安全标准评估报告", "Assessment against the AI security standards"},
             page.input.system.name, word(result.look), result.text, beside(all)));
  page.put(markup(
      R"(<p class="faint">{}</p><p class="faint">{}{}</p>)",
      phrased(
          {"有来源的条款 {} 条，其中适用 {} 条；另有 {} 条未核实（凭记忆，或仅知标题），单列，不计"
           "入结论。",
           "{} clauses with a named source, of which {} apply; {} more are unverified (known from "
           "memory or by title only), listed apart and left out of the outcome."},
          all.all_verified(), all.applicable(), all.all_unverified()),
      StaticText{"全部条款的依据：", "What the clauses rest on: "}, strengths_text(page.summary)));
  put_facts(page);
  page.put({"</div>"});
  put_legend(page);
  const RunHeader& header = page.input.header;
  page.put(markup(R"(<dl class="digests">{}{}{}</dl></section>)",
                  fact({"结果摘要", "Results digest"}, digest_value(page.input.results_digest)),
                  fact({"系统描述摘要", "System digest"}, digest_value(header.system_digest)),
                  fact({"标准内容摘要", "Content digest"}, digest_value(header.content_digest))));
  put_broken(page, Force::shall, {"先整改这些", "Mend these first"});
  put_broken(page, Force::should, kRecommendedBroken);
}

}  // namespace assay::report::html
