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

// The packet with the property set, as an element of its own, and everything else in it kept; an
// empty packet becomes a small one. Every other property of that name and namespace goes.
Result<std::string> with_property(std::string_view packet, std::string_view uri,
                                  std::string_view prefix, std::string_view name,
                                  std::string_view value, const Limits& limits);

// The packet without the properties that find() gives for `name`.
Result<std::string> without_property(std::string_view packet, std::string_view name,
                                     const Limits& limits);

}  // namespace assay::formats::xmp
