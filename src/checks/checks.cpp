// SPDX-License-Identifier: Apache-2.0
#include "checks/checks.h"

#include <array>

namespace assay {

namespace checks {
#define CHECK(id)            \
  namespace id {             \
  extern const Check kCheck; \
  }
#include "checks/checks.def"
#undef CHECK
}  // namespace checks

std::span<const Check* const> all_checks() {
  static constexpr std::array kAll = {
#define CHECK(id) &checks::id::kCheck,
#include "checks/checks.def"
#undef CHECK
  };
  return kAll;
}

}  // namespace assay
