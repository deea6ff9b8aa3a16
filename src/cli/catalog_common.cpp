// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/strings.h"
#include "catalog/json_object.h"
#include "catalog/risks.h"
#include "checks/checks.h"
#include "cli/catalog_commands.h"
#include "cli/table.h"
#include "model/json.h"

namespace assay::cli {
namespace {

constexpr std::size_t kSuggestions = 5;

std::string one_of(const Session& session, std::string_view known) {
  return fmt::format("{}: {}", session.say(StaticText{"可选", "one of"}), known);
}

}  // namespace

Error bad_word(const Session& session, std::string_view option, std::string_view given,
               std::string_view known) {
  return Error{Code::invalid,
               fmt::format("{} {} '{}'", option, session.say(StaticText{"不认识", "does not know"}),
                           printable(given)),
               0,
               {},
               one_of(session, known)};
}

Result<Date> option_date(const Session& session, std::string_view option, Edge edge,
                         const Date& otherwise) {
  const auto text = session.value(option);
  if (!text) return otherwise;
  Result<Date> date = parse_date(*text);
  if (!date.ok()) {
    Error error = std::move(date).error();
    error.where = option;
    return error;
  }
  if (edge == Edge::last_day) return date->last_day();
  date->month = std::max<std::uint8_t>(date->month, 1);
  date->day = std::max<std::uint8_t>(date->day, 1);
  return *date;
}

Result<const Standard*> one_document(const Session& session, const Content& content,
                                     std::string_view word) {
  const auto found = catalog::documents_named(content, word);
  if (found.size() == 1) return found.front();
  std::vector<std::string> names;
  for (const Standard* standard : found) names.push_back(standard->id);
  if (!found.empty())
    return Error{Code::invalid,
                 fmt::format("'{}' {}", printable(word),
                             session.say(StaticText{"可指多份文件", "names several documents"})),
                 0,
                 {},
                 one_of(session, join(names, ", "))};
  for (const Standard& standard : content.standards) {
    names.push_back(standard.id);
    if (!standard.number.empty()) names.push_back(standard.number);
  }
  const auto near = catalog::nearest(word, names, kSuggestions);
  return Error{
      Code::not_found,
      fmt::format("{} '{}'", session.say(StaticText{"没有文件", "no document"}), printable(word)),
      0,
      {},
      near.empty() ? std::string(session.say(
                         StaticText{"查看 assay catalog list", "see assay catalog list"}))
                   : fmt::format("{}: {}", session.say(StaticText{"相近的有", "near it"}),
                                 join(near, ", "))};
}

Result<const Framework*> edition_option(const Session& session, const Content& content) {
  const std::string edition = session.value("--edition").value_or("1.0");
  if (const Framework* found = catalog::framework_of_edition(content, edition)) return found;
  std::vector<std::string> known;
  for (const Framework* framework : catalog::governance_frameworks(content))
    known.push_back(framework->edition);
  return bad_word(session, "--edition", edition, join(known, ", "));
}

Result<int> deliver(Session& session, std::string_view bytes) {
  const auto path = session.value("--output");
  if (!path || *path == "-") {
    session.out(bytes);
    return 0;
  }
  Status written = write_file_atomic(*path, bytes);
  if (!written.ok()) {
    Error error = std::move(written).error();
    error.code = Code::io;  // also where the folder is not there: the output failed
    return error;
  }
  session.note(fmt::format("{} {} ({} B)\n", session.say(StaticText{"已写入", "wrote"}), *path,
                           bytes.size()));
  return 0;
}

std::string counts_text(const catalog::StatusCounts& counts, Language language) {
  std::vector<std::string> parts;
  for (const DocumentStatus status : catalog::kStatusOrder)
    if (const auto at = counts.find(status); at != counts.end() && at->second > 0)
      parts.push_back(fmt::format("{} {}", row(status).name.in(language), at->second));
  return join(parts, language == Language::zh ? "、" : ", ");
}

std::string counts_json(const catalog::StatusCounts& counts) {
  catalog::JsonObject out;
  for (const auto& [status, n] : counts) out.number(word(status), static_cast<double>(n));
  return out.str();
}

std::string text_json(const Text& text) { return to_json(text); }

std::vector<catalog::CheckInfo> check_infos() {
  std::vector<catalog::CheckInfo> out;
  for (const Check* check : all_checks()) {
    catalog::CheckInfo info{std::string(check->id), check->title.text(), {}};
    for (const CheckMeasurement& measurement : check->measurements)
      info.measurements.emplace_back(measurement.name);
    out.push_back(std::move(info));
  }
  return out;
}

std::string explanation_text(const catalog::Explanation& explanation, Language language) {
  std::string out = fmt::format("{} [{}] {}\n", explanation.id, explanation.kind_name.in(language),
                                explanation.title.in(language));
  std::size_t widest = 0;
  for (const catalog::Fact& fact : explanation.facts)
    widest = std::max(widest, display_width(fact.label.in(language)));
  for (const catalog::Fact& fact : explanation.facts) {
    std::string_view name = fact.label.in(language);
    for (const Text& value : fact.values) {
      out += fmt::format("  {}  {}\n", pad(name, widest), value.in(language));
      name = {};
    }
  }
  return out;
}

std::string explanation_json(const catalog::Explanation& explanation, Language language) {
  catalog::JsonObject out;
  out.text("id", explanation.id).text("kind", explanation.kind);
  out.text("title_zh", explanation.title.zh).text("title_en", explanation.title.en);
  for (const catalog::Fact& fact : explanation.facts) {
    std::vector<std::string> values;
    for (const Text& value : fact.values) values.push_back(value.in(language));
    out.strings(fact.key, values);
  }
  return out.str() + "\n";
}

}  // namespace assay::cli
