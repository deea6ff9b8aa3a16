// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

#include <array>

#include "base/messages.h"

namespace assay {
namespace {

struct CodeRow {
  std::string_view name;
  int exit_code;
};

constexpr std::array<CodeRow, 7> kCodes = {{
    {"invalid", 2},
    {"limit", 2},
    {"unsupported", 2},
    {"not-found", 2},
    {"io", 4},
    {"interrupted", 130},
    {"internal", 70},
}};

}  // namespace

std::string_view name(Code code) { return kCodes[static_cast<std::size_t>(code)].name; }

int exit_code(Code code) { return kCodes[static_cast<std::size_t>(code)].exit_code; }

std::string Error::text(Language language) const {
  const bool chinese = language == Language::zh;
  std::string line = (where.empty() ? where : where + ": ") + in(what, language);
  if (!mend.empty()) line += (chinese ? "（" : " (") + in(mend, language) + (chinese ? "）" : ")");
  return line;
}

}  // namespace assay
