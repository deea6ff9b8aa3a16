// SPDX-License-Identifier: Apache-2.0
//
// CBOR as a tree that remembers where each value stands; README.md has the bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_reader.h"

namespace assay::formats::cbor {

struct Limits {
  std::uint64_t items = 100'000;  // of the whole tree
  std::uint32_t depth = 32;
};

enum class Kind : std::uint8_t {
  positive,  // `number`
  negative,  // -1 - `number`
  bytes,
  text,
  array,
  map,       // `items` holds key, value, key, value, …
  tag,       // `number`, and the one item it stands before
  simple,    // `number`: 20 false, 21 true, 22 null, 23 undefined
  floating,  // `number` holds its bits, `offset` and `size` tell how many
};

inline constexpr std::uint64_t kNull = 22;

struct Value {
  Kind kind{};
  std::uint64_t number = 0;
  std::string data;          // of bytes and text; the pieces of an indefinite one put together
  std::vector<Value> items;  // of an array, map or tag
  std::uint64_t offset = 0;  // of the whole value in the input
  std::uint64_t size = 0;

  bool is_null() const { return kind == Kind::simple && number == kNull; }

  // What a map holds under a text or whole number; nullptr where there is none, or no map.
  const Value* find(std::string_view key) const;
  const Value* find(std::int64_t key) const;
  // The same, where the value is of that kind.
  const Value* find(std::string_view key, Kind of) const;
  // The text under a key, or "".
  std::string_view text(std::string_view key) const;
  // The elements of the array under a key; none where there is no array.
  const std::vector<Value>& array(std::string_view key) const;
};

// The one value that `in` consists of. Code::invalid also for a map with a key twice, for text
// that is not UTF-8 and for bytes after the value.
Result<Value> read(Bytes in, const Limits& limits);

}  // namespace assay::formats::cbor
