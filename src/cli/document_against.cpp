// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "cli/document_commands.h"
#include "cli/document_covered.h"
#include "document/against.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;
using document::Answer;
using document::AnswerLevel;

constexpr std::string_view kLevels = "answer-levels";
constexpr std::size_t kShown = 200;  // bytes of a quotation on the terminal

std::string_view word(AnswerLevel level) {
  constexpr std::array<std::string_view, 3> kWords = {"none", "partly", "fully"};
  return kWords[static_cast<std::size_t>(level)];
}

Error no_lexicon() {
  return Error{Code::invalid, fmt::format("the content has no lexicon {}", kLevels), 0,
               "content/lexicons", "use the content that belongs to this program"};
}

Result<document::AnswerRules> rules_of(const Content& content) {
  const Lexicon* lexicon = find_lexicon(content, kLevels);
  document::AnswerRules out;
  std::size_t found = 0;
  if (lexicon == nullptr) return no_lexicon();
  for (const LexiconEntry& entry : lexicon->entries) {
    if (entry.argument == "common") {
      out.common.push_back(entry.value);
      continue;
    }
    const auto share = to_number<double>(entry.argument);
    if (!share || (entry.value != "partly" && entry.value != "fully")) continue;
    (entry.value == "fully" ? out.fully : out.partly) = *share;
    ++found;
  }
  if (found == 2) return out;
  return no_lexicon();
}

std::vector<document::DemandedNumber> numbers_of(const Threshold& threshold) {
  using document::NumberRule;
  std::vector<document::DemandedNumber> out;
  const auto add = [&](Op op, double value, const Text& unit) {
    if (op != Op::at_least && op != Op::at_most && op != Op::equal) return;
    const NumberRule rule = op == Op::at_least  ? NumberRule::at_least
                            : op == Op::at_most ? NumberRule::at_most
                                                : NumberRule::equal;
    out.push_back({rule, value, {unit.zh, unit.en}});
  };
  if (threshold.value) add(threshold.op, *threshold.value, threshold.unit);
  return out;
}

std::string number_json(const document::Document& document, const document::OtherNumber& number) {
  return JsonObject()
      .raw("page", page_json(document, number.span.begin))
      .number("start", static_cast<double>(number.span.begin))
      .number("end", static_cast<double>(number.span.end))
      .text("text", document.at(number.span))
      .number("says", number.value)
      .number("demanded", number.demanded.value)
      .str();
}

std::string answer_json(const Covered& covered, const Clause& clause, const Answer& answer) {
  std::vector<std::string> spans, numbers;
  for (const document::Span span : answer.spans)
    spans.push_back(JsonObject()
                        .raw("page", page_json(covered.document, span.begin))
                        .text("place", place_of(covered.outline, span.begin))
                        .number("start", static_cast<double>(span.begin))
                        .number("end", static_cast<double>(span.end))
                        .text("text", covered.document.at(span))
                        .str());
  for (const document::OtherNumber& number : answer.numbers)
    numbers.push_back(number_json(covered.document, number));
  return JsonObject()
      .text("path", covered.path)
      .text("clause", clause.id)
      .text("level", word(answer.level))
      .number("share", answer.share)
      .strings("missing", answer.missing)
      .list("spans", spans)
      .list("numbers", numbers)
      .str();
}

void tell(Session& session, const Covered& covered, const Clause& clause, const Answer& answer) {
  constexpr std::array<std::string_view, 3> kMarks = {"○", "◐", "●"};
  session.out(fmt::format("{} {:3.0f} %  {}  {}\n", kMarks[static_cast<std::size_t>(answer.level)],
                          100 * answer.share, clause.code, session.say(clause.statement)));
  if (answer.level == AnswerLevel::none) return;
  for (const document::Span span : answer.spans) {
    const std::string place = cited(covered, span.begin, session.language());
    session.out(fmt::format("           {}{}\n", place.empty() ? "" : place + ": ",
                            quoted(covered.document.at(span), kShown)));
  }
  for (const document::OtherNumber& number : answer.numbers)
    session.out(fmt::format("         ! {}: {}; {} {}\n", session.say("数值不同", "another number"),
                            printable(covered.document.at(number.span)),
                            session.say("条款为", "the clause says"), number.demanded.value));
}

Result<const Standard*> standard_of(Session& session, const Content& content) {
  const std::string asked = session.value("--standard").value_or("gbt-45654");
  const Standard* standard = find_standard(content, asked);
  if (standard != nullptr && !standard->clauses.empty()) return standard;
  std::vector<std::string> known;
  for (const Standard& one : content.standards)
    if (!one.clauses.empty()) known.push_back(one.id);
  return Error{Code::invalid, fmt::format("'{}' is no standard with clauses", printable(asked)), 0,
               "--standard", "give one of: " + join(known, ", ")};
}

}  // namespace

Result<int> document_against(Session& session) {
  const Content& content = *TRY(session.content());
  const Standard& standard = *TRY(standard_of(session, content));
  const document::AnswerRules rules = TRY(rules_of(content));
  int code = 0;
  for (const std::string& path : document_files(session, code)) {
    auto read = document::read_document(path);
    if (!read.ok()) {
      tell_unread(session, path, read.error());
      code = 3;
      continue;
    }
    Covered covered{path, std::move(*read), {}, {}, {}};
    covered.outline = outline_of(covered.document);
    covered.language = document::language_of(covered.document.text);
    if (covered.language == document::TextLanguage::other) {
      session.note(fmt::format("{}: {}\n", printable(path, 400), session.say(kNotRated)));
      code = 3;
      continue;
    }
    std::vector<document::Demand> demands;
    for (const Clause& clause : standard.clauses)
      demands.push_back({covered.language == document::TextLanguage::chinese ? clause.statement.zh
                                                                             : clause.statement.en,
                         numbers_of(clause.threshold)});
    const std::vector<Answer> found = answers(covered.document, demands, rules);
    std::array<std::size_t, 3> sums{};
    for (std::size_t i = 0; i < found.size(); ++i) {
      ++sums[static_cast<std::size_t>(found[i].level)];
      if (session.json())
        session.out(answer_json(covered, standard.clauses[i], found[i]) + "\n");
      else
        tell(session, covered, standard.clauses[i], found[i]);
    }
    if (!session.json())
      session.out(fmt::format(
          fmt::runtime(session.say("{}：{} 条中，大体写到 {}，部分写到 {}，未见 {}。由人确认。\n",
                                   "{}: of {} clauses, {} spoken of for the most part, {} partly, "
                                   "{} not found. A person confirms.\n")),
          printable(path, 400), found.size(), sums[2], sums[1], sums[0]));
  }
  return code;
}

}  // namespace assay::cli
