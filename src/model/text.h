// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "base/text.h"

namespace assay {

// One row of an enumeration's table: its value, its word in data, its name for people.
template <class E>
struct Word {
  E value;
  std::string_view word;
  StaticText name;
};

// Specialised for each enumeration of the model: `static constexpr std::array table`, a row a
// value, in the order of the values from 0.
template <class E>
struct Words;

template <class E>
concept Worded = std::is_enum_v<E> && requires {
  Words<E>::table;
};

template <Worded E>
constexpr const Word<E>& row(E value) {
  return Words<E>::table[static_cast<std::size_t>(value)];
}
template <Worded E>
constexpr std::string_view word(E value) {
  return row(value).word;
}
template <Worded E>
std::optional<E> from_word(std::string_view text) {
  for (const Word<E>& row : Words<E>::table)
    if (row.word == text) return row.value;
  return std::nullopt;
}

// True for T and const T: lets one describe() serve readers and writers.
template <class T, class Model>
concept Is = std::same_as<std::remove_const_t<T>, Model>;

template <class V, class T>
requires Is<T, Text> || Is<T, PlainText>
void describe(V& v, T& t) {
  v.required("zh", t.zh);
  v.required("en", t.en);
}

}  // namespace assay
