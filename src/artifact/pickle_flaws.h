// SPDX-License-Identifier: Apache-2.0
//
// What can be wrong with a model file, and how it is said.
#pragma once

#include <string>
#include <string_view>

#include "artifact/pickle_machine.h"
#include "base/flaw.h"

namespace assay::artifact {

enum class FlawKind : std::uint8_t {
  unlisted_import,
  computed_import,
  unlisted_call,
  unknown_call,
  argument,
  target,
  extension,
  persistent_id,
  nested,
  not_followed,
  two_ways,
  trailing_bytes,
  too_deep,
  too_many_streams,
  member_not_read,
  archive_differs,
  python_source,
};

FlawKind kind_of(Problem problem);

// `subject` fills the message's place.
Flaw make_flaw(FlawKind kind, std::string where, const Text& subject);
Flaw make_flaw(FlawKind kind, std::string where, std::string_view subject);

}  // namespace assay::artifact
