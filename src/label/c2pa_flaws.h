// SPDX-License-Identifier: Apache-2.0
//
// What can be wrong with, or unknown about, a C2PA manifest, and how it is said.
#pragma once

#include <string>
#include <string_view>

#include "base/flaw.h"

namespace assay::label {

enum class C2paFlaw : std::uint8_t {
  store_broken,
  claim_missing,
  claim_broken,
  assertion_missing,
  assertion_mismatch,
  assertion_undeclared,
  binding_missing,
  hash_mismatch,
  signature_invalid,
  undecided,
  not_looked_for,
  no_trust_list,
  untrusted,
  certificate_time,
  certificate_purpose,
  time_unchecked,
  extra_exclusions,
};

// What a flaw means for the verdict, from the least to the gravest, which decides.
enum class C2paEffect : std::uint8_t { none, distrusts, leaves_open, fails };

// `value` fills the message's place as it is; `reason` is an English message, which the Chinese
// text holds in Chinese.
Flaw make_c2pa(C2paFlaw kind, std::string where, std::string_view value = {});
Flaw make_c2pa_because(C2paFlaw kind, std::string where, std::string_view reason);

C2paEffect effect_of(const Flaw& flaw);  // by its id

}  // namespace assay::label
