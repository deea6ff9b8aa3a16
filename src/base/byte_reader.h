// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"

namespace assay {

using Bytes = std::span<const std::byte>;

inline std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes as_raw(std::string_view text) { return std::as_bytes(std::span(text)); }

// A cursor over bytes nobody vouches for. Every read goes through take(), the one place that
// compares a length with what is left; a take() that fails moves nothing. Borrows its bytes: the
// owner must outlive the reader and every view it hands out.
class ByteReader {
 public:
  explicit ByteReader(Bytes data, std::uint64_t base = 0) : data_(data), base_(base) {}

  // Position in the whole input, also inside a sub-reader.
  std::uint64_t offset() const { return base_ + pos_; }
  std::uint64_t remaining() const { return data_.size() - pos_; }
  bool empty() const { return remaining() == 0; }
  Bytes rest() const { return data_.subspan(static_cast<std::size_t>(pos_)); }

  // The next `n` bytes. `n` comes straight from the input, so it is 64 bits wide and never added
  // to anything before it is checked.
  Result<Bytes> take(std::uint64_t n);

  // A reader fenced into the next `n` bytes, to parse a length-prefixed part.
  Result<ByteReader> sub(std::uint64_t n);

  // The bytes before the next `end`, which is consumed but not returned.
  Result<Bytes> until(std::byte end);

  template <std::unsigned_integral T>
  Result<T> le() {
    const Bytes raw = TRY(take(sizeof(T)));
    std::uint64_t value = 0;
    for (std::size_t i = sizeof(T); i-- > 0;)
      value = value << 8 | std::to_integer<std::uint64_t>(raw[i]);
    return static_cast<T>(value);
  }

  template <std::unsigned_integral T>
  Result<T> be() {
    const Bytes raw = TRY(take(sizeof(T)));
    std::uint64_t value = 0;
    for (const std::byte b : raw) value = value << 8 | std::to_integer<std::uint64_t>(b);
    return static_cast<T>(value);
  }

 private:
  Bytes data_;
  std::uint64_t base_ = 0;
  std::uint64_t pos_ = 0;
};

}  // namespace assay
