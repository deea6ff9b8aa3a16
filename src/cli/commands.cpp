// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "cli/command.h"

namespace assay::cli {

#define COMMANDS(name) extern const Group name##_group;
#include "cli/commands.def"
#undef COMMANDS

std::span<const Group* const> all_groups() {
  static constexpr std::array kAll = {
#define COMMANDS(name) &name##_group,
#include "cli/commands.def"
#undef COMMANDS
  };
  return kAll;
}

}  // namespace assay::cli
