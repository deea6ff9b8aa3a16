// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace assay {

// Edits (insert, delete, change, swap of neighbours) between two short words.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The known word that someone who wrote `word` probably meant: at most a third of it differs.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known);

}  // namespace assay
