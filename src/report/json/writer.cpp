// SPDX-License-Identifier: Apache-2.0
//
// One JSON document, a row a line.
#include <fmt/format.h>

#include <limits>

#include "model/describe.h"
#include "model/json.h"
#include "report/phrase.h"
#include "report/sheet.h"
#include "report/summary.h"

namespace assay::report::json {
namespace {

// `,"key":value` with `value` as JSON.
std::string member(std::string_view key, std::string_view value) {
  return fmt::format(",\"{}\":{}", key, value);
}

std::string text_member(std::string_view key, std::string_view value) {
  return member(key, json_string(value));
}

// The JSON object `base` with `more` members (",…") at its end.
std::string extended(std::string base, std::string_view more) {
  base.pop_back();
  return fmt::format("{}{}}}", base, more);
}

std::string counts(const Tally& tally, std::uint64_t (Tally::*count)(Verdict) const) {
  std::string out;
  for (const Verdict verdict : kVerdicts)
    out +=
        fmt::format("{}\"{}\":{}", out.empty() ? "{" : ",", word(verdict), (tally.*count)(verdict));
  return out + "}";
}

std::string tally_json(const Tally& tally) {
  return fmt::format("{{\"verified\":{},\"unverified\":{},\"recommendations_not_met\":{}}}",
                     counts(tally, &Tally::count), counts(tally, &Tally::count_unverified),
                     tally.count_recommended(Verdict::not_satisfied));
}

std::string strengths_json(const Summary& summary) {
  std::string out;
  for (const auto& [strength, count] : summary.strengths)
    out += fmt::format("{}\"{}\":{}", out.empty() ? "{" : ",", word(strength), count);
  return out.empty() ? "{}" : out + "}";
}

void put_header(Sheet& sheet, const Input& input, const Summary& summary) {
  const RunHeader& header = input.header;
  std::string out = R"({"format":"assay-report","format_version":1)";
  out += text_member("as_of", header.as_of.text());
  out += text_member("results_digest", input.results_digest);
  out += text_member("system_digest", header.system_digest);
  out += text_member("content_version", header.content_version);
  out += text_member("content_digest", header.content_digest);
  out += text_member("engine_version", header.engine_version);
  out += text_member("seed", header.seed);
  out += ",\n\"system\":" + to_json(input.system);
  out += ",\n\"totals\":" +
         extended(tally_json(summary.all),
                  fmt::format(",\"checks\":{},\"checks_failed\":{},\"findings\":{}", summary.checks,
                              summary.checks_failed, summary.findings));
  out += ",\n\"source_strengths\":" + strengths_json(summary);
  sheet.put(out);
}

// `"key": [rows]`, a row a line.
template <class Rows, class Row>
void put_list(Sheet& sheet, std::string_view key, const Rows& rows, const Row& row) {
  sheet.put(fmt::format(",\n\"{}\":[", key));
  std::string_view between = "\n";
  for (const auto& item : rows) {
    sheet.put(between);
    sheet.put(row(item));
    between = ",\n";
  }
  sheet.put("]");
}

// What the names of the measurements mean: `"measurement_titles":{"check.name":{…}}`.
void put_titles(Sheet& sheet, const Input& input) {
  sheet.put(",\n\"measurement_titles\":{");
  std::string_view between = "\n";
  for (const auto& [name, title] : input.measurement_titles) {
    sheet.put(between);
    sheet.put(json_string(name) + ":" + to_json(title));
    between = ",\n";
  }
  sheet.put("}");
}

std::string standard_json(const StandardSummary& summary) {
  std::string out = "{\"id\":" + json_string(summary.id);
  if (summary.standard != nullptr) {
    if (!summary.standard->number.empty()) out += text_member("number", summary.standard->number);
    out += member("title", to_json(summary.standard->title));
  }
  return out + member("totals", tally_json(summary.tally)) + "}";
}

std::string clause_json(const Input& input, const ClauseResult& result) {
  std::string more = text_member("code", code_of(result));
  const Standard* standard = find_standard(input.content, result.standard);
  if (standard != nullptr && !standard->number.empty())
    more += text_member("standard_number", standard->number);
  if (const Clause* clause = find_clause(input.content, result.clause)) {
    more += member("place", to_json(static_cast<const Text&>(clause->place)));
    more += member("statement", to_json(clause->statement));
    const Text threshold = threshold_text(clause->threshold);
    if (!threshold.empty()) more += member("threshold_text", to_json(threshold));
    more += text_member("confidence", word(clause->confidence));
    if (clause->source_strength != Strength::unstated)
      more += text_member("source_strength", word(clause->source_strength));
    more += member("controls", to_json(clause->controls));
  }
  return extended(to_json(result), more);
}

std::string risk_json(const RiskSummary& risk) {
  std::vector<std::string> standards;
  for (const Standard* standard : risk.standards) standards.push_back(standard->id);
  return fmt::format(
      "{{\"id\":{}{}{}{}{}}}", json_string(risk.framework->id + ":" + risk.risk->id),
      member("title", to_json(risk.risk->title)), text_member("confidence", word(risk.confidence)),
      member("standards", to_json(standards)), member("totals", tally_json(risk.tally)));
}

std::string group_json(const FindingGroup& group) {
  return fmt::format("{{\"check\":{}{}{}{}}}", json_string(group.check),
                     text_member("id", group.id), text_member("measurement", group.measurement),
                     member("count", fmt::format("{}", group.count)));
}

Status put_findings(Sheet& sheet, const Input& input) {
  sheet.put(",\n\"findings\":[");
  std::string_view between = "\n";
  const auto visit = [&sheet, &between](std::string_view finding) {
    sheet.put(between);
    sheet.put(finding);
    between = ",\n";
  };
  TRY(input.each_finding(nullptr, std::numeric_limits<std::uint64_t>::max(), visit));
  sheet.put("]");
  return Done{};
}

Status write(const Input& input, const Out& out) {
  const Summary summary = summarise(input);
  Sheet sheet(out);
  put_header(sheet, input, summary);
  put_titles(sheet, input);
  put_list(sheet, "standards", summary.standards, standard_json);
  put_list(sheet, "risks", summary.risks, risk_json);
  put_list(sheet, "clauses", input.results,
           [&input](const ClauseResult& result) { return clause_json(input, result); });
  put_list(sheet, "checks", input.ends, [&input](const auto& end) {
    return extended(to_json(end.second), member("title", to_json(check_title(input, end.first))));
  });
  put_list(sheet, "evidence", input.evidence, [](const Evidence& e) { return to_json(e); });
  put_list(sheet, "finding_groups", input.groups, group_json);
  TRY(put_findings(sheet, input));
  sheet.put("}\n");
  return sheet.finish();
}

}  // namespace

extern const Writer kWriter;
const Writer kWriter = {"json", "json", {"JSON 报告", "JSON report"}, write};

}  // namespace assay::report::json
