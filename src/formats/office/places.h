// SPDX-License-Identifier: Apache-2.0
//
// Where the kinds of packages keep texts about a document; README.md has the table.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formats/office/package.h"

namespace assay::formats::office {

enum class Kind : std::uint8_t { docx, xlsx, pptx, odf, epub };

inline constexpr std::string_view kContentTypes = "[Content_Types].xml";

// An item, and the node it stands in; no part where it cannot be read.
struct Found {
  Item item;
  Part* part = nullptr;
  pugi::xml_node element = {};  // which goes with the item
  pugi::xml_node text = {};     // whose text is the value,
  std::string attribute = {};   // or the attribute of `element` that is
};

// The same items in the same order for the same bytes.
Result<std::vector<Found>> find(Package& package, Kind kind, const MediaLimits& limits);

Status set(Found& found, const std::optional<std::string>& value);

// Adds a text of the key AIGC in the agreed place.
Status add(Package& package, Kind kind, const std::string& value);

}  // namespace assay::formats::office
