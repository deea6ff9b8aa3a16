// SPDX-License-Identifier: Apache-2.0
#include "formats/@name@/@name@.h"

namespace assay::formats::@name@ {
namespace {

constexpr std::string_view kSignature = "ASAY";

}  // namespace

bool sniff(Bytes head) { return as_text(head).starts_with(kSignature); }

Result<Document> read(Bytes data, const Limits& limits) {
  ByteReader in(data);
  const Bytes signature = TRY(in.take(kSignature.size()));
  if (!sniff(signature)) return Error{Code::invalid, "not a file of this format", 0};
  const auto count = TRY(in.le<std::uint32_t>());
  if (count > limits.entries) return Error{Code::limit, "too many entries", in.offset()};
  Document out;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto length = TRY(in.le<std::uint32_t>());
    const Bytes text = TRY(in.take(length));
    out.entries.push_back(as_text(text));
  }
  return out;
}

}  // namespace assay::formats::@name@
