// SPDX-License-Identifier: Apache-2.0
//
// The other documents that a text names.
#pragma once

#include <string>
#include <vector>

#include "document/document.h"

namespace assay::document {

enum class ReferenceKind : std::uint8_t {
  number,  // "GB/T 45654-2025", "Regulation (EU) 2016/679"
  title,   // 《网络安全法》
};

struct Reference {
  ReferenceKind kind{};
  std::string name;       // as it stands at its first place, without the brackets
  std::size_t times = 0;  // how often it is named
  Span first;
};

// Each name once, in the order of their first places, at most 10,000. Numbers are those of Chinese
// national, industry and TC260 documents, ISO, IEC, IEEE, NIST and the European Union.
std::vector<Reference> references_of(const Document& document);

}  // namespace assay::document
