// SPDX-License-Identifier: Apache-2.0
//
// The protection data of TC260-PG-202511A in ReservedCode1: the producer's signature over the label
// and a digest that binds the label to the content of its file. Only SM3withSM2 is made; other
// algorithms are told and not decided.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/sm2.h"
#include "label/write.h"

namespace assay::label {

struct SignRequest {
  std::string private_key;  // PEM
  std::string key_id;       // what others know the key by
  std::optional<HashAlgorithm> bind = HashAlgorithm::sm3;
  bool replace = false;      // put new protection data in place of what is there
  bool will_resign = false;  // as in Request
};

// Signs the label that stands in `path` and puts the file at `out`. Code::invalid where there is
// not exactly one label in the agreed place.
Result<Written> sign_file(const std::filesystem::path& path, const SignRequest& request,
                          const std::filesystem::path& out);

enum class Integrity : std::uint8_t {
  none,     // nothing there to check
  valid,    // and by a pinned key
  intact,   // by the key that travels in the file: nothing was changed, but anyone may have signed
  invalid,  // changed, or by another key than the pinned one
  undecided,  // by a method that is unknown or not written down
};

struct Verification {
  bool labelled = false;                // with no label there is nothing that could be signed
  Integrity label = Integrity::none;    // the signature over label, producer and content number
  Integrity content = Integrity::none;  // the binding to the file's content
  std::string key_id;
  std::string key;  // the one that verified it: 04, x, y in hexadecimal
  std::vector<Flaw> flaws;
};

// `pinned`: keys that are trusted; with none, `intact` is the best answer.
Result<Verification> verify_file(const std::filesystem::path& path,
                                 const std::vector<Sm2Key>& pinned);

// Code::invalid where a change of the content would break a signature over it: a C2PA manifest, or
// a label that is bound to the content.
Status refuse_change_of_content(ByteSource& in, const Reading& reading);

// The message of annex A.1 that is signed.
std::string signed_message(const Label& label);

}  // namespace assay::label
