// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace assay::artifact {

struct QualifiedName {
  std::string_view module;
  std::string_view name;
};

// What a loader looks up for a name in a stream of protocol 0 to 2: Python 2's spelling becomes
// Python 3's (fix_imports). A view of `name` or of a table.
QualifiedName python3_name(QualifiedName name);

}  // namespace assay::artifact
