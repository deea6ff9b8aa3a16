// SPDX-License-Identifier: Apache-2.0
//
// The C2PA manifest ("Content Credentials") that may stand beside the label: what it says, whether
// it still fits the file, and who signed it. Read and verified, never written; nothing is fetched.
// Source: C2PA Technical Specification 2.x, sections 10 to 15 and 18.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "base/date.h"
#include "base/flaw.h"

namespace assay::label {

enum class C2paVerdict : std::uint8_t {
  none,             // there is no manifest
  valid,            // intact, by a signer of the trust list
  valid_untrusted,  // intact, but the signer is not known to be trusted
  invalid,          // changed after signing, or broken
  undecided,        // something could not be checked, and nothing fails
};

struct C2pa {
  C2paVerdict verdict = C2paVerdict::none;
  std::string manifest;  // label of the active manifest
  std::string claim_generator;
  std::string title;
  std::string format;                     // media type
  std::vector<std::string> assertions;    // labels, in the claim's order
  std::vector<std::string> actions;       // "c2pa.created", …
  std::vector<std::string> source_types;  // digitalSourceType of actions, each once
  std::uint64_t ingredients = 0;
  bool ai = false;            // a source type names a trained algorithm
  std::string signer;         // subject of the certificate
  std::vector<Flaw> reasons;  // for the verdict; ids begin with "c2pa-"
};

struct C2paTrust {
  std::string anchors;        // PEM certificates; empty: no signer is trusted
  std::optional<Date> as_of;  // the day certificates must be valid on; none: not looked at
};

// The active manifest of a file, or of a sidecar NAME.c2pa beside NAME.EXT where the file has none.
// An Error only where the file or the trust list cannot be read.
Result<C2pa> read_c2pa(const std::filesystem::path& path,
                       const std::optional<std::filesystem::path>& trust_list,
                       const std::optional<Date>& as_of = std::nullopt);

// The same for a file without a sidecar.
Result<C2pa> read_c2pa(ByteSource& file, const C2paTrust& trust);

}  // namespace assay::label
