// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "formats/prose/prose.h"

namespace assay::formats::prose {

// Adds a block unless it is blank; Code::limit where there are too many.
Status add(Prose& out, Block block, const Limits& limits);

Result<Prose> read_lines(std::string_view text, Kind kind, const Limits& limits);
Result<Prose> read_html(std::string_view text, const Limits& limits);
Result<Prose> read_docx(ByteSource& in, const Limits& limits);

}  // namespace assay::formats::prose
