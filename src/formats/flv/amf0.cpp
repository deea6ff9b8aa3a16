// SPDX-License-Identifier: Apache-2.0
#include "formats/flv/amf0.h"

#include "formats/patches.h"

namespace assay::formats::flv {
namespace {

constexpr std::string_view kObjectEnd("\0\0\x09", 3);

Result<Bytes> key(ByteReader& in) {
  const std::uint16_t size = TRY(in.be<std::uint16_t>());
  return in.take(size);
}

Status take_value(ByteReader& in, AmfLimits& left) {
  if (left.values == 0) return Error{Code::limit, "too many values", in.offset()};
  --left.values;
  return Done{};
}

// Properties up to the mark of the end, which some writers leave out of the outermost object.
Status properties(ByteReader& in, AmfLimits& left, Object& out, bool outermost) {
  while (true) {
    out.end = in.offset();
    if (outermost && in.empty()) return Done{};
    if (as_text(in.rest()).starts_with(kObjectEnd)) {
      TRY(in.take(kObjectEnd.size()));
      return Done{};
    }
    Property one;
    one.offset = in.offset();
    one.key = as_text(TRY(key(in)));
    one.value = in.offset();
    TRY(skip_value(in, left));
    one.end = in.offset();
    out.properties.push_back(one);
  }
}

Status skip_elements(ByteReader& in, AmfLimits& left) {
  const std::uint32_t count = TRY(in.be<std::uint32_t>());
  for (std::uint32_t i = 0; i < count; ++i) TRY(skip_value(in, left));
  return Done{};
}

Status skip_nested(Amf type, ByteReader& in, AmfLimits& left) {
  if (left.depth == 0) return Error{Code::limit, "too deep", in.offset()};
  --left.depth;
  if (type == Amf::strict_array) {
    TRY(skip_elements(in, left));
  } else {
    if (type == Amf::typed_object) TRY(key(in));
    if (type == Amf::ecma_array) TRY(in.take(4));
    Object unused;
    TRY(properties(in, left, unused, false));
  }
  ++left.depth;
  return Done{};
}

Result<Amf> type_of(ByteReader& in) { return static_cast<Amf>(TRY(in.be<std::uint8_t>())); }

}  // namespace

Status skip_value(ByteReader& in, AmfLimits& left) {
  TRY(take_value(in, left));
  const std::uint64_t at = in.offset();
  const Amf type = TRY(type_of(in));
  std::uint64_t size = 0;
  switch (type) {
    case Amf::number: size = 8; break;
    case Amf::boolean: size = 1; break;
    case Amf::reference: size = 2; break;
    case Amf::date: size = 10; break;
    case Amf::null:
    case Amf::undefined:
    case Amf::unsupported: break;
    case Amf::string: size = TRY(in.be<std::uint16_t>()); break;
    case Amf::long_string:
    case Amf::xml: size = TRY(in.be<std::uint32_t>()); break;
    case Amf::object:
    case Amf::ecma_array:
    case Amf::strict_array:
    case Amf::typed_object: return skip_nested(type, in, left);
    default: return Error{Code::invalid, "unknown type of a value", at};
  }
  TRY(in.take(size));
  return Done{};
}

Result<Object> read_object(ByteReader& in, AmfLimits& left) {
  const std::uint64_t at = in.offset();
  const Amf type = TRY(type_of(in));
  Object out;
  if (type == Amf::ecma_array) {
    out.count_at = in.offset();
    TRY(in.take(4));
  } else if (type != Amf::object) {
    return Error{Code::invalid, "neither an object nor an array of names", at};
  }
  TRY(properties(in, left, out, true));
  return out;
}

Result<std::string_view> read_string(ByteReader& in) {
  const std::uint64_t at = in.offset();
  const Amf type = TRY(type_of(in));
  if (type != Amf::string && type != Amf::long_string)
    return Error{Code::invalid, "the value is no text", at};
  std::uint64_t size = 0;
  if (type == Amf::string)
    size = TRY(in.be<std::uint16_t>());
  else
    size = TRY(in.be<std::uint32_t>());
  return as_text(TRY(in.take(size)));
}

std::string string_bytes(std::string_view text) {
  const bool is_long = text.size() > 0xffff;
  std::string out(1, static_cast<char>(is_long ? Amf::long_string : Amf::string));
  out += big_endian(text.size(), is_long ? 4 : 2);
  out += text;
  return out;
}

std::string key_bytes(std::string_view key) {
  std::string out = big_endian(key.size(), 2);
  out += key;
  return out;
}

Result<std::vector<std::uint64_t>> number_offsets(ByteReader& in, AmfLimits& left) {
  std::vector<std::uint64_t> out;
  if (TRY(type_of(in)) != Amf::strict_array) return out;
  const std::uint32_t count = TRY(in.be<std::uint32_t>());
  for (std::uint32_t i = 0; i < count; ++i) {
    const bool is_number = !in.empty() && in.rest()[0] == std::byte{0};
    if (is_number) out.push_back(in.offset() + 1);
    TRY(skip_value(in, left));
  }
  return out;
}

}  // namespace assay::formats::flv
