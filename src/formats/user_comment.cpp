// SPDX-License-Identifier: Apache-2.0
#include "formats/user_comment.h"

#include <array>

#include "base/byte_reader.h"
#include "base/strings.h"

namespace assay::formats {
namespace {

using namespace std::string_view_literals;

std::string utf16(std::string_view raw, bool little) {
  std::string out;
  ByteReader in(as_raw(raw));
  char32_t high = 0;
  while (in.remaining() >= 2) {
    const Result<std::uint16_t> unit = little ? in.le<std::uint16_t>() : in.be<std::uint16_t>();
    if (!unit.ok() || *unit == 0) break;
    const bool trail = *unit >= 0xdc00 && *unit <= 0xdfff;
    if (trail && high != 0) {
      append_utf8(out, 0x10000 + ((high - 0xd800) << 10) + (*unit - 0xdc00u));
    } else if (*unit < 0xd800 || *unit > 0xdfff) {
      append_utf8(out, *unit);
    }
    high = *unit >= 0xd800 && *unit <= 0xdbff ? *unit : 0;
  }
  return out;
}

}  // namespace

std::string user_comment(std::string_view raw, bool little) {
  constexpr std::array kCodes = {"ASCII\0\0\0"sv, "JIS\0\0\0\0\0"sv, "\0\0\0\0\0\0\0\0"sv};
  if (raw.starts_with("UNICODE\0"sv)) return utf16(raw.substr(kCharacterCode), little);
  for (const std::string_view code : kCodes)
    if (raw.starts_with(code)) {
      raw.remove_prefix(code.size());
      break;
    }
  while (!raw.empty() && (raw.back() == '\0' || raw.back() == ' ')) raw.remove_suffix(1);
  return std::string(raw);
}

}  // namespace assay::formats
