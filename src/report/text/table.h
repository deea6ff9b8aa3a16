// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::report::text {

// `text` padded with spaces to `columns` of a terminal, where a Chinese character takes two.
std::string pad_right(std::string_view text, std::size_t columns);
std::string pad_left(std::string_view text, std::size_t columns);

// `text` in at most `columns`, its end "…" where it is longer.
std::string cut(std::string_view text, std::size_t columns);

// `text` in lines of up to `columns`, broken at spaces and between wide characters; every line but
// the first starts with `indent` spaces.
std::string wrap(std::string_view text, std::size_t columns, std::size_t indent);

// Rows of cells in columns as wide as their widest cell, two spaces between; the first column to
// the left, the others, which are numbers, to the right. The first row is the head, underlined.
std::string table(const std::vector<std::vector<std::string>>& rows);

}  // namespace assay::report::text
