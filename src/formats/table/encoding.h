// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::formats::table {

enum class Encoding : std::uint8_t { unknown, utf8, gb18030, utf16le, utf16be };

struct Mark {
  Encoding encoding = Encoding::unknown;
  std::size_t bytes = 0;  // length of the byte order mark itself
};

// What a byte order mark, or the places of zero bytes, say about a file that begins with `head`.
Mark marked_encoding(std::string_view head);

// UTF-8 or GB18030, by the non-ASCII bytes of `sample`, which may end inside a character; unknown
// where it has none that tell.
Encoding guess_encoding(std::string_view sample);

// Makes UTF-8 of another encoding.
class Converter {
 public:
  static Result<Converter> open(Encoding from);

  // Appends `in` to `out` as UTF-8, each ill-formed unit as the byte 0xFF, which is never UTF-8.
  // Returns how much of `in` was read: all but a character cut off at its end.
  std::size_t convert(std::string_view in, std::string& out);

 private:
  struct State;
  struct Close {
    void operator()(State* state) const;
  };
  explicit Converter(std::unique_ptr<State, Close> state) : state_(std::move(state)) {}
  std::unique_ptr<State, Close> state_;
};

}  // namespace assay::formats::table
