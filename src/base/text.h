// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace assay {

enum class Language : std::uint8_t { zh, en };

// What a user reads, in both languages.
struct Text {
  std::string zh;
  std::string en;

  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
  bool empty() const { return zh.empty() && en.empty(); }
  friend bool operator==(const Text&, const Text&) = default;
};

// A Text that data may write as one plain string where both languages say the same: "5.1 b)".
struct PlainText : Text {
  PlainText() = default;
  explicit PlainText(Text text) : Text(std::move(text)) {}
  explicit PlainText(const std::string& both) : Text{both, both} {}
};

// The same for names in tables of the program itself.
struct StaticText {
  std::string_view zh;
  std::string_view en;

  std::string_view in(Language language) const { return language == Language::zh ? zh : en; }
  Text text() const { return {std::string(zh), std::string(en)}; }
};

}  // namespace assay
