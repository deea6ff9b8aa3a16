// SPDX-License-Identifier: Apache-2.0
//
// A file of boxes with some stretches replaced: the boxes around them get their new sizes, and
// stored offsets can be asked where their bytes went.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "formats/isobmff/box.h"

namespace assay::formats::isobmff {

class Patches {
 public:
  // The `size` bytes at `offset`, which lie in the boxes of `around`, become `bytes`. Of two
  // insertions at one place the first stands first.
  void replace(const Path& around, std::uint64_t offset, std::uint64_t size, std::string bytes);

  // As many other bytes.
  void overwrite(std::uint64_t offset, std::string bytes) {
    overwritten_.push_back({offset, bytes.size(), std::move(bytes)});
  }

  // Where the byte at `offset` will stand. An insertion at `offset` stands before it.
  std::uint64_t moved(std::uint64_t offset) const;
  // By how much the file grows.
  std::int64_t growth() const;
  Result<Splice> splice(std::uint64_t file_size) const;

 private:
  struct Patch {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::string bytes;

    std::int64_t growth() const {
      return static_cast<std::int64_t>(bytes.size()) - static_cast<std::int64_t>(size);
    }
  };
  struct Grown {
    Box box;
    std::int64_t by = 0;
  };

  std::vector<Patch> replaced_;     // change the size of the file
  std::vector<Patch> overwritten_;  // do not
  std::map<std::uint64_t, Grown> grown_;
};

}  // namespace assay::formats::isobmff
