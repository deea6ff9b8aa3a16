// SPDX-License-Identifier: Apache-2.0
//
// Folders for the tests of this room.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <system_error>

#include "base/files.h"

namespace assay::content {

inline const fs::path kCases = fs::path(ASSAY_SOURCE_DIR) / "tests" / "cases" / "content";
inline const fs::path kRealContent = fs::path(ASSAY_SOURCE_DIR) / "content";

// A folder that is gone with the test.
class TestTree {
 public:
  TestTree() {
    std::string pattern = (fs::path(testing::TempDir()) / "assay-content-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TestTree() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  TestTree(const TestTree&) = delete;
  TestTree& operator=(const TestTree&) = delete;

  const fs::path& path() const { return path_; }
  void copy(const fs::path& from) const {
    fs::copy(from, path_, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }
  void write(const std::string& relative, std::string_view bytes) const {
    fs::create_directories((path_ / relative).parent_path());
    ASSERT_TRUE(write_file_atomic(path_ / relative, bytes).ok()) << relative;
  }

 private:
  fs::path path_;
};

}  // namespace assay::content
