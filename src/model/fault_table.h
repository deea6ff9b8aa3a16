// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/node.h"
#include "model/text.h"

namespace assay {

// A fault in words; {0}, {1} … stand for its arguments. The word is stable: tools may match it.
struct FaultRow {
  FaultId id;
  std::string_view word;
  StaticText message;
  StaticText mend;
};

std::span<const FaultRow> fault_table();

}  // namespace assay
