// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/command.h"

namespace assay::cli {

// "--output" of "-o,--output".
std::string long_name(const Option& option);

std::string help_all(Language language);
std::string help_group(const Group& group, Language language);
std::string help_command(const Command& command, Language language);

// The manual page (roff) and shell completions, from the same tables.
std::string man_page();
std::string bash_completion();
std::string zsh_completion();

}  // namespace assay::cli
