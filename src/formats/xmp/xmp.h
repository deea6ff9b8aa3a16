// SPDX-License-Identifier: Apache-2.0
//
// Properties of an XMP packet, read and written; README.md has the form.
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

// A name of the namespace `uri`, to be written with `prefix`.
struct QualifiedName {
  std::string_view uri;
  std::string_view prefix;
  std::string_view name;
};

// The packet with this one property as an element of this text: in the place of the first one of
// the name where that is an element, else in an rdf:Description of its own. All else stays. An
// empty packet becomes a new one.
Result<std::string> with_property(std::string_view packet, const QualifiedName& name,
                                  std::string_view value, const Limits& limits);

// The packet without what find() finds.
Result<std::string> without_property(std::string_view packet, std::string_view name,
                                     const Limits& limits);

}  // namespace assay::formats::xmp
