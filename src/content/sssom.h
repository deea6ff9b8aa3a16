// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/node.h"

namespace assay::content {

// Reads an SSSOM TSV (mapping-commons.github.io/sssom/spec-formats-tsv) into the tree that
// describe(MappingSet) expects: the header's keys, `curie_map` as a list of prefix and url, and
// `mappings`, a mapping a row with its columns by name. Empty cells are absent. A cell in quotes is
// read without them, its doubled quotes single.
std::optional<Node> read_sssom(std::string_view bytes, const std::string& id, const Faults& faults);

}  // namespace assay::content
