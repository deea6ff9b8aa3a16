// SPDX-License-Identifier: Apache-2.0
//
// The unified social credit code of GB 32100-2015: 18 characters, of which 1 names the registering
// body, 2 the kind of organisation, 3 to 8 the place, 9 to 17 the subject, and 18 checks the rest.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace assay {

enum class CreditCodeFault : std::uint8_t {
  none,
  length,     // not 18 characters
  character,  // one of the letters I, O, S, V, Z, a small letter, or no letter or digit at all
  check,      // the 18th character does not follow from the 17 before it
};

CreditCodeFault check_credit_code(std::string_view code);

// The 18th character for `first`, the 17 before it; nothing where they are not 17 allowed ones.
std::optional<char> credit_code_check_character(std::string_view first);

}  // namespace assay
