// SPDX-License-Identifier: Apache-2.0
//
// Boxes of ISO base media, read by their headers alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/media.h"

namespace assay::formats::isobmff {

struct Box {
  std::string type;  // four bytes
  std::uint64_t offset = 0;
  std::uint64_t size = 0;    // with the header
  std::uint64_t header = 8;  // 16 where the size has 64 bits
  bool open = false;         // its size field is 0: it lasts to the end of the file

  std::uint64_t start() const { return offset + header; }
  std::uint64_t end() const { return offset + size; }
};

// A box after those that hold it, outermost first.
using Path = std::vector<Box>;
Path operator+(Path path, const Box& box);

// The boxes from one byte to another, up to the first that breaks the frame.
struct BoxList {
  std::vector<Box> boxes;
  std::uint64_t end = 0;  // of the last one
  std::string broken;     // what is wrong behind it

  const Box* find(std::string_view type) const;
};

// A file's boxes. What was read from it so far is held against the limits.
class BoxReader {
 public:
  BoxReader(ByteSource& in, const MediaLimits& limits) : in_(in), limits_(limits) {}

  std::uint64_t size() const { return in_.size(); }
  Result<std::vector<Box>> top();
  // `strict`: a broken frame is an Error.
  Result<BoxList> inside(std::uint64_t from, std::uint64_t to, bool strict = false);
  Result<std::string> bytes(std::uint64_t offset, std::uint64_t n);
  Status count(std::uint64_t elements, std::uint64_t offset);
  std::uint32_t depth() const { return limits_.depth; }

 private:
  Result<Box> at(std::uint64_t offset, std::uint64_t end);

  ByteSource& in_;
  const MediaLimits& limits_;
  std::uint64_t elements_ = 0;
  std::uint64_t bytes_ = 0;
};

// The `width` bytes of `value`, the most significant first.
std::string big_endian(std::uint64_t value, unsigned width);
std::string box(std::string_view type, std::string_view content);
// With version and flags 0.
std::string full_box(std::string_view type, std::string_view content);

// A number of `width` bytes.
Result<std::uint64_t> take_number(ByteReader& in, std::uint64_t width);

}  // namespace assay::formats::isobmff
