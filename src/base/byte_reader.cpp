// SPDX-License-Identifier: Apache-2.0
#include "base/byte_reader.h"

#include <algorithm>

namespace assay {

Result<Bytes> ByteReader::take(std::uint64_t n) {
  if (n > remaining()) return Error{Code::invalid, "ends too early", offset()};
  const Bytes out = data_.subspan(static_cast<std::size_t>(pos_), static_cast<std::size_t>(n));
  pos_ += n;
  return out;
}

Result<ByteReader> ByteReader::sub(std::uint64_t n) {
  const std::uint64_t start = offset();
  return ByteReader(TRY(take(n)), start);
}

Result<Bytes> ByteReader::until(std::byte end) {
  const Bytes left = rest();
  const auto at = std::find(left.begin(), left.end(), end);
  if (at == left.end()) return Error{Code::invalid, "terminator missing", offset()};
  const auto length = static_cast<std::uint64_t>(at - left.begin());
  const Bytes out = TRY(take(length));
  TRY(take(1));
  return out;
}

}  // namespace assay
