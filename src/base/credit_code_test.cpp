// SPDX-License-Identifier: Apache-2.0
#include "base/credit_code.h"

#include <gmock/gmock.h>

#include <string>

namespace assay {
namespace {

// Codes of registered companies, as public registers show them.
constexpr std::string_view kReal[] = {"91310115591693856A", "9144030071526726XG",
                                      "91110000600037341L", "91110000802100433B",
                                      "91330100799655058B"};

TEST(CreditCode, AcceptsPublishedCodes) {
  for (const std::string_view code : kReal)
    EXPECT_EQ(check_credit_code(code), CreditCodeFault::none) << code;
}

TEST(CreditCode, FindsEveryChangeOfOneCharacter) {
  constexpr std::string_view kCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  for (const std::string_view code : kReal) {
    for (std::size_t i = 0; i < code.size(); ++i) {
      for (const char c : kCharacters) {
        std::string changed(code);
        changed[i] = c;
        if (changed == code) continue;
        EXPECT_EQ(check_credit_code(changed), CreditCodeFault::check) << changed;
      }
    }
  }
}

TEST(CreditCode, TellsTheFaultsApart) {
  EXPECT_EQ(check_credit_code(""), CreditCodeFault::length);
  EXPECT_EQ(check_credit_code("91310115591693856"), CreditCodeFault::length);
  EXPECT_EQ(check_credit_code("91310115591693856AA"), CreditCodeFault::length);
  EXPECT_EQ(check_credit_code("91310115591693b56A"), CreditCodeFault::character);
  EXPECT_EQ(check_credit_code("9131011I591693856A"), CreditCodeFault::character);
  EXPECT_EQ(check_credit_code("91310115591693856B"), CreditCodeFault::check);
}

TEST(CreditCode, GivesTheCheckCharacterOfSeventeen) {
  EXPECT_EQ(credit_code_check_character("91310115591693856"), 'A');
  EXPECT_EQ(credit_code_check_character("9131011559169385"), std::nullopt);
  EXPECT_EQ(credit_code_check_character("9131011559169385S"), std::nullopt);
}

}  // namespace
}  // namespace assay
