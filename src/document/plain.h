// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "document/document.h"

namespace assay::document {

// UTF-8 of a text in UTF-8, UTF-16 (with or without its mark) or GB 18030; Code::unsupported where
// it is none of them.
Result<std::string> to_utf8(std::string_view bytes);

// A paragraph a line, or lines up to an empty one where they are broken at a width.
Document read_plain(std::string_view text);

// Headings by "#", tables, lists; front matter, code and comments are left out.
Document read_markdown(std::string_view text);

}  // namespace assay::document
