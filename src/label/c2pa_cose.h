// SPDX-License-Identifier: Apache-2.0
//
// The signature of a claim: COSE_Sign1 (RFC 9052) over bytes that stand elsewhere.
#pragma once

#include <string>
#include <vector>

#include "base/byte_reader.h"
#include "base/signature.h"

namespace assay::label {

struct CoseSignature {
  SignatureScheme scheme{};
  std::vector<std::string> chain;  // DER certificates, the signer's first
  std::string protected_header;    // as it stands: it is signed too
  std::string signature;
};

// Code::unsupported for an algorithm that C2PA does not list.
Result<CoseSignature> read_cose(Bytes in);

// Is it the signature of `payload` by the first certificate's key?
Result<bool> verifies(const CoseSignature& signature, Bytes payload);

}  // namespace assay::label
