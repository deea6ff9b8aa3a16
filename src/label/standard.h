// SPDX-License-Identifier: Apache-2.0
//
// What the standards say of the label's parts: content/lexicons/label-format.yaml, which the build
// puts into the program (cmake/label_format.cmake), so that libassay needs no content.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace assay::label {

struct FormatRow {
  std::string_view value, argument;
};
inline constexpr auto kFormat = std::to_array<FormatRow>({
#define LABEL_FORMAT(value, argument) {value, argument},
#include "label/format.def"
#undef LABEL_FORMAT
});

namespace format_of {

// The keys in their order; there must be N.
template <std::size_t N>
constexpr std::array<std::string_view, N> keys() {
  std::array<std::string_view, N> out{};
  std::size_t n = 0;
  for (const FormatRow& row : kFormat)
    if (row.argument == "key") out.at(n++) = row.value;
  return n == N ? out : throw "not so many keys";
}

constexpr std::string_view text(std::string_view name) {
  for (const FormatRow& row : kFormat)
    if (row.value == name) return row.argument;
  throw "no such row";
}

constexpr std::size_t number(std::string_view name) {
  std::size_t out = 0;
  for (const char digit : text(name)) out = out * 10 + static_cast<std::size_t>(digit - '0');
  return out;
}

}  // namespace format_of

// GB 45438-2025 Annex E: the keys in their order, of which the first may not be empty.
inline constexpr std::size_t kKeyCount = 7;  // code names them one by one
inline constexpr auto kKeys = format_of::keys<kKeyCount>();
inline constexpr std::size_t kRequired = format_of::number("keys-not-empty");
static_assert(kRequired <= kKeyCount);

// The values of Label, a character each: generated, possibly, suspected.
inline constexpr std::string_view kLabelValues = format_of::text("label-values");
static_assert(kLabelValues.size() == 3);
constexpr bool is_label_value(std::string_view value) {
  return value.size() == 1 && kLabelValues.find(value) != std::string_view::npos;
}

// The provider code of TC260-PG-20252A; positions from 0.
namespace code {
inline constexpr std::size_t kLength = format_of::number("code-length");
inline constexpr std::string_view kFormatId = format_of::text("code-format");
inline constexpr std::string_view kSubject = format_of::text("code-subject");
inline constexpr std::size_t kSubjectAt = format_of::number("code-subject-at") - 1;
inline constexpr std::size_t kCreditAt = format_of::number("code-credit-at") - 1;
inline constexpr std::size_t kCreditLength = format_of::number("code-credit-length");
inline constexpr std::size_t kServiceAt = format_of::number("code-service-at") - 1;
inline constexpr std::string_view kServices = format_of::text("code-services");
static_assert(kSubjectAt + kSubject.size() <= kLength && kCreditAt + kCreditLength <= kLength &&
              kServiceAt < kLength);
}  // namespace code

}  // namespace assay::label
