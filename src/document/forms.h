// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace assay::document {

// Letters that PDF producers put for others, made plain: radicals for the characters they look like
// (⼈ for 人), ligatures (ﬁ), compatibility ideographs; by NFKC of Unicode. Soft hyphens go. All
// else stays, full-width punctuation too.
std::string plain_forms(std::string_view text);

}  // namespace assay::document
