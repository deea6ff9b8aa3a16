// SPDX-License-Identifier: Apache-2.0
#include "label/write.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace assay::label {
namespace {

constexpr std::string_view kHtml = "<!DOCTYPE html><html><head></head><body>Lantern</body></html>";

class LabelWrite : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("assay-write-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    path_ = folder_ / "a.html";
    ASSERT_TRUE(write_file_atomic(path_, kHtml).ok());
  }
  void TearDown() override { fs::remove_all(folder_); }

  // Writes a label into the file, to which `meanwhile` happens when the new one is read back.
  Result<Written> put(const std::function<void()>& meanwhile) {
    FileSource in(FileReader::open(path_).value(), 4096);
    const Reading reading = read(in, path_).value();
    const std::string value = compose({"1", "p", "n", "", "p", "n", ""}).value();
    return put_label(in, reading, value, path_, path_, [&](ByteSource&, const Reading&) -> Status {
      meanwhile();
      return Done{};
    });
  }
  std::string text() { return assay::read_file(path_, 10000).value(); }

  fs::path folder_, path_;
};

TEST_F(LabelWrite, AFileThatChangesMeanwhileIsLeftAsItIs) {
  const auto undisturbed = put([] {});
  ASSERT_TRUE(undisturbed.ok()) << undisturbed.error().text();
  for (const bool renamed : {true, false}) {
    SetUp();
    const auto written = put([&] {
      if (renamed) {
        EXPECT_TRUE(write_file_atomic(path_, "theirs").ok());
      } else {
        const Fd fd(::open(path_.c_str(), O_WRONLY | O_TRUNC));
        EXPECT_EQ(::write(fd.get(), "theirs", 6), 6);
      }
    });
    ASSERT_FALSE(written.ok()) << renamed;
    EXPECT_EQ(written.error().code, Code::io);
    EXPECT_EQ(text(), "theirs");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1) << "nothing is left beside it";
  }
}

TEST_F(LabelWrite, ASecondWriterWaitsForNobodyAndIsTold) {
  const auto written = put([&] {
    const auto second = put([] {});
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, Code::io);
  });
  EXPECT_TRUE(written.ok());
}

}  // namespace
}  // namespace assay::label
