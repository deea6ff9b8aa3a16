// SPDX-License-Identifier: Apache-2.0
#include "formats/id3/text.h"

#include <algorithm>

#include "base/strings.h"

namespace assay::formats::id3 {
namespace {

enum Encoding : std::uint8_t { kLatin1 = 0, kUtf16 = 1, kUtf16Big = 2, kUtf8 = 3 };

std::string from_latin1(Bytes bytes) {
  std::string out;
  for (const std::byte byte : bytes) append_utf8(out, std::to_integer<char32_t>(byte));
  return out;
}

// Without a byte order mark in the order `big`, which one changes.
Result<std::string> from_utf16(ByteReader in, bool& big) {
  const Error wrong{Code::invalid, "text is not UTF-16", in.offset()};
  std::string out;
  char32_t high = 0;  // a surrogate that waits for its other half
  while (!in.empty()) {
    // Some writers end it with one zero byte.
    if (in.remaining() == 1 && in.rest()[0] == std::byte{0}) break;
    if (in.remaining() == 1) return wrong;
    const std::uint16_t unit = big ? TRY(in.be<std::uint16_t>()) : TRY(in.le<std::uint16_t>());
    const bool low = unit >= 0xdc00 && unit < 0xe000;
    if (low != (high != 0)) return wrong;
    if (low) {
      append_utf8(out, 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00u));
      high = 0;
    } else if (unit >= 0xd800 && unit < 0xdc00) {
      high = unit;
    } else if (unit == 0xfffe) {
      big = !big;
    } else if (unit != 0xfeff) {
      append_utf8(out, unit);
    }
  }
  if (high != 0) return wrong;
  return out;
}

// The strings of one frame: the byte order of one without a mark is that of the one before.
class Strings {
 public:
  explicit Strings(std::uint8_t encoding) : encoding_(encoding), big_(encoding == kUtf16Big) {}

  // Up to the terminator, which is consumed.
  Result<std::string> next(ByteReader& in) {
    if (encoding_ != kUtf16 && encoding_ != kUtf16Big) return decode(TRY(in.until(std::byte{0})));
    const Bytes left = in.rest();
    std::size_t at = 0;
    while (at + 1 < left.size() && (left[at] != std::byte{0} || left[at + 1] != std::byte{0}))
      at += 2;
    const Bytes text = TRY(in.take(at));
    TRY(in.take(2));
    return decode(text);
  }

  // To the end, without terminators there.
  Result<std::string> last(ByteReader& in) {
    std::string out = TRY(decode(in.rest()));
    while (out.ends_with('\0')) out.pop_back();
    return out;
  }

 private:
  Result<std::string> decode(Bytes bytes) {
    if (encoding_ == kLatin1) return from_latin1(bytes);
    if (encoding_ == kUtf16 || encoding_ == kUtf16Big) return from_utf16(ByteReader(bytes), big_);
    if (encoding_ != kUtf8) return Error{Code::invalid, "unknown encoding of text"};
    if (!valid_utf8(as_text(bytes))) return Error{Code::invalid, "text is not UTF-8"};
    return std::string(as_text(bytes));
  }

  std::uint8_t encoding_;
  bool big_;
};

bool has_language(std::string_view id) {
  return id == "COMM" || id == "COM" || id == "USLT" || id == "ULT";
}

bool has_key(std::string_view id) { return id == "TXXX" || id == "TXX" || has_language(id); }

std::string to_utf16(std::string_view text) {
  std::string out = "\xff\xfe";
  const auto put = [&](char32_t unit) {
    out += static_cast<char>(unit);
    out += static_cast<char>(unit >> 8);
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_code_point(text, at);
    if (point >= 0x10000) put(0xd800 + ((point - 0x10000) >> 10));
    put(point >= 0x10000 ? 0xdc00 + ((point - 0x10000) & 0x3ff) : point);
  }
  return out;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

}  // namespace

bool has_content(std::string_view id) {
  return id.starts_with('T') || has_language(id) || id == "PRIV";
}

Result<Content> read_content(std::string_view id, ByteReader in) {
  Content out;
  if (id == "PRIV") {
    out.key = as_text(TRY(in.until(std::byte{0})));
    out.value = as_text(in.rest());
    return out;
  }
  Strings strings(TRY(in.le<std::uint8_t>()));
  if (has_language(id)) out.language = as_text(TRY(in.take(3)));
  if (has_key(id)) out.key = TRY(strings.next(in));
  out.value = TRY(strings.last(in));
  return out;
}

Result<EmbeddedFile> read_embedded_file(ByteReader in) {
  Strings strings(TRY(in.be<std::uint8_t>()));
  EmbeddedFile out{std::string(as_text(TRY(in.until(std::byte{0})))), {}};
  TRY(strings.next(in));  // its name
  TRY(strings.next(in));  // its description
  out.data = as_text(in.rest());
  return out;
}

std::string content_bytes(std::string_view id, const Content& content, int version) {
  if (id == "PRIV") return content.key + '\0' + content.value;
  const bool wide = version == 3 && !(is_ascii(content.key) && is_ascii(content.value));
  std::string out;
  out += static_cast<char>(version == 4 ? kUtf8 : wide ? kUtf16 : kLatin1);
  out += content.language;
  if (has_key(id)) {
    out += wide ? to_utf16(content.key) : content.key;
    out.append(wide ? 2 : 1, '\0');
  }
  return out + (wide ? to_utf16(content.value) : content.value);
}

}  // namespace assay::formats::id3
