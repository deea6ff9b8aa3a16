// SPDX-License-Identifier: Apache-2.0
#include "evidence/record.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <thread>

#include "evidence/schema.h"
#include "evidence/sqlite.h"

namespace assay::evidence {
namespace {

class RecordTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("assay-record-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    path_ = folder_ / "r.assay";
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<Record> open(Access access = Access::write) {
    auto record = Record::open(path_, access);
    EXPECT_TRUE(record.ok()) << (record.ok() ? "" : record.error().text());
    return record.ok() ? std::move(record).value() : nullptr;
  }

  // A run with one finished check, `findings` findings and a verdict.
  void fill(int findings = 3) {
    const auto record = open();
    ASSERT_TRUE(record->begin_run(header()).ok());
    const auto attempt = record->begin_check("run-1", "counter");
    ASSERT_TRUE(attempt.ok());
    ASSERT_TRUE(record
                    ->add("run-1", "counter", *attempt,
                          Measurement{"counter", "total", 5, "", {}, {}, {}, ""})
                    .ok());
    for (int i = 0; i < findings; ++i)
      ASSERT_TRUE(record->add("run-1", "counter", *attempt, finding(i)).ok());
    const std::string bytes = "evidence";
    ASSERT_TRUE(record
                    ->add("run-1", "counter", *attempt,
                          Evidence{"counter", "a.csv", hex(sha256(as_raw(bytes))), 8, ""}, bytes)
                    .ok());
    ASSERT_TRUE(record
                    ->end_check("run-1", *attempt,
                                {"counter", true, {}, {}, {}, static_cast<double>(findings)})
                    .ok());
    ClauseResult result;
    result.clause = "std/C-1";
    result.standard = "std";
    ASSERT_TRUE(record->conclude("run-1", {result}, "digest-1").ok());
  }

  static RunHeader header(const std::string& run = "run-1") {
    return {run, "sys", "{}", "d", "1", "c", "0", Date{2026, 1, 1}, "0"};
  }
  static Finding finding(int i) {
    return {
        "counter", "duplicate", Severity::low, "line " + std::to_string(i), {"重复", "duplicate"},
        {},        "total"};
  }

  Sqlite raw() {
    auto db = Sqlite::open(path_.string(), SQLITE_OPEN_READWRITE);
    EXPECT_TRUE(db.ok());
    return std::move(db).value();
  }
  // Changes the file behind the record's back, its guards taken away as an attacker would.
  void tamper(const char* sql) {
    const Sqlite db = raw();
    ASSERT_TRUE(
        db.exec("DROP TRIGGER entry_is_not_changed; DROP TRIGGER entry_is_not_removed").ok());
    ASSERT_TRUE(db.exec(sql).ok());
  }
  std::vector<Text> faults() { return open(Access::read)->verify().value().faults; }

  fs::path folder_;
  fs::path path_;
};

TEST_F(RecordTest, GivesBackWhatWasRecorded) {
  fill();
  const auto record = open(Access::read);
  EXPECT_EQ(record->measurements("run-1").value().at(0).value, 5);
  EXPECT_EQ(record->ends("run-1").value().at("counter").finished, true);
  EXPECT_EQ(record->verdicts("run-1").value().size(), 1U);
  EXPECT_EQ(record->results_digest("run-1").value(), "digest-1");
  EXPECT_EQ(record->evidence_bytes(record->evidence("run-1").value().at(0).digest).value(),
            "evidence");
  EXPECT_EQ(record->finding_groups("run-1").value().at(0).count, 3U);
  int seen = 0;
  ASSERT_TRUE(record->each_finding("run-1", nullptr, 100, [&](std::string_view) { ++seen; }).ok());
  EXPECT_EQ(seen, 3);
  EXPECT_TRUE(record->runs().value().at(0).concluded);
}

TEST_F(RecordTest, AnUnfinishedAttemptDoesNotCount) {
  {
    const auto record = open();
    ASSERT_TRUE(record->begin_run(header()).ok());
    const auto attempt = record->begin_check("run-1", "counter").value();
    ASSERT_TRUE(record->add("run-1", "counter", attempt, finding(1)).ok());
  }
  const auto record = open();
  EXPECT_TRUE(record->ends("run-1").value().empty());
  EXPECT_TRUE(record->finding_groups("run-1").value().empty());
  const auto again = record->begin_check("run-1", "counter").value();
  ASSERT_TRUE(record->add("run-1", "counter", again, finding(2)).ok());
  ASSERT_TRUE(record->end_check("run-1", again, {"counter", true, {}, {}, {}, 1}).ok());
  EXPECT_EQ(record->finding_groups("run-1").value().at(0).count, 1U)
      << "only the sealed attempt's finding";
}

TEST_F(RecordTest, AnUntouchedChainIsWhole) {
  fill();
  EXPECT_TRUE(faults().empty());
}

TEST_F(RecordTest, EachKindOfTamperingIsFound) {
  for (const char* sql : {"UPDATE entry SET body = '{}' WHERE kind = 'finding' AND seq = (SELECT "
                          "min(seq) FROM entry WHERE kind = 'finding')",
                          "UPDATE entry SET time = '2000-01-01T00:00:00Z' WHERE seq = 2",
                          "DELETE FROM entry WHERE seq = 3",
                          "UPDATE entry SET seq = -1 WHERE seq = 4; UPDATE entry SET seq = 4 WHERE "
                          "seq = 5; UPDATE entry SET seq = 5 WHERE seq = -1",
                          "UPDATE blob SET bytes = x'00'", "DELETE FROM blob"}) {
    fs::remove(path_);
    fill();
    tamper(sql);
    EXPECT_FALSE(faults().empty()) << sql;
  }
}

TEST_F(RecordTest, ACutEndShowsInTheHead) {
  fill();
  const std::string head = open(Access::read)->head().value();
  tamper("DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)");
  EXPECT_TRUE(faults().empty()) << "a shorter chain is whole in itself";
  EXPECT_NE(open(Access::read)->head().value(), head);
}

TEST_F(RecordTest, TheDatabaseItselfRefusesToChangeEntries) {
  fill();
  const Sqlite db = raw();
  EXPECT_FALSE(db.exec("UPDATE entry SET body = '{}'").ok());
  EXPECT_FALSE(db.exec("DELETE FROM entry").ok());
}

TEST_F(RecordTest, ASecondWriterIsRefusedAndToldWhoHoldsIt) {
  const auto first = open();
  const auto second = Record::open(path_, Access::write);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, Code::io);
  EXPECT_NE(second.error().what.find(std::to_string(::getpid())), std::string::npos);
  EXPECT_TRUE(Record::open(path_, Access::read).ok()) << "readers are let in";
}

TEST_F(RecordTest, BackupAndRestoreKeepTheChain) {
  fill();
  const std::string head = open(Access::read)->head().value();
  ASSERT_TRUE(open(Access::read)->backup(folder_ / "copy").ok());
  ASSERT_TRUE(restore(folder_ / "copy", folder_ / "restored").ok());
  EXPECT_EQ(Record::open(folder_ / "restored", Access::read).value()->head().value(), head);
  EXPECT_FALSE(restore(folder_ / "copy", folder_ / "restored").ok())
      << "never over a file that is there";
}

TEST_F(RecordTest, ADamagedBackupIsNotRestored) {
  fill();
  tamper("UPDATE entry SET body = '{}' WHERE seq = 1");
  EXPECT_FALSE(restore(path_, folder_ / "restored").ok());
  EXPECT_FALSE(fs::exists(folder_ / "restored"));
}

// Takes a present record back to version 1: without the guards and indices of version 2.
void make_version_1(const Sqlite& db) {
  ASSERT_TRUE(db.exec("DROP TRIGGER entry_is_not_changed; DROP TRIGGER entry_is_not_removed;"
                      "DROP INDEX entry_by_kind; DROP INDEX run_by_name; PRAGMA user_version = 1")
                  .ok());
}

TEST_F(RecordTest, AnOlderRecordIsMigratedOnACopy) {
  fill();
  const std::string head = open(Access::read)->head().value();
  make_version_1(raw());
  const auto refused = Record::open(path_, Access::read);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().mend.find("record migrate"), std::string::npos);
  ASSERT_TRUE(migrate(path_, folder_ / "new").ok());
  const auto record = Record::open(folder_ / "new", Access::write);
  ASSERT_TRUE(record.ok());
  EXPECT_EQ((*record)->head().value(), head);
  EXPECT_TRUE((*record)->verify().value().faults.empty());
  EXPECT_FALSE(Record::open(path_, Access::read).ok()) << "the old one is left as it was";
}

