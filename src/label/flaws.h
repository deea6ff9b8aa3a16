// SPDX-License-Identifier: Apache-2.0
//
// What can be wrong with a label, and how it is said.
#pragma once

#include <string>
#include <string_view>

#include "base/flaw.h"

namespace assay::label {

enum class FlawKind : std::uint8_t {
  label_missing,
  two_labels,
  wrong_carrier,
  wrong_namespace,
  not_json,
  base64,
  encoded_twice,
  key_missing,
  key_misspelt,
  key_twice,
  key_order,
  extra_key,
  required_empty,
  number_for_string,
  label_value,
  bad_character,
  value_too_long,
  first_write_mismatch,
  first_write_empty,
  code_length,
  code_prefix,
  code_subject,
  code_check_character,
  code_service,
  checksum,
  xmp_unread,
  exif_unread,
  text_unread,
  other_scheme,
  format_not_read,
  file_broken,
  file_unread,
  protection_unknown,
  signature_unknown,
  signature_other_key,
  signature_no_key,
  signature_wrong,
  signature_ambiguous,
  binding_unknown,
  binding_wrong,
  binding_unsigned,
};

// `a` and `b` fill the message's places, in that order.
Flaw make_flaw(FlawKind kind, std::string where, std::string_view a = {}, std::string_view b = {});
// A label outside `agreed`, the place that the guide of its container names (empty: none does).
Flaw make_carrier_flaw(std::string where, const StaticText& agreed);
// The same with the English message `reason`, which the Chinese text holds in Chinese.
Flaw make_unread_flaw(FlawKind kind, std::string where, std::string_view reason);

}  // namespace assay::label
