// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "cli/command.h"

namespace assay::cli {

using Values = std::map<std::string, std::vector<std::string>>;

// What `arguments` (after the command's path) say, by long option or positional name. `--help`
// stands in it when asked for. The one file with CLI11 is parse.cpp.
Result<Values> parse(const Command& command, std::span<const std::string> arguments);

}  // namespace assay::cli
