// SPDX-License-Identifier: Apache-2.0
//
// SM2 signatures with SM3 (GB/T 32918.2, GB/T 32905) and the user id that GM/T 0009 gives where
// none is agreed, by OpenSSL.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/byte_reader.h"

namespace assay {

class Sm2Key {
 public:
  // A private key (PKCS #8 or SEC 1) or public key in PEM. Code::invalid for another kind of key
  // and for one that is encrypted.
  static Result<Sm2Key> from_pem(std::string_view pem);
  // A point of the curve: 04, x, y; or x alone with 00, 02 or 03 before it.
  static Result<Sm2Key> from_point(Bytes point);
  Sm2Key(Sm2Key&&) noexcept;
  Sm2Key& operator=(Sm2Key&&) noexcept;
  ~Sm2Key();

  Result<std::string> sign(std::string_view message) const;  // DER; needs a private key
  // `signature` in DER, or as its two numbers of 32 bytes each.
  bool verifies(std::string_view message, Bytes signature) const;
  Result<std::string> point() const;  // 65 bytes: 04, x, y

 private:
  struct State;
  explicit Sm2Key(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace assay
