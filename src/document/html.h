// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "document/document.h"

namespace assay::document {

bool looks_like_html(std::string_view text);

// The text that a reader sees: scripts, styles, navigation and hidden heads are left out; headings,
// table rows and list items are told. Never fails: whatever is no tag is text.
Document read_html(std::string_view text);

// In XML an element may close itself: <title/>.
enum class Markup : std::uint8_t { html, xml };

// The same behind the text that `document` has.
void append_html(Document& document, std::string_view text, Markup markup);

}  // namespace assay::document
