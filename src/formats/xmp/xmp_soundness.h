// SPDX-License-Identifier: Apache-2.0
//
// For tests and the fuzz target: what holds for all packets.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "formats/xmp/xmp.h"

namespace assay::formats::xmp {

inline constexpr Limits kSmallLimits = {
    .packet_bytes = 65536, .nodes = 1000, .depth = 30, .properties = 30};
inline constexpr QualifiedName kLabel = {"http://www.tc260.org.cn/ns/AIGC/1.0/", "TC260", "AIGC"};

// Is it what with_property() of kLabel sets?
inline bool is_label(const Property& property) {
  return property.uri == kLabel.uri && property.name == kLabel.name;
}

inline std::size_t count_others(const std::vector<Property>& found) {
  return found.size() -
         static_cast<std::size_t>(std::count_if(found.begin(), found.end(), is_label));
}

// What is wrong with how `packet` is edited; empty where all is as it must be.
inline std::string unsound(std::string_view packet, std::string_view value) {
  const auto before = find(as_raw(packet), kLabel.name, kSmallLimits);
  if (!before.ok() && before.error().code == Code::internal) return "internal";
  if (!before.ok() && before.error().offset > packet.size()) return "offset past the end";
  const auto with = with_property(packet, kLabel, value, kSmallLimits);
  const auto without = without_property(packet, kLabel.name, kSmallLimits);
  if (!with.ok() && with.error().offset > packet.size()) return "offset past the end of with";
  if (before.ok() && with.ok()) {
    const auto after = find(as_raw(*with), kLabel.name, {});
    if (!after.ok()) return "what was written is " + after.error().text();
    std::size_t labels = 0;
    for (const Property& property : *after) {
      if (!is_label(property)) continue;
      if (property.value != value || property.form != Form::element) return "another value";
      ++labels;
    }
    if (labels != 1) return "not one label";
    // Some may go: what stood inside of a label.
    if (count_others(*after) > count_others(*before)) return "another property came";
  }
  if (before.ok() && without.ok()) {
    const auto after = find(as_raw(*without), kLabel.name, {});
    if (!after.ok() || !after->empty()) return "not taken out";
  }
  return "";
}

}  // namespace assay::formats::xmp
