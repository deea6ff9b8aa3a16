// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace assay::cli {

using Values = std::map<std::string, std::vector<std::string>>;

// What `arguments` (after the command's path) say, by long option or positional name. `--help`
// stands in it when asked for. The one file with CLI11 is parse.cpp.
Result<Values> parse(const Command& command, std::span<const std::string> arguments);

// What to do about a mistyped command or option: the nearest of `known` (said with `before` before
// it), where one is near, and which help to read.
std::string see_help(std::string_view word, std::span<const std::string> known,
                     std::string_view command, std::string_view before = {});

}  // namespace assay::cli
