// SPDX-License-Identifier: Apache-2.0
#include "engine/run.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace assay {
namespace {

class NullSink : public Sink {
 public:
  void measurement(Measurement) override {}
  void finding(Finding) override {}
  void evidence(Evidence, std::string_view) override {}
  void attested(Attested) override {}
  void progress(std::uint64_t, std::uint64_t) override {}
};

class MemoryJournal : public Journal {
 public:
  bool finished(std::string_view check) const override { return check == already; }
  Result<std::unique_ptr<Sink>> begin(std::string_view) override {
    return std::unique_ptr<Sink>(std::make_unique<NullSink>());
  }
  Status end(const CheckEnd& end) override {
    const std::scoped_lock guard(mutex);
    ends[end.check] = end;
    if (full) return Error{Code::io, "disk full"};
    return Done{};
  }
  std::string already;
  bool full = false;
  std::map<std::string, CheckEnd> ends;
  std::mutex mutex;
};

class SilentWatcher : public Watcher {
 public:
  void step(const Check&, Step) override {}
  void progress(const Check&, std::uint64_t, std::uint64_t) override {}
};

Status works(const CheckInput&, Sink& sink) {
  sink.finding({});
  return Done{};
}
Status cannot(const CheckInput&, Sink&) {
  return Error{Code::io, "no such disk", 0, "x.csv", "plug it in"};
}
// Works until it is asked to stop.
Status goes_on(const CheckInput& input, Sink&) {
  while (!input.stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return Error{Code::interrupted, "interrupted"};
}
Status throws(const CheckInput&, Sink&) { throw std::runtime_error("unexpected"); }
constexpr Check kWorks = {"works", {"可", "works"}, 1, {}, works};
constexpr Check kCannot = {"cannot", {"不可", "cannot"}, 1, {}, cannot};
constexpr Check kGoesOn = {"goes_on", {"不停", "goes on"},          1, {},
                           goes_on,   std::chrono::milliseconds(20)};
constexpr Check kThrows = {"throws", {"抛出", "throws"}, 1, {}, throws};

struct Fixture {
  System system;
  Content content;
  std::stop_source stop;
  MemoryJournal journal;
  SilentWatcher watcher;
  Plan plan{{}, {&kWorks, &kCannot, &kThrows}};
  std::optional<std::chrono::milliseconds> budget;
  Status run(unsigned threads) {
    return run_checks(plan, {system, ".", content, {}, 0, stop.get_token()}, threads, journal,
                      watcher, budget);
  }
};

TEST(Run, EachCheckEndsInTheJournalWhateverBecomesOfIt) {
  for (const unsigned threads : {1U, 2U, 8U}) {
    Fixture f;
    ASSERT_TRUE(f.run(threads).ok());
    EXPECT_TRUE(f.journal.ends.at("works").finished);
    EXPECT_EQ(f.journal.ends.at("works").findings, 1);
    EXPECT_FALSE(f.journal.ends.at("cannot").finished);
    EXPECT_EQ(f.journal.ends.at("cannot").error, "no such disk");
    EXPECT_EQ(f.journal.ends.at("cannot").mend, "plug it in");
    EXPECT_EQ(f.journal.ends.at("throws").error, "unexpected");
  }
}

TEST(Run, WhatAnEarlierRunFinishedIsNotRepeated) {
  Fixture f;
  f.journal.already = "works";
  ASSERT_TRUE(f.run(2).ok());
  EXPECT_FALSE(f.journal.ends.contains("works"));
  EXPECT_TRUE(f.journal.ends.contains("cannot"));
}

TEST(Run, AFullDiskEndsTheRun) {
  Fixture f;
  f.journal.full = true;
  const Status status = f.run(1);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Code::io);
  EXPECT_EQ(f.journal.ends.size(), 1U);
}

TEST(Run, ACheckOverItsBudgetCouldNotRunAndTheOthersDo) {
  for (const unsigned threads : {1U, 4U}) {
    Fixture f;
    f.plan.checks = {&kGoesOn, &kWorks};
    ASSERT_TRUE(f.run(threads).ok());
    EXPECT_FALSE(f.journal.ends.at("goes_on").finished);
    EXPECT_EQ(f.journal.ends.at("goes_on").error, "over its time budget of 0.02 s");
    EXPECT_EQ(f.journal.ends.at("goes_on").mend, "allow more with --check-timeout SECONDS");
    EXPECT_TRUE(f.journal.ends.at("works").finished);
  }
}

TEST(Run, TheBudgetOfTheRunGoesBeforeThatOfTheCheck) {
  Fixture f;
  f.plan.checks = {&kGoesOn};
  f.budget = std::chrono::milliseconds(40);
  ASSERT_TRUE(f.run(1).ok());
  EXPECT_EQ(f.journal.ends.at("goes_on").error, "over its time budget of 0.04 s");
}

TEST(Run, AStopOfTheUserIsNoMatterOfTheBudget) {
  Fixture f;
  f.plan.checks = {&kGoesOn};
  f.budget = std::chrono::hours(1);
  const std::jthread user([&f] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    f.stop.request_stop();
  });
  EXPECT_EQ(f.run(1).error().code, Code::interrupted);
  EXPECT_TRUE(f.journal.ends.empty());
}

TEST(Run, AStopBeforeTheStartRunsNothing) {
  Fixture f;
  f.stop.request_stop();
  EXPECT_EQ(f.run(2).error().code, Code::interrupted);
  EXPECT_TRUE(f.journal.ends.empty());
}

}  // namespace
}  // namespace assay
