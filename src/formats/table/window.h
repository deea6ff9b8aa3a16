// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "formats/table/encoding.h"

namespace assay::formats::table {

// Fills the span from its front and says how much; 0 at the end of the input.
using Source = std::function<Result<std::size_t>(std::span<char>)>;

// The part of an input that is being looked at. Its bytes hold separators and line ends as ASCII:
// UTF-16 becomes UTF-8 on the way in, and in UTF-8 and GB18030 no byte of a longer character can
// be mistaken for one.
class Window {
 public:
  static Result<Window> open(Source source);

  // What has been read and not dropped; invalid after more() and drop().
  std::string_view bytes() const { return std::string_view(buffer_).substr(start_); }
  char operator[](std::size_t at) const { return buffer_[start_ + at]; }
  std::size_t size() const { return buffer_.size() - start_; }

  // Reads on; false at the end of the input.
  Result<bool> more();

  void drop(std::size_t bytes) { start_ += bytes; }

  // UTF-8 or GB18030; unknown while there was nothing but ASCII.
  Encoding encoding() const { return encoding_; }

 private:
  explicit Window(Source source) : source_(std::move(source)) {}
  Result<bool> read_chunk();
  void guess(bool at_end);

  Source source_;
  std::string buffer_;
  std::size_t start_ = 0;
  std::string undecoded_;  // of UTF-16: a unit cut off by the end of a chunk
  std::optional<Converter> converter_;
  Encoding encoding_ = Encoding::unknown;
};

}  // namespace assay::formats::table
