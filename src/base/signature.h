// SPDX-License-Identifier: Apache-2.0
//
// Signatures by the key of an X.509 certificate, and who vouches for the certificate. Nothing is
// fetched.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_reader.h"
#include "base/date.h"

namespace assay {

// ECDSA with r and s side by side (RFC 9053 2.1), RSASSA-PSS, Ed25519.
enum class SignatureScheme : std::uint8_t { es256, es384, es512, ps256, ps384, ps512, ed25519 };

// Is `signature` of `message` by the key in the certificate (DER)? A key of another kind than the
// scheme's is Code::invalid, as is what is no certificate.
Result<bool> verify_signature(SignatureScheme scheme, Bytes certificate, Bytes message,
                              Bytes signature);

// The subject of a certificate (DER), RFC 2253: "CN=…,O=…".
Result<std::string> certificate_subject(Bytes certificate);

struct TrustRules {
  std::string anchors;  // PEM certificates that are trusted
  std::vector<std::string>
      purposes;               // extended key usages (dotted), one of which the leaf must have
  std::optional<Date> as_of;  // without a date validity periods are not looked at
};

enum class Trust : std::uint8_t {
  trusted,
  unknown,        // no path to an anchor, or a broken one
  out_of_date,    // a path, but a certificate on it was not valid at `as_of`
  wrong_purpose,  // a path, but the leaf is a CA's or for something else
};

// `chain` is DER, the leaf first. An Error only where the anchors are no PEM; revocation is not
// looked at.
Result<Trust> judge_chain(const std::vector<Bytes>& chain, const TrustRules& rules);

}  // namespace assay
