// SPDX-License-Identifier: Apache-2.0
#include "base/sm2.h"

#include <gtest/gtest.h>

#include "base/digest.h"

namespace assay {
namespace {

// Made for this test: openssl genpkey -algorithm SM2
constexpr std::string_view kPrivate = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQgWiUEIp9idUHr7s8c
6aZ7ej+Cx4f79ZC1k1Z8rRG3d7OhRANCAAQEpPt9Rygme9XSiqVJocmfCgc+elrv
MLf+9dnKayeQ15PRF+gqMXTXPA/rcxbqO7LBN/8gw44sSuND/kPvPPDJ
-----END PRIVATE KEY-----
)";
constexpr std::string_view kMessage = R"("Label":"1","ContentProducer":"a","ProduceID":"b")";
// openssl pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678, over kMessage
constexpr std::string_view kSignature =
    "304502204342c5088a082101e4801a4f9b07e28aca784ab4bc3203dcdd2e98c8e37da239022100fe103fe626827e0f"
    "210d3d4bad79cd649c74de68fce0f0dee67c880d33bb60c7";

std::string unhex(std::string_view text) {
  std::string out;
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    out += static_cast<char>(digit(text[i]) << 4 | digit(text[i + 1]));
  return out;
}

Sm2Key key() {
  auto read = Sm2Key::from_pem(kPrivate);
  EXPECT_TRUE(read.ok());
  return std::move(*read);
}

TEST(Sm2, VerifiesWhatOpensslSigned) {
  const std::string signature = unhex(kSignature);
  EXPECT_TRUE(key().verifies(kMessage, as_raw(signature)));
  EXPECT_FALSE(key().verifies("another", as_raw(signature)));
}

TEST(Sm2, AKeyFromItsPointVerifiesWhatTheKeySigned) {
  const auto signature = key().sign(kMessage);
  const auto point = key().point();
  ASSERT_TRUE(signature.ok() && point.ok());
  const auto again = Sm2Key::from_point(as_raw(*point));
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->verifies(kMessage, as_raw(*signature)));
  EXPECT_EQ(again->sign(kMessage).error().code, Code::invalid);
  std::string half(*point, 0, 33);
  half[0] = static_cast<char>(2 + (point->back() & 1));
  const auto compressed = Sm2Key::from_point(as_raw(half));
  ASSERT_TRUE(compressed.ok());
  EXPECT_TRUE(compressed->verifies(kMessage, as_raw(*signature)));
  EXPECT_EQ(*compressed->point(), *point);
}

TEST(Sm2, TakesTheTwoNumbersAlone) {
  const std::string der = unhex(kSignature);
  std::string numbers;
  for (std::size_t at = 2; at < der.size();) {
    const auto size = static_cast<std::size_t>(der[at + 1]);
    std::string number = der.substr(at + 2, size);
    if (number.size() > 32) number.erase(0, number.size() - 32);
    numbers += std::string(32 - number.size(), '\0') + number;
    at += 2 + size;
  }
  EXPECT_TRUE(key().verifies(kMessage, as_raw(numbers)));
}

TEST(Sm2, WhatIsNoKeyIsInvalid) {
  EXPECT_EQ(Sm2Key::from_pem("no key").error().code, Code::invalid);
  EXPECT_EQ(Sm2Key::from_point(as_raw("short")).error().code, Code::invalid);
  EXPECT_EQ(Sm2Key::from_point(as_raw(std::string(65, '\4'))).error().code, Code::invalid);
}

}  // namespace
}  // namespace assay
