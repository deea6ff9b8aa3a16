// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

namespace assay {
namespace {

class AtomicFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("assay-files-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string text(const char* name) { return read_file(folder_ / name, 1000).value(); }
  fs::path folder_;
};

TEST_F(AtomicFiles, WithoutCommitTheOldFileStays) {
  ASSERT_TRUE(write_file_atomic(folder_ / "a", "old").ok());
  {
    auto file = AtomicFile::create(folder_ / "a");
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(file->write("new").ok());
  }
  EXPECT_EQ(text("a"), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(AtomicFiles, BehindALinkTheTargetIsReplaced) {
  ASSERT_TRUE(write_file_atomic(folder_ / "target", "old").ok());
  fs::create_symlink("target", folder_ / "link");
  ASSERT_TRUE(write_file_atomic(folder_ / "link", "new").ok());
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(text("target"), "new");
}

TEST_F(AtomicFiles, ADeviceIsNeverReplaced) {
  ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  std::string got(3, ' ');
  std::thread reader([&] {
    const Fd fd(::open((folder_ / "fifo").c_str(), O_RDONLY));
    EXPECT_EQ(::read(fd.get(), got.data(), got.size()), 3);
  });
  ASSERT_TRUE(write_file_atomic(folder_ / "fifo", "abc").ok());
  reader.join();
  EXPECT_EQ(got, "abc");
  EXPECT_TRUE(fs::is_fifo(folder_ / "fifo"));
}

TEST_F(AtomicFiles, AFullDeviceIsSaid) {
  const Status status = write_file_atomic("/dev/full", "abc");
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Code::io);
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST_F(AtomicFiles, AReadOnlyFileIsNotReplaced) {
  ASSERT_TRUE(write_file_atomic(folder_ / "a", "old").ok());
  fs::permissions(folder_ / "a", fs::perms::owner_read);
  const Status status = write_file_atomic(folder_ / "a", "new");
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Code::io);
  EXPECT_EQ(text("a"), "old");
}

TEST_F(AtomicFiles, WhatIsReadBackGoesToNoDevice) {
  ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  EXPECT_FALSE(AtomicFile::create_regular(folder_ / "fifo").ok());
  EXPECT_FALSE(AtomicFile::create_regular("/dev/null").ok());
  EXPECT_TRUE(AtomicFile::create_regular(folder_ / "new").ok());
}

TEST_F(AtomicFiles, AChangeAfterOpeningIsSeen) {
  const auto opened = [&] {
    EXPECT_TRUE(write_file_atomic(folder_ / "a", "old").ok());
    return FileReader::open(folder_ / "a").value();
  };
  EXPECT_TRUE(opened().unchanged().ok());
  {
    const FileReader in = opened();
    Fd fd(::open((folder_ / "a").c_str(), O_WRONLY | O_APPEND));
    ASSERT_EQ(::write(fd.get(), "er", 2), 2);
    EXPECT_FALSE(in.unchanged().ok()) << "written to";
  }
  {
    const FileReader in = opened();
    ASSERT_TRUE(write_file_atomic(folder_ / "a", "new").ok());
    EXPECT_FALSE(in.unchanged().ok()) << "another of the same size under the name";
  }
  const FileReader in = opened();
  fs::remove(folder_ / "a");
  EXPECT_FALSE(in.unchanged().ok()) << "gone";
}

TEST_F(AtomicFiles, ALockKeepsTheNextAway) {
  ASSERT_TRUE(write_file_atomic(folder_ / "a", "old").ok());
  const FileReader next = FileReader::open(folder_ / "a").value();
  {
    const FileReader first = FileReader::open(folder_ / "a").value();
    ASSERT_TRUE(first.lock().ok());
    EXPECT_FALSE(next.lock().ok());
  }
  EXPECT_TRUE(next.lock().ok());
}

TEST_F(AtomicFiles, NoNameIsRefused) { EXPECT_FALSE(AtomicFile::create("").ok()); }

TEST_F(AtomicFiles, AFolderIsRefused) { EXPECT_FALSE(write_file_atomic(folder_, "abc").ok()); }

}  // namespace
}  // namespace assay
