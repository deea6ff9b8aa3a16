// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/text.h"

namespace assay {

enum class Severity : std::uint8_t { info, low, medium, high, critical };

// What an area (label, artifact, …) finds wrong, before anyone asks which clause it concerns. `id`
// is stable ("key-missing"), `where` a place in the subject: a chunk, a member, a byte offset.
struct Flaw {
  std::string id;
  Severity severity{};
  std::string where;
  Text message;
  Text mend;
};

}  // namespace assay
