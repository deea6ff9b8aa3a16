// SPDX-License-Identifier: Apache-2.0
//
// Properties of an XMP packet; README.md has the form.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_reader.h"

namespace assay::formats::xmp {

struct Limits {
  std::uint64_t packet_bytes = std::uint64_t{16} << 20;
  std::uint64_t nodes = 200'000;
  std::uint32_t depth = 64;
  std::uint64_t properties = 64;  // found ones
};

enum class Form : std::uint8_t { element, attribute };

struct Property {
  Form form{};
  std::string prefix;
  std::string uri;   // of the prefix; empty where it is not declared
  std::string name;  // local
  std::string value;
  std::uint64_t offset = 0;  // of the element in the packet (as UTF-8)
};

// Every property whose local name is `name` in any letter case, in document order.
Result<std::vector<Property>> find(Bytes packet, std::string_view name, const Limits& limits);

}  // namespace assay::formats::xmp
