// SPDX-License-Identifier: Apache-2.0
//
// Words that several tables of the annotation records use.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/strings.h"

namespace assay::corpus {

// A value of a cell and the words for it, with | between.
template <class E>
struct Term {
  std::string_view words;
  E value;
};

// The value that `cell` names, without case and with "_" and spaces as "-".
template <class E, std::size_t N>
std::optional<E> find_term(const std::array<Term<E>, N>& terms, std::string_view cell) {
  std::string word = to_lower(cell);
  for (char& c : word)
    if (c == '_' || c == ' ') c = '-';
  for (const Term<E>& term : terms)
    for (const std::string_view known : split(term.words, '|'))
      if (known == word) return term.value;
  return std::nullopt;
}

enum class AnnotationKind : std::uint8_t { functional, safety };
inline constexpr std::array<Term<AnnotationKind>, 2> kAnnotationKinds = {{
    {"functional|功能性|功能性标注", AnnotationKind::functional},
    {"safety|安全性|安全性标注", AnnotationKind::safety},
}};

enum class Role : std::uint8_t { execution, review };
inline constexpr std::array<Term<Role>, 2> kRoles = {{
    {"execution|annotation|annotator|annotate|标注|执行|标注执行", Role::execution},
    {"review|reviewer|审核|标注审核", Role::review},
}};

}  // namespace assay::corpus
