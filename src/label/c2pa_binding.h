// SPDX-License-Identifier: Apache-2.0
//
// Hard bindings of a C2PA manifest: hashes of the file it describes, computed again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "formats/cbor/cbor.h"
#include "label/c2pa_store.h"

namespace assay::label {

// "sha256", "sha384", "sha512"; nothing for another name.
std::optional<HashAlgorithm> hash_named(std::string_view name);

// Is this the label of an assertion that binds to the content?
bool is_binding(std::string_view label);

struct Binding {
  bool matches = false;
  std::uint64_t extra_exclusions = 0;  // bytes left out that are not the store's
};

// `default_alg` is the claim's. Code::unsupported where we cannot decide, Code::invalid for a
// binding that breaks its own layout; both say why.
Result<Binding> check_binding(ByteSource& file, std::string_view label,
                              const formats::cbor::Value& assertion, std::string_view default_alg,
                              const std::vector<ByteRange>& store);

}  // namespace assay::label
