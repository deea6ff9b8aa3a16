// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/messages.h"
#include "report/html/picture.h"
#include "report/html/sections.h"

namespace assay::report::html {
namespace {

// A clause on thousands of files names the first; all stand in the JSON report.
constexpr std::size_t kMaxEvidence = 12;

Html filter_chip(std::string_view value, const Html& label, std::uint64_t count) {
  return markup(R"(<button type="button" class="filter" data-verdict="{}")"
                R"( aria-pressed="false">{} <b>{}</b></button>)",
                value, label, count);
}

void put_filters(const Page& page) {
  const Tally& all = page.summary.all;
  Html chips;
  for (const Verdict verdict : kVerdicts)
    chips += filter_chip(word(verdict), verdict_badge(verdict),
                         all.count(verdict) + all.count_unverified(verdict));
  chips += filter_chip("unverified", unverified_badge(), all.all_unverified());
  chips += filter_chip("should", should_badge(),
                       static_cast<std::uint64_t>(std::ranges::count(
                           page.input.results, Force::should, &ClauseResult::force)));
  Html options =
      markup(R"(<option value="" data-zh="{0}" data-en="{1}">{2}</option>)", "全部标准",
             "All standards", page.input.language == Language::zh ? "全部标准" : "All standards");
  for (const StandardSummary& one : page.summary.standards) {
    const Text name = short_name(one.standard, one.id);
    options += markup(R"(<option value="{}" data-zh="{}" data-en="{}">{}</option>)", one.id,
                      name.zh, name.en, name.in(page.input.language));
  }
  page.put(markup(R"(<div class="filters needs-js" role="group" aria-labelledby="filters-title">)"
                  R"(<span class="vh" id="filters-title">{}</span><div class="chips">{}</div>)"
                  R"(<label><span>{}</span><select id="by-standard">{}</select></label><label>)"
                  R"(<span>{}</span><input type="search" id="search" autocomplete="off"></label>)"
                  R"(<button type="button" id="reset">{}</button>)"
                  R"(<p id="shown" role="status" aria-live="polite">{}</p></div>)",
                  StaticText{"筛选条款", "Filter the clauses"}, chips,
                  StaticText{"标准", "Standard"}, options, StaticText{"搜索", "Search"},
                  StaticText{"清除", "Clear"},
                  markup(R"({0} <b id="visible">{2}</b> / {2} {1})", StaticText{"显示", "Showing"},
                         StaticText{"条", "clauses"}, page.input.results.size())));
}

// Only what decided the verdict is painted as broken: a measurement without a comparable limit
// decides nothing, and of several alternatives one may fail.
std::string_view look(const ClauseResult& result, const Judged& judged, const Limit& limit) {
  if (judged.holds.value_or(false)) return "holds";
  return result.verdict == Verdict::not_satisfied && !limit.text.empty() ? "breaks" : "neutral";
}

Html limit_phrase(const Text& limit) {
  if (limit.empty()) return {};
  return markup(R"(<span class="faint">{} {}</span>)", StaticText{"要求", "limit"}, limit);
}

Html measurements(const Page& page, const Clause* clause, const ClauseResult& result) {
  Html out;
  for (const Judged& judged : result.measurements) {
    const Limit limit = limit_of(page.input.content, clause, judged);
    const Measurement& m = judged.measurement;
    out +=
        markup(R"(<div class="measured {}"><div title="{}">{} {}</div>)"
               R"(<div class="against">{}{}</div></div>)",
               look(result, judged, limit), m.name, measurement_title(page.input, m.check, m.name),
               measured(m), interval(m, limit), limit_phrase(limit.text));
  }
  if (out.code.empty() && clause != nullptr)
    out = limit_phrase(threshold_text(clause->threshold, Digits::grouped));
  return out;
}

// The clause's whole threshold where the measurements show parts of it.
Html whole_threshold(const Page& page, const Clause& clause, const ClauseResult& result) {
  const Text threshold = threshold_text(clause.threshold, Digits::grouped);
  const bool shown = std::ranges::any_of(result.measurements, [&](const Judged& judged) {
    return limit_of(page.input.content, &clause, judged).text == threshold;
  });
  return shown || result.measurements.empty() ? Html{} : markup("{}", threshold);
}

Html line(StaticText label, const Html& value) {
  if (value.code.empty()) return {};
  return markup("<div><dt>{}</dt><dd>{}</dd></div>", label, value);
}

Html list(const std::vector<Html>& items) {
  if (items.empty()) return {};
  if (items.size() == 1) return items.front();
  Html out;
  for (const Html& item : items) out += markup("<li>{}</li>", item);
  return markup("<ul>{}</ul>", out);
}

Html strings(const std::vector<std::string>& values) {
  std::vector<Html> out;
  for (const std::string& value : values) out.push_back(markup("<bdi>{}</bdi>", value));
  return list(out);
}

Html evidence_links(const ClauseResult& result) {
  Html out;
  const std::size_t shown = std::min(result.evidence.size(), kMaxEvidence);
  for (std::size_t i = 0; i < shown; ++i)
    out +=
        markup(R"(<a href="#e-{}">{}</a> )", result.evidence[i], short_digest(result.evidence[i]));
  if (result.evidence.size() > shown)
    out += markup("{}", phrased({"另有 {} 项，见 JSON 报告", "{} more: see the JSON report"},
                                result.evidence.size() - shown));
  return out;
}

Html texts_of(const std::vector<const Control*>& controls, Text Control::*field) {
  std::vector<Html> out;
  for (const Control* control : controls)
    out.push_back(controls.size() == 1 ? markup("{}", control->*field)
                                       : markup("<b>{}</b> {}", control->title, control->*field));
  return list(out);
}

// Why its checks did not finish, and what to do about it.
Html failures(const Page& page, const ClauseResult& result) {
  std::vector<Html> out;
  for (const std::string& check : result.checks) {
    const auto at = page.input.ends.find(check);
    if (at == page.input.ends.end() || at->second.finished) continue;
    out.push_back(markup("{}: <bdi>{}</bdi> <bdi>{}</bdi> {}", check_title(page.input, check),
                         in_both(at->second.error), at->second.where, in_both(at->second.mend)));
  }
  return list(out);
}

Html missing_inputs(const ClauseResult& result) {
  std::vector<Html> out;
  for (const std::string& key : result.missing) {
    const auto input = from_word<assay::Input>(key);
    out.push_back(input ? markup("{} <code>{}</code>", row(*input).name, key)
                        : markup("<code>{}</code>", key));
  }
  return list(out);
}

Html checks_of(const Page& page, const ClauseResult& result) {
  std::vector<Html> out;
  for (const std::string& check : result.checks)
    out.push_back(markup("{} <code>{}</code>", check_title(page.input, check), check));
  return list(out);
}

Html work(const Page& page, const Clause& clause, const ClauseResult& result) {
  const Content& content = page.input.content;
  Html out;
  if (result.verdict == Verdict::not_satisfied)
    out += line({"如何整改", "How to mend"},
                texts_of(controls_to_mend(content, clause, result), &Control::mend));
  if (result.verdict == Verdict::could_not_run)
    out += line({"未完成的检查", "Checks not finished"}, failures(page, result));
  if (result.verdict != Verdict::satisfied && result.verdict != Verdict::not_applicable)
    out += line({"需提供", "What to show"},
                texts_of(controls_to_ask(content, clause, result), &Control::ask));
  return out;
}

// The reason, unless it only repeats what the controls ask of people.
Html reason(const Page& page, const Clause* clause, const ClauseResult& result) {
  Text asks;
  if (clause != nullptr && result.verdict == Verdict::needs_person) {
    for (const Control* control : controls_to_ask(page.input.content, *clause, result)) {
      asks.zh += (asks.zh.empty() ? "" : "；") + control->ask.zh;
      asks.en += (asks.en.empty() ? "" : "; ") + control->ask.en;
    }
  }
  return asks == result.reason ? Html{} : markup("{}", result.reason);
}

Html confidence_line(const Clause& clause) {
  Html out = markup("{}", row(clause.confidence).name);
  if (clause.source_strength != Strength::unstated)
    out += markup("{}{}", StaticText{"；", "; "}, row(clause.source_strength).name);
  if (!verified(clause)) out += markup(R"(<div class="faint">{}</div>)", kUnverifiedMeans);
  return out;
}

Html details(const Page& page, const Clause* clause, const ClauseResult& result) {
  Html out = line({"理由", "Reason"}, reason(page, clause, result));
  if (clause != nullptr) out += work(page, *clause, result);
  out += line({"缺少的输入", "Inputs not given"}, missing_inputs(result));
  if (clause != nullptr)
    out += line({"条款限值", "Threshold"}, whole_threshold(page, *clause, result));
  out += line({"证明", "Attested"}, strings(result.attested));
  out += line({"证据", "Evidence"}, evidence_links(result));
  out += line({"检查", "Checks"}, checks_of(page, result));
  if (result.findings > 0)
    out += line({"发现", "Findings"},
                markup(R"(<a href="#findings">{}</a>)", number_text(result.findings)));
  if (clause == nullptr) return out;
  out += line({"可信度", "Confidence"}, confidence_line(*clause));
  out += line({"说明", "Note"}, markup("{}", clause->note));
  if (!clause->sources.empty())
    out += markup(R"(<div class="wide"><dt>{}</dt><dd>{}</dd></div>)",
                  StaticText{"来源", "Sources"}, strings(clause->sources));
  return out;
}

void put_clause(const Page& page, const ClauseResult& result, std::size_t number) {
  const Clause* clause = find_clause(page.input.content, result.clause);
  page.put(markup(R"(<tbody class="clause" id="c-{0}" data-verdict="{1}" data-standard="{2}")"
                  R"( data-verified="{3}" data-force="{7}"><tr><th scope="row">)"
                  R"(<button type="button" class="more needs-js" aria-expanded="false")"
                  R"( aria-controls="d-{4}"><span aria-hidden="true" class="arrow"></span>)"
                  R"(<span class="code">{5}</span></button><span class="code no-js">{5}</span>)"
                  R"(<div class="faint">{6}</div></th>)",
                  result.clause, word(result.verdict), result.standard,
                  result.verified ? "true" : "false", number, code_of(result),
                  clause == nullptr ? PlainText{} : clause->place, word(result.force)));
  page.put(markup(R"(<td class="statement">{}</td><td class="verdict">{}{}</td><td>{}{}</td></tr>)",
                  clause == nullptr ? Text{} : clause->statement, verdict_badge(result.verdict),
                  clause == nullptr ? Html{} : clause_badges(*clause, result.force),
                  cell_label({"测量与限值", "Measurement"}), measurements(page, clause, result)));
  page.put(markup(R"(<tr class="details" id="d-{}"><td colspan="4"><dl>{}</dl></td></tr></tbody>)",
                  number, details(page, clause, result)));
  page.sheet.put("\n");
}

}  // namespace

void put_clauses(const Page& page) {
  page.put(
      markup(R"(<section class="card" id="clauses"><h2>{}</h2>)", StaticText{"条款", "Clauses"}));
  put_filters(page);
  page.put(markup(R"(<table class="clauses"><caption class="vh">{}</caption><thead><tr>)"
                  R"(<th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th>)"
                  R"(<th scope="col">{}</th></tr></thead>)",
                  StaticText{"逐条结论", "Verdict on each clause"}, StaticText{"条款", "Clause"},
                  StaticText{"要求", "Requirement"}, StaticText{"结论", "Verdict"},
                  StaticText{"测量与限值", "Measurement and limit"}));
  page.sheet.put("\n");
  std::size_t number = 0;
  for (const StandardSummary& one : page.summary.standards) {
    page.put(markup(
        R"(<tbody class="standard" data-standard="{}"><tr>)"
        R"(<th scope="rowgroup" colspan="4">{} <span class="faint">{}</span></th></tr>)"
        R"(</tbody>)",
        one.id, short_name(one.standard, one.id),
        one.standard == nullptr || one.standard->number.empty() ? Text{} : one.standard->title));
    for (const ClauseResult* result : one.results) put_clause(page, *result, number++);
  }
  page.put(markup(R"(</table><p class="needs-js nothing" id="nothing" hidden>{}</p></section>)",
                  StaticText{"没有符合筛选条件的条款。", "No clause matches the filters."}));
  page.sheet.put("\n");
}

}  // namespace assay::report::html