TEST_F(RecordTest, ANewerOrForeignFileIsRefusedUntouched) {
  fill();
  ASSERT_TRUE(raw().exec("PRAGMA user_version = 99").ok());
  EXPECT_EQ(Record::open(path_, Access::write).error().code, Code::unsupported);
  const fs::path text = folder_ / "text";
  ASSERT_TRUE(write_file_atomic(text, std::string(5000, 'x')).ok());
  EXPECT_EQ(Record::open(text, Access::write).error().code, Code::invalid);
  EXPECT_EQ(read_file(text, 10000).value(), std::string(5000, 'x'));
  EXPECT_EQ(Record::open(folder_ / "none", Access::read).error().code, Code::not_found);
}

TEST_F(RecordTest, AKillAtAnyMomentLeavesAWholeChain) {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      const auto record = Record::open(path_, Access::write);
      if (!record.ok()) ::_exit(1);
      [[maybe_unused]] const auto run = (*record)->begin_run(header());
      const auto attempt = (*record)->begin_check("run-1", "counter");
      for (int i = 0;; ++i)
        if (!(*record)->add("run-1", "counter", *attempt, finding(i)).ok()) ::_exit(1);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5 + random() % 60));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
    if (!fs::exists(path_) || fs::file_size(path_) == 0)
      continue;  // killed before its first commit
    const auto record = Record::open(path_, Access::write);
    ASSERT_TRUE(record.ok()) << record.error().text();
    EXPECT_TRUE((*record)->verify().value().faults.empty()) << "round " << round;
  }
  EXPECT_GT(open(Access::read)->verify().value().entries, 0U);
}

