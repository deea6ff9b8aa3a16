// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    return assay::cli::run(arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "assay: internal fault: %s (please report it)\n", error.what());
  }
  return assay::exit_code(assay::Code::internal);
}
