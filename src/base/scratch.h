// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/files.h"

namespace assay {

// A folder of our own for the files of other programs, which goes with us.
class Scratch {
 public:
  static Result<Scratch> create();
  Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch();
  const fs::path& path() const { return path_; }

 private:
  explicit Scratch(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

}  // namespace assay
