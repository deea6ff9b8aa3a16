// SPDX-License-Identifier: Apache-2.0
#include "catalog/explain.h"

#include <fmt/format.h>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "cli/catalog_commands.h"

namespace assay::cli {
namespace {

// More than this many answers are listed, not told.
constexpr std::size_t kTold = 3;
constexpr std::size_t kSuggestions = 6;

Error unknown(const Session& session, const Content& content,
              std::span<const catalog::CheckInfo> checks, std::string_view word) {
  const auto near = catalog::nearest(word, catalog::known_ids(content, checks), kSuggestions);
  const std::string mend =
      near.empty()
          ? fmt::format("{}: assay catalog search {}", session.say(StaticText{"试试", "try"}),
                        printable(word))
          : fmt::format("{}: {}", session.say(StaticText{"相近的有", "near it"}), join(near, ", "));
  return Error{Code::not_found,
               fmt::format("{} '{}'", session.say(StaticText{"不认识的标识", "nothing is called"}),
                           printable(word)),
               0,
               {},
               mend};
}

Result<int> run(Session& session) {
  const Content& content = *TRY(session.content());
  const Date as_of = TRY(session.as_of());
  const std::vector<catalog::CheckInfo> checks = check_infos();
  const std::string id = join(session.positional("ID"), " ");
  const auto things = catalog::things_named(content, checks, id);
  if (things.empty()) return unknown(session, content, checks, id);
  const Language l = session.language();
  if (session.json()) {
    for (const auto& thing : things)
      session.out(explanation_json(catalog::explain(content, checks, thing, as_of), l));
    return 0;
  }
  if (things.size() > 1) {
    session.out(fmt::format("{} '{}' ({}):\n",
                            session.say(StaticText{"多处名为", "Several things are called"}), id,
                            things.size()));
    for (const auto& thing : things) {
      const auto answer = catalog::explain(content, checks, thing, as_of);
      session.out(fmt::format("  assay explain {}   {}\n", catalog::qualified_id(thing),
                              answer.title.in(l)));
    }
  }
  if (things.size() > kTold) return 0;
  for (const auto& thing : things) {
    if (things.size() > 1) session.out("\n");
    session.out(explanation_text(catalog::explain(content, checks, thing, as_of), l));
  }
  return 0;
}

constexpr Positional kId[] = {
    {"ID",
     Arity::many,
     {"任何标识：文件、条款、控制项、风险、条件、检查、词表、状态用词 …",
      "any id: document, clause, control, risk, condition, check, word list, status word ..."}}};
constexpr Option kOptions[] = {
    {"--as-of",
     "DATE",
     {"按这一天的状态（默认今天，UTC）", "the state on that day (default: today, UTC)"}},
    {"--json", "", {"每行一个 JSON 对象", "one JSON object a line"}}};
constexpr std::string_view kExamples[] = {"assay explain GAI-KW-001",
                                          "assay explain aisgf-1:V1-3.2.1a",
                                          "assay explain keyword_library", "assay explain derived"};
constexpr Command kRows[] = {{"explain",
                              {"解释任何标识：是什么、为什么、用在哪里、如何检查、多可信",
                               "explain any id: what, why, where used, how checked, how sure"},
                              kId,
                              kOptions,
                              kExamples,
                              run}};

}  // namespace

extern const Group explain_group;
const Group explain_group = {"explain", {"解释任何标识", "explain any id"}, kRows};

}  // namespace assay::cli
