// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.h"
#include "base/files.h"

namespace assay {

// A file to be written out of another one: stretches of the old bytes, with new bytes between them.
// However large the old file is, this is small.
class Splice {
 public:
  struct Piece {
    std::uint64_t offset = 0;  // of a stretch of the old file
    std::uint64_t size = 0;    // of the stretch; 0: the piece is `bytes`
    std::string bytes;
  };

  void keep(std::uint64_t offset, std::uint64_t size);
  void put(std::string_view bytes);

  const std::vector<Piece>& pieces() const { return pieces_; }
  std::uint64_t size() const { return size_; }  // of the new file

  // Hands the new file to `sink` in order, a part at a time, from the old one `in`.
  Status each(ByteSource& in, const std::function<Status(std::string_view)>& sink) const;
  // The new file's bytes, from the old one `in`. Code::limit over `max_bytes`.
  Result<std::string> apply(ByteSource& in, std::uint64_t max_bytes) const;
  Status apply(ByteSource& in, AtomicFile& out) const;

 private:
  std::vector<Piece> pieces_;
  std::uint64_t size_ = 0;
};

}  // namespace assay
