// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace assay::text {

// One spelling for texts that a reader takes for the same: full-width ASCII made half-width, case
// folded (Latin, Greek, Cyrillic), white space collapsed and trimmed, invisible characters dropped.
// Ill-formed UTF-8 becomes U+FFFD.
std::string canonical(std::string_view utf8);

// The same of a single character: 0 for an invisible one, a space for white space.
char32_t canonical(char32_t c);

}  // namespace assay::text
