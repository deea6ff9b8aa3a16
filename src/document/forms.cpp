// SPDX-License-Identifier: Apache-2.0
#include "document/forms.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "base/strings.h"

namespace assay::document {
namespace {

constexpr char32_t kSoftHyphen = 0xAD;

bool is_form(char32_t c) {
  return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFB00 && c <= 0xFB06);
}

void append_plain(std::string& out, char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(error);
  icu::UnicodeString plain(static_cast<UChar32>(c));
  if (nfkc != nullptr) plain = nfkc->normalize(plain, error);
  if (U_SUCCESS(error))
    plain.toUTF8String(out);
  else
    append_utf8(out, c);
}

}  // namespace

std::string plain_forms(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = next_code_point(text, at);
    if (is_form(c))
      append_plain(out, c);
    else if (c != kSoftHyphen)
      out += text.substr(from, at - from);
  }
  return out;
}

}  // namespace assay::document
