// SPDX-License-Identifier: Apache-2.0
//
// The boxes of JUMBF with their places; README.md has the bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_reader.h"

namespace assay::formats::jumbf {

struct Limits {
  std::uint64_t boxes = 10'000;  // of the whole tree
  std::uint32_t depth = 16;
};

// Ranges are in the input.
struct Box {
  std::string type;           // four bytes: "jumb", "cbor", "json", "bfdb", "bidb", "uuid", …
  std::uint64_t offset = 0;   // of the box's length field
  std::uint64_t content = 0;  // of what follows the length and the type
  std::uint64_t end = 0;

  // Of a superbox ("jumb"): its description, and what follows it.
  std::string uuid;   // 16 bytes
  std::string label;  // may be empty
  std::vector<Box> boxes;

  bool is_superbox() const { return type == "jumb"; }
  Bytes bytes(Bytes input) const;                     // of the content
  const Box* superbox(std::string_view label) const;  // nullptr where there is none
  const Box* content_box(std::string_view type) const;
};

// The superbox that `in` begins with. What follows it is padding to the containers that hold it.
Result<Box> read(Bytes in, const Limits& limits);

}  // namespace assay::formats::jumbf
