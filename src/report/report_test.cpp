// SPDX-License-Identifier: Apache-2.0
//
// What holds for every writer.
#include "report/report.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <set>

#include "base/strings.h"
#include "model/json.h"
#include "report/sample_test.h"

namespace assay::report {
namespace {

constexpr std::array kLanguages = {Language::zh, Language::en};

std::string golden_name(const std::string& run, Language language, const Writer& writer) {
  return run + (language == Language::zh ? ".zh." : ".en.") + std::string(writer.extension);
}

// The page without its style sheet and scripts, which are the same in all and not worth a diff.
std::string without_fixed_parts(std::string page) {
  for (const std::string_view tag : {"style", "script"}) {
    const std::string open = "<" + std::string(tag) + ">";
    const std::string close = "</" + std::string(tag) + ">";
    for (std::size_t at = page.find(open); at != std::string::npos; at = page.find(open, at + 1)) {
      const std::size_t from = at + open.size();
      page.erase(from, page.find(close, from) - from);
    }
  }
  return page;
}

TEST(Writers, MatchTheirGoldens) {
  for (const Writer* writer : all_writers())
    for (const auto& [run, sample] : standard_runs())
      for (const Language language : kLanguages) {
        // Of a page in both languages the second golden would repeat the first.
        if (writer->id != "text" && language == Language::en) continue;
        const std::string out = written(writer->id, sample.input(language));
        EXPECT_TRUE(matches_golden(writer->id, golden_name(run, language, *writer),
                                   writer->id == "html" ? without_fixed_parts(out) : out));
      }
}

TEST(Writers, GiveTheSameBytesForTheSameInput) {
  for (const Writer* writer : all_writers())
    for (const auto& [run, sample] : standard_runs())
      EXPECT_EQ(written(writer->id, sample.input(Language::en)),
                written(writer->id, sample.input(Language::en)))
          << writer->id << " " << run;
}

TEST(Writers, NeverNameTheRun) {
  const Sample sample = everything_run();
  for (const Writer* writer : all_writers())
    EXPECT_THAT(written(writer->id, sample.input(Language::zh)),
                testing::Not(testing::HasSubstr(sample.header.run)))
        << writer->id;
}

TEST(Writers, WriteWellFormedUtf8WithoutControlCharacters) {
  const Sample sample = everything_run();
  for (const Writer* writer : all_writers()) {
    const std::string out = written(writer->id, sample.input(Language::en));
    EXPECT_TRUE(valid_utf8(out)) << writer->id;
    EXPECT_THAT(out, testing::Not(testing::HasSubstr("\x01"))) << writer->id;
    if (writer->id == "json") continue;  // JSON keeps them, for programs
    EXPECT_THAT(out, testing::Not(testing::HasSubstr("\xE2\x80\xAE"))) << writer->id;
    EXPECT_THAT(out, testing::Not(testing::HasSubstr("\xE2\x81\xA6"))) << writer->id;
  }
}

TEST(Writers, PassOnTheErrorOfTheOutputAndWriteNothingAfterIt) {
  const Sample sample = everything_run();
  for (const Writer* writer : all_writers()) {
    int calls = 0;
    const Status status =
        writer->write(sample.input(Language::zh), [&calls](std::string_view) -> Status {
          ++calls;
          return Error{Code::io, "no space left on device"};
        });
    ASSERT_FALSE(status.ok()) << writer->id;
    EXPECT_EQ(status.error().code, Code::io) << writer->id;
    EXPECT_EQ(calls, 1) << writer->id;
  }
}

TEST(Writers, PassOnAnErrorOfTheFindings) {
  const Sample sample = mixed_run();
  for (const std::string_view id : {"html", "json"}) {
    Input input = sample.input(Language::zh);
    input.each_finding = [](const FindingGroup*, std::uint64_t,
                            const std::function<void(std::string_view)>&) -> Status {
      return Error{Code::io, "disk error"};
    };
    const Status status =
        writer_named(id).write(input, [](std::string_view) -> Status { return Done{}; });
    ASSERT_FALSE(status.ok()) << id;
    EXPECT_EQ(status.error().what, "disk error") << id;
  }
}

// A sanitizer keeps freed memory for a while: what stays resident then says nothing.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kResidentIsOurs = false;
#else
constexpr bool kResidentIsOurs = true;
#endif

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(Writers, StreamFindingsInBoundedMemory) {
  constexpr std::uint64_t kFindings = 200'000;
  Sample sample = mixed_run();
  sample.groups = {{"keywords", "keyword-duplicate", "total", kFindings}};
  for (const Writer* writer : all_writers()) {
    const long before = peak_kib();
    std::size_t bytes = 0;
    std::size_t largest = 0;
    const Status status = writer->write(sample.input(Language::zh),
                                        [&bytes, &largest](std::string_view block) -> Status {
                                          bytes += block.size();
                                          largest = std::max(largest, block.size());
                                          return Done{};
                                        });
    ASSERT_TRUE(status.ok()) << writer->id;
    EXPECT_LT(largest, std::size_t{1} << 20) << writer->id;
    if (kResidentIsOurs) {
      EXPECT_LT(peak_kib() - before, 16 * 1024) << writer->id;
    }
    if (writer->id == "json") {
      EXPECT_GT(bytes, kFindings * 100) << "every finding is there";
    }
    if (writer->id == "html") {
      EXPECT_LT(bytes, std::size_t{1} << 20) << "a page a browser can open";
    }
  }
}

}  // namespace
}  // namespace assay::report
