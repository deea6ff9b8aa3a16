// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include <array>

namespace assay::report {

#define WRITER(id)             \
  namespace id {               \
  extern const Writer kWriter; \
  }
#include "report/writers.def"
#undef WRITER

std::span<const Writer* const> all_writers() {
  static constexpr std::array kAll = {
#define WRITER(id) &id::kWriter,
#include "report/writers.def"
#undef WRITER
  };
  return kAll;
}

}  // namespace assay::report
