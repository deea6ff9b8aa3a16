// SPDX-License-Identifier: Apache-2.0
#include "base/sandbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace assay {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

class Sandbox : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("assay-sandbox-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "scratch");
    ASSERT_TRUE(write_file_atomic(folder_ / "input", "the input").ok());
    ASSERT_TRUE(write_file_atomic(folder_ / "other", "a secret").ok());
  }
  void TearDown() override { fs::remove_all(folder_); }

  Confined script(const std::string& text) const {
    Confined job{"bash", {"-c", text}};
    job.input = folder_ / "input";
    job.scratch = folder_ / "scratch";
    return job;
  }
  Ended run(const Confined& job) const {
    const Result<Ended> ended = run_confined(job);
    EXPECT_TRUE(ended.ok()) << ended.error().text();
    return ended.ok() ? *ended : Ended{-1, "", ""};
  }
  // The error's code; Code::internal where there is none.
  static Error refused(const Confined& job) {
    const Result<Ended> ended = run_confined(job);
    return ended.ok() ? Error{} : ended.error();
  }
  fs::path folder_;
};

TEST_F(Sandbox, GivesOutputAndExitCode) {
  Confined job = script("cat; echo wrong >&2; exit 3");
  job.standard_input = std::string(300'000, 'x');
  const Ended ended = run(job);
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_EQ(ended.out, job.standard_input);
  EXPECT_EQ(ended.err, "wrong\n");
}

TEST_F(Sandbox, GivesACleanEnvironmentAndNoOtherFiles) {
  const Ended ended = run(script("env; ls /proc/self/fd 2>/dev/null"));
  EXPECT_THAT(ended.out, HasSubstr("PATH=/usr/bin:/bin\n"));
  EXPECT_THAT(ended.out, ::testing::Not(HasSubstr("USER=")));
  EXPECT_EQ(run(script("for n in {3..40}; do [ -e /dev/fd/$n ] && echo $n; done; true")).out, "");
}

TEST_F(Sandbox, SaysWhichProgramIsMissing) {
  const Error error = refused({"no-such-program", {}});
  EXPECT_EQ(error.code, Code::not_found);
  EXPECT_EQ(error.text(),
            "the program 'no-such-program' is not installed (install no-such-program)");
}

TEST_F(Sandbox, SaysThatTheInputIsMissing) {
  if (!sandbox_report().files) return;  // without Landlock it is the program that finds out
  Confined job = script("true");
  job.input = folder_ / "missing";
  EXPECT_EQ(refused(job).code, Code::not_found);
}

TEST_F(Sandbox, EndsWhatRunsTooLong) {
  const auto start = std::chrono::steady_clock::now();
  for (const char* text : {"sleep 60", "sleep 60 & sleep 60", "exec >&- 2>&-; sleep 60"}) {
    Confined job = script(text);
    job.timeout = milliseconds(200);
    const Error error = refused(job);
    EXPECT_EQ(error.code, Code::limit) << text;
    EXPECT_EQ(error.what, "bash ran longer than 200 ms");
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST_F(Sandbox, EndsWhatWritesTooMuch) {
  Confined job = script("yes");
  job.max_output = 100'000;
  EXPECT_EQ(refused(job).code, Code::limit);
  job = script("exec 2>/dev/null; exec yes > \"$HOME/file\"");
  job.max_output = 100'000;
  EXPECT_EQ(refused(job).what, "bash wrote more than 100000 bytes");
  EXPECT_EQ(fs::file_size(folder_ / "scratch" / "file"), 100'000);
}

TEST_F(Sandbox, SaysThatASignalEndedIt) {
  const Error error = refused({"python3", {"-c", "import os; os.abort()"}});
  EXPECT_EQ(error.code, Code::invalid);
  EXPECT_EQ(error.what, "python3 was ended by signal 6");
}

TEST_F(Sandbox, BoundsMemory) {
  Confined job{"python3", {"-c", "x = bytearray(1 << 30)"}};
  job.memory_bytes = 512 << 20;
  const Ended ended = run(job);
  EXPECT_NE(ended.exit_code, 0);
  EXPECT_THAT(ended.err, HasSubstr("MemoryError"));
}

TEST_F(Sandbox, RefusesTheNetworkAndOtherProcesses) {
  if (!sandbox_report().calls) return;
  EXPECT_THAT(run(script("exec 3<>/dev/tcp/127.0.0.1/9")).err, HasSubstr("not permitted"));
  EXPECT_THAT(run(script("kill -0 $PPID")).err, HasSubstr("not permitted"));
  EXPECT_THAT(run({"unshare", {"-U", "true"}}).err, HasSubstr("not permitted"));
}

TEST_F(Sandbox, ReadsTheInputAndNoOtherFile) {
  EXPECT_EQ(run(script("cat '" + (folder_ / "input").string() + "'")).out, "the input");
  EXPECT_EQ(run(script("echo a > \"$HOME/b\"; cat \"$HOME/b\"; rm \"$HOME/b\"")).out, "a\n");
  if (!sandbox_report().files) return;
  for (const fs::path& path : {folder_ / "other", fs::path("/etc/passwd")}) {
    const Ended ended = run(script("cat '" + path.string() + "'"));
    EXPECT_EQ(ended.out, "");
    EXPECT_THAT(ended.err, HasSubstr("Permission denied"));
  }
  EXPECT_NE(run(script("echo a > '" + (folder_ / "new").string() + "'")).exit_code, 0);
  EXPECT_NE(run(script("echo a > '" + (folder_ / "input").string() + "'")).exit_code, 0);
}

}  // namespace
}  // namespace assay
