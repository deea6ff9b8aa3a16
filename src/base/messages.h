// SPDX-License-Identifier: Apache-2.0
//
// Messages in the language of the reader. A message is written in English where it arises (as
// Error::what, for one), often with values in it; messages.def holds its Chinese.
#pragma once

#include <string>
#include <string_view>

#include "base/text.h"

namespace assay {

// `english` in the language asked for. What no row of messages.def fits comes back as it is; where
// several fit, the one with the most literal text is taken.
std::string in(std::string_view english, Language language);
Text in_both(std::string_view english);

// Where a finding is: "path" or "path: place in the file".
Text place_in_both(std::string_view where);

}  // namespace assay
