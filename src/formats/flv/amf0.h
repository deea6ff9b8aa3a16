// SPDX-License-Identifier: Apache-2.0
//
// AMF0, the notation of FLV's script data; README.md has the bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_reader.h"

namespace assay::formats::flv {

enum class Amf : std::uint8_t {
  number = 0,
  boolean = 1,
  string = 2,
  object = 3,
  null = 5,
  undefined = 6,
  reference = 7,
  ecma_array = 8,
  object_end = 9,
  strict_array = 10,
  date = 11,
  long_string = 12,
  unsupported = 13,
  xml = 15,
  typed_object = 16,
};

struct Property {
  std::string_view key;      // of the input
  std::uint64_t offset = 0;  // of the key's length
  std::uint64_t value = 0;   // offset of the value's type
  std::uint64_t end = 0;
};

struct Object {
  std::vector<Property> properties;
  std::uint64_t count_at = 0;  // of an ECMA array its u32 count; 0: an object has none
  std::uint64_t end = 0;       // where a further property would stand
};

struct AmfLimits {
  std::uint64_t values = 0;
  std::uint32_t depth = 0;
};

// Moves `in` behind the value there.
Status skip_value(ByteReader& in, AmfLimits& left);

// The object or ECMA array at `in`; Code::invalid where another value stands there.
Result<Object> read_object(ByteReader& in, AmfLimits& left);

// The text of a string or long string.
Result<std::string_view> read_string(ByteReader& in);
std::string string_bytes(std::string_view text);  // long where it must be
std::string key_bytes(std::string_view key);

// Where in the input the numbers of a strict array stand (their eight bytes); others are left out.
Result<std::vector<std::uint64_t>> number_offsets(ByteReader& in, AmfLimits& left);

}  // namespace assay::formats::flv
