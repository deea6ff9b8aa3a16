// SPDX-License-Identifier: Apache-2.0
#include "formats/npy/npy.h"

#include <string_view>

namespace assay::formats::npy {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::uint64_t kFixed = 8;  // magic and version

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Whether a quoted string of the header holds an `O` by itself.
bool has_object(std::string_view header) {
  char quote = '\0';
  for (std::size_t i = 0; i < header.size(); ++i) {
    const char c = header[i];
    if (c == '\'' || c == '"') {
      if (quote == '\0') {
        quote = c;
      } else if (quote == c) {
        quote = '\0';
      }
      continue;
    }
    if (quote == '\0' || c != 'O') continue;
    const bool before = is_letter(header[i - 1]);
    const bool after = i + 1 < header.size() && is_letter(header[i + 1]);
    if (!before && !after) return true;
  }
  return false;
}

}  // namespace

bool sniff(Bytes head) { return as_text(head).starts_with(kMagic); }

Result<Npy> read(ByteSource& in, const Limits& limits) {
  ByteReader fixed(TRY(in.exactly(0, kFixed)));
  const Bytes magic = TRY(fixed.take(kMagic.size()));
  if (as_text(magic) != kMagic) return Error{Code::invalid, "not a NumPy array", 0};
  const std::uint8_t major = TRY(fixed.le<std::uint8_t>());
  if (major < 1 || major > 3) return Error{Code::unsupported, "unknown version", kMagic.size()};
  const std::uint64_t width = major == 1 ? 2 : 4;
  ByteReader length(TRY(in.exactly(kFixed, width)), kFixed);
  const std::uint64_t size =
      major == 1 ? TRY(length.le<std::uint16_t>()) : TRY(length.le<std::uint32_t>());
  if (size > limits.header_bytes) return Error{Code::limit, "header is too long", kFixed};
  Npy out;
  out.header = as_text(TRY(in.exactly(kFixed + width, size)));
  out.data_offset = kFixed + width + size;
  out.objects = has_object(out.header);
  return out;
}

}  // namespace assay::formats::npy
