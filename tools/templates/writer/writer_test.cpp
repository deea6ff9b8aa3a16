// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "report/report.h"

namespace assay::report::@name@ {

extern const Writer kWriter;

namespace {

Result<std::string> written(const std::vector<ClauseResult>& results, const Out* broken = nullptr) {
  const RunHeader header;
  const System system;
  const Content content;
  const std::map<std::string, CheckEnd> ends;
  const std::vector<Evidence> evidence;
  const std::vector<FindingGroup> groups;
  const Input input{.header = header,
                    .system = system,
                    .content = content,
                    .results = results,
                    .ends = ends,
                    .evidence = evidence,
                    .groups = groups,
                    .check_titles = {},
                    .measurement_titles = {},
                    .results_digest = {},
                    .language = Language::en,
                    .each_finding = {}};
  std::string text;
  const Out keep = [&text](std::string_view piece) {
    text += piece;
    return Status(Done{});
  };
  TRY(kWriter.write(input, broken != nullptr ? *broken : keep));
  return text;
}

ClauseResult result(const char* clause, Verdict verdict) {
  ClauseResult out;
  out.clause = clause;
  out.verdict = verdict;
  return out;
}

TEST(@Name@Writer, WritesEveryClauseInOrder) {
  const auto text =
      written({result("s/B-1", Verdict::not_satisfied), result("s/A-1", Verdict::satisfied)});
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(*text, "s/B-1\tnot-satisfied\ns/A-1\tsatisfied\n");
}

TEST(@Name@Writer, TellsOfAFullDisk) {
  const Out full = [](std::string_view) { return Status(Error{Code::io, "no space left"}); };
  const auto text = written({result("s/A-1", Verdict::satisfied)}, &full);
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.error().code, Code::io);
}

}  // namespace
}  // namespace assay::report::@name@
