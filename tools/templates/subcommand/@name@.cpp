// SPDX-License-Identifier: Apache-2.0
//
// assay @name@: how many clauses a standard has. Replace what it does.
#include <fmt/format.h>

#include <array>

#include "base/strings.h"
#include "cli/command.h"

namespace assay::cli {
namespace {

Result<int> run_@name@(Session& session) {
  const std::string id = session.first("ID");
  const Content* content = TRY(session.content());
  const Standard* standard = find_standard(*content, id);
  if (standard == nullptr)
    return Error{Code::not_found, "no standard is named '" + printable(id) + "'", 0, "ID",
                 "see: assay catalog list"};
  session.out(fmt::format("{}\n", standard->clauses.size()));
  return 0;
}

constexpr std::array<Positional, 1> kPositionals = {
    {{"ID", Arity::one, {"标准编号", "id of a standard"}}}};
constexpr std::array<std::string_view, 1> kExamples = {"assay @name@ gbt-45654"};
constexpr std::array<Command, 1> kCommands = {{{"@name@",
                                                {"标准的条款数", "how many clauses a standard has"},
                                                kPositionals,
                                                {},
                                                kExamples,
                                                run_@name@}}};

}  // namespace

extern const Group @name@_group;
const Group @name@_group = {"@name@", {"标准的条款数", "clauses of a standard"}, kCommands};

}  // namespace assay::cli
