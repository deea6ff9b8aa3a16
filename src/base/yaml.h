// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/files.h"
#include "base/node.h"

namespace assay {

inline constexpr std::uint64_t kMaxDataFileBytes = 8ULL << 20;

// Reads one YAML document in the strict subset of docs/formats/content.md: no anchors, aliases,
// tags, merge keys, directives, duplicate keys or plain scalars over several lines; nesting up to
// 16. What breaks a rule goes to `faults`; nothing comes back where no tree could be made.
std::optional<Node> read_yaml(std::string_view bytes, const Faults& faults);

// The same of a file, named in its faults as `shown`.
std::optional<Node> read_yaml_file(const fs::path& path, const Faults& faults);

// The rules for every text file of ours: UTF-8 without a BOM, no control bytes but tab and line
// ends. False after a fault.
bool check_text(std::string_view bytes, const Faults& faults);

// Where the byte at `offset` stands.
Place place_of(std::string_view bytes, std::size_t offset);

}  // namespace assay
