// SPDX-License-Identifier: Apache-2.0
//
// HTML that is escaped by construction: markup() escapes every argument that is not Html already,
// and escape() is the one function that makes a string safe.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/text.h"

namespace assay::report::html {

// Well-formed markup, safe to stand between tags.
struct Html {
  std::string code;
  Html& operator+=(const Html& more) {
    code += more.code;
    return *this;
  }
};

// `text` fit for content and quoted attributes. What would act on the page or on the order of the
// letters (control characters, bidirectional overrides) is shown as [U+202E]; ill-formed UTF-8
// becomes U+FFFD; text over `max_bytes` is cut with "…".
std::string escape(std::string_view text, std::size_t max_bytes = 4096);

// Both languages, of which the page shows one; once where they are the same or one is missing.
std::string both(std::string_view zh, std::string_view en);

inline std::string safe(const Html& html) { return html.code; }
inline std::string safe(std::string_view text) { return escape(text); }
inline std::string safe(const Text& text) { return both(text.zh, text.en); }
inline std::string safe(const StaticText& text) { return both(text.zh, text.en); }
template <std::integral T>
std::string safe(T value) {
  return fmt::format("{}", value);
}

template <class>
using AsString = std::string;

// `form` with its arguments, each escaped unless it is Html.
template <class... Args>
Html markup(fmt::format_string<AsString<Args>...> form, const Args&... args) {
  return {fmt::format(form, safe(args)...)};
}

// `form` in both languages with the same arguments.
template <class... Args>
Text phrased(StaticText form, const Args&... args) {
  return {fmt::format(fmt::runtime(form.zh), args...), fmt::format(fmt::runtime(form.en), args...)};
}

}  // namespace assay::report::html
