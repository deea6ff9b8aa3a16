// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "cli/command.h"

namespace assay::cli {
namespace {

using testing::HasSubstr;

TEST(@Name@, HelpNamesItsPositional) {
  testing::internal::CaptureStdout();
  const int code = run(std::vector<std::string>{"@name@", "--help"});
  EXPECT_THAT(testing::internal::GetCapturedStdout(), HasSubstr("assay @name@ ID"));
  EXPECT_EQ(code, 0);
}

TEST(@Name@, AsksForItsPositional) {
  testing::internal::CaptureStderr();
  const int code = run(std::vector<std::string>{"@name@"});
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("ID"));
  EXPECT_EQ(code, exit_code(Code::invalid));
}

}  // namespace
}  // namespace assay::cli