TEST_F(RecordTest, AFullDiskEndsInAnErrorAndLosesNothing) {
  fill();
  const auto before = open(Access::read)->verify().value().entries;
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{200'000, 200'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto record = Record::open(path_, Access::write);
    if (!record.ok()) ::_exit(2);
    [[maybe_unused]] const auto run = (*record)->begin_run(header("run-2"));
    const auto attempt = (*record)->begin_check("run-2", "counter");
    if (!attempt.ok()) ::_exit(3);
    Status status = Done{};
    for (int i = 0; i < 100'000 && status.ok(); ++i)
      status = (*record)->add("run-2", "counter", *attempt, finding(i));
    if (status.ok())
      status = (*record)->end_check("run-2", *attempt, {"counter", true, {}, {}, {}, 0});
    ::_exit(status.ok() ? 4 : status.error().code == Code::io ? 0 : 5);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0) << "the writer must see Code::io";
  const auto after = open()->verify().value();
  EXPECT_TRUE(after.faults.empty());
  EXPECT_GE(after.entries, before);
  EXPECT_EQ(open(Access::read)->verdicts("run-1").value().size(), 1U);
}

// While it lives, files may not grow beyond `bytes`: a disk that is full for a moment.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    before_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, before_);
  }

 private:
  rlimit old_{};
  void (*before_)(int) = nullptr;
};

TEST_F(RecordTest, AfterOneFailedWriteNothingMoreIsAppended) {
  fill();
  {
    const auto record = open();
    ASSERT_TRUE(record->begin_run(header("run-2")).ok());
    const auto attempt = record->begin_check("run-2", "counter");
    Status status = Done{};
    {
      const FullDisk full(200'000);
      for (int i = 0; i < 100'000 && status.ok(); ++i)
        status = record->add("run-2", "counter", *attempt, finding(i));
      if (status.ok())
        status = record->end_check("run-2", *attempt, {"counter", true, {}, {}, {}, 0});
    }
    ASSERT_FALSE(status.ok());
    // There is room again, but the entries in between are lost.
    EXPECT_FALSE(record->add("run-2", "counter", *attempt, finding(1)).ok());
    EXPECT_FALSE(record->end_check("run-2", *attempt, {"counter", true, {}, {}, {}, 0}).ok());
    EXPECT_FALSE(record->conclude("run-2", {}, "digest-2").ok());
  }
  EXPECT_TRUE(faults().empty());
  fill();
  EXPECT_TRUE(faults().empty());
}

TEST_F(RecordTest, VerdictsOfAConclusionThatFailedDoNotStandBesideTheNext) {
  fill();
  std::vector<ClauseResult> results(20'000);
  for (ClauseResult& result : results) {
    result.clause = "std/C-1";
    result.standard = "std";
  }
  {
    const auto record = open();
    ASSERT_TRUE(record->begin_run(header("run-2")).ok());
    const FullDisk full(400'000);
    EXPECT_FALSE(record->conclude("run-2", results, "digest-2").ok());
  }
  results.resize(7);
  ASSERT_TRUE(open()->conclude("run-2", results, "digest-3").ok());
  EXPECT_EQ(open(Access::read)->verdicts("run-2").value().size(), 7U);
  EXPECT_TRUE(faults().empty());
}

TEST_F(RecordTest, AClosedRecordIsOneFileThatNeedsNoWritingToBeRead) {
  fill();
  EXPECT_FALSE(fs::exists(path_.string() + "-wal"));
  const std::string head = read_file(path_, 10'000'000).value().substr(0, 20);
  EXPECT_EQ(head[18], 1) << "the header of SQLite says: no write-ahead log";
}

TEST_F(RecordTest, ALinkIsNoWayAroundTheLock) {
  fill();
  fs::create_symlink(path_, folder_ / "link");
  const auto first = open();
  const auto second = Record::open(folder_ / "link", Access::write);
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.error().text().find("another assay"), std::string::npos);
}

TEST_F(RecordTest, ANotedHeadIsFoundWhereItStood) {
  fill();
  const Digest noted = parse_digest(open(Access::read)->head().value()).value();
  const std::uint64_t entries = open(Access::read)->verify().value().entries;
  ASSERT_TRUE(open()->begin_run(header("run-2")).ok());
  const auto found = open(Access::read)->verify(noted).value();
  EXPECT_EQ(found.noted_at, entries);
  EXPECT_EQ(found.entries, entries + 1);
  EXPECT_FALSE(open(Access::read)->verify(sha256(as_raw("other"))).value().noted_at);
}

TEST_F(RecordTest, ADamagedRecordIsNotWhole) {
  fill();
  EXPECT_TRUE(open(Access::read)->require_whole().ok());
  tamper("UPDATE entry SET body = '{}' WHERE seq = 4");
  EXPECT_EQ(open(Access::read)->require_whole().error().code, Code::invalid);
}

}  // namespace
}  // namespace assay::evidence
