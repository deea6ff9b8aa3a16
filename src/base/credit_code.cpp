// SPDX-License-Identifier: Apache-2.0
#include "base/credit_code.h"

namespace assay {
namespace {

// A character's value is its place here (GB 32100-2015, table 3).
constexpr std::string_view kCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

}  // namespace

std::optional<char> credit_code_check_character(std::string_view first) {
  if (first.size() != 17) return std::nullopt;
  std::size_t sum = 0;
  std::size_t weight = 1;  // 3^(i-1) mod 31
  for (const char c : first) {
    const std::size_t value = kCharacters.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  return kCharacters[(31 - sum % 31) % 31];
}

CreditCodeFault check_credit_code(std::string_view code) {
  if (code.size() != 18) return CreditCodeFault::length;
  if (code.find_first_not_of(kCharacters) != std::string_view::npos)
    return CreditCodeFault::character;
  return credit_code_check_character(code.substr(0, 17)) == code[17] ? CreditCodeFault::none
                                                                     : CreditCodeFault::check;
}

}  // namespace assay
