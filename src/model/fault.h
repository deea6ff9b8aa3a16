// SPDX-License-Identifier: Apache-2.0
//
// Faults of data files in words: message and mend in both languages, with the line and a caret.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/node.h"
#include "base/result.h"
#include "model/text.h"

namespace assay {

// The stable word of a fault: "misspelt-key".
std::string_view fault_word(FaultId id);
Text fault_message(const Fault& fault);
Text fault_mend(const Fault& fault);

// Sorts by file and place and drops repetitions.
void sort_faults(std::vector<Fault>& faults);

// "file:3:5: message — mend", the source line and a caret below it. Reads the files again.
std::string print_faults(std::span<const Fault> faults, Language language);

// One JSON object, without a line end: file, line, column, id, message_zh, message_en, mend_zh,
// mend_en.
std::string fault_json(const Fault& fault);

// An Error of Code::invalid that says the first fault and how many there are.
Error fault_error(std::span<const Fault> faults, Language language = Language::en);

}  // namespace assay
