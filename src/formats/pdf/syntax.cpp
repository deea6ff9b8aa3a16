// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf/syntax.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"

namespace assay::formats::pdf {
namespace {

constexpr std::string_view kSpace("\0\t\n\f\r ", 6);
constexpr std::string_view kDelimiters = "()<>[]{}/%";

bool is_space(char c) { return kSpace.find(c) != std::string_view::npos; }
bool is_regular(char c) { return !is_space(c) && kDelimiters.find(c) == std::string_view::npos; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The key that `name` (with its slash) writes.
std::string key_of(std::string_view name) {
  std::string out;
  for (std::size_t i = 1; i < name.size(); ++i) {
    const bool escaped = name[i] == '#' && i + 2 < name.size() && hex_value(name[i + 1]) >= 0 &&
                         hex_value(name[i + 2]) >= 0;
    out +=
        escaped ? static_cast<char>(hex_value(name[i + 1]) << 4 | hex_value(name[i + 2])) : name[i];
    if (escaped) i += 2;
  }
  return out;
}

// The letter that the escape at `i` (behind its backslash) stands for; moves to its last byte.
std::optional<char> escape(std::string_view text, std::size_t& i) {
  constexpr std::string_view kLetters = "nrtbf";
  constexpr std::string_view kMeant = "\n\r\t\b\f";
  if (const std::size_t known = kLetters.find(text[i]); known != std::string_view::npos)
    return kMeant[known];
  if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
  if (text[i] == '\n' || text[i] == '\r') return std::nullopt;  // the line goes on
  if (text[i] < '0' || text[i] > '7') return text[i];
  unsigned value = 0;
  std::size_t n = 0;
  for (; n < 3 && i + n < text.size() && text[i + n] >= '0' && text[i + n] <= '7'; ++n)
    value = value * 8 + static_cast<unsigned>(text[i + n] - '0');
  i += n - 1;
  return static_cast<char>(value & 0xff);
}

std::string literal_bytes(std::string_view inside) {
  std::string out;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\r') {  // any end of line is a line feed
      if (i + 1 < inside.size() && inside[i + 1] == '\n') ++i;
      out += '\n';
    } else if (inside[i] == '\\' && i + 1 < inside.size()) {
      if (const auto c = escape(inside, ++i)) out += *c;
    } else {
      out += inside[i];
    }
  }
  return out;
}

std::string hex_bytes(std::string_view inside) {
  std::string out;
  int high = -1;
  for (const char c : inside) {
    const int digit = hex_value(c);
    if (digit < 0) continue;
    if (high >= 0) out += static_cast<char>(high << 4 | digit);
    high = high >= 0 ? -1 : digit;
  }
  if (high >= 0) out += static_cast<char>(high << 4);
  return out;
}

std::string from_utf16(std::string_view bytes) {
  const auto unit = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(bytes[i]) << 8 |
                                 static_cast<unsigned char>(bytes[i + 1]));
  };
  std::string out;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    char32_t c = unit(i);
    const bool high = c >= 0xd800 && c < 0xdc00 && i + 3 < bytes.size();
    if (high && unit(i + 2) >= 0xdc00 && unit(i + 2) < 0xe000) {
      c = 0x10000 + ((c - 0xd800) << 10) + (unit(i + 2) - 0xdc00);
      i += 2;
    } else if (c >= 0xd800 && c < 0xe000) {
      c = 0xfffd;
    }
    append_utf8(out, c);
  }
  return out;
}

}  // namespace

void Lexer::skip_space() {
  for (; at_ < text_.size(); ++at_) {
    if (text_[at_] == '%')
      at_ = std::min(text_.find_first_of("\r\n", at_), text_.size() - 1);
    else if (!is_space(text_[at_]))
      return;
  }
}

bool Lexer::skip(std::string_view expected) {
  skip_space();
  if (!text_.substr(at_).starts_with(expected)) return false;
  const std::size_t end = at_ + expected.size();
  if (end < text_.size() && is_regular(expected.back()) && is_regular(text_[end])) return false;
  at_ = end;
  return true;
}

bool Lexer::at_end() {
  skip_space();
  return at_ == text_.size();
}

void Lexer::word() {
  while (at_ < text_.size() && is_regular(text_[at_])) ++at_;
}

Status Lexer::literal() {
  std::size_t depth = 0;
  for (; at_ < text_.size(); ++at_) {
    if (text_[at_] == '\\') {
      ++at_;
    } else if (text_[at_] == '(') {
      ++depth;
    } else if (text_[at_] == ')' && --depth == 0) {
      ++at_;
      return Done{};
    }
  }
  at_ = text_.size();
  return stop("ends too early");
}

Status Lexer::token() {
  skip_space();
  if (at_ == text_.size()) return stop("ends too early");
  const std::string_view rest = text_.substr(at_);
  if (rest[0] == '(') return literal();
  if (rest.starts_with("<<") || rest.starts_with(">>")) {
    at_ += 2;
  } else if (rest[0] == '[' || rest[0] == ']') {
    ++at_;
  } else if (rest[0] == '<') {
    const std::size_t end = rest.find('>');
    if (end == std::string_view::npos) return stop("ends too early");
    at_ += end + 1;
  } else if (rest[0] == '/' || is_regular(rest[0])) {
    ++at_;
    word();
  } else {
    return stop("no PDF object here");
  }
  return Done{};
}

Result<std::string_view> Lexer::value() {
  skip_space();
  const std::size_t start = at_;
  std::size_t depth = 0;
  do {
    skip_space();
    const std::size_t from = at_;
    TRY(token());
    const std::string_view text = text_.substr(from, at_ - from);
    if (text == "<<" || text == "[") ++depth;
    if (text != ">>" && text != "]") continue;
    if (depth == 0) return stop("no PDF object here");
    --depth;
  } while (depth > 0);
  std::string_view out = text_.substr(start, at_ - start);
  if (!to_number<std::uint64_t>(out)) return out;
  const std::size_t behind = at_;  // perhaps a reference: 12 0 R
  if (integer().ok() && skip("R")) return text_.substr(start, at_ - start);
  at_ = behind;
  return out;
}

Result<std::uint64_t> Lexer::integer() {
  skip_space();
  const std::size_t start = at_;
  word();
  const auto number = to_number<std::uint64_t>(text_.substr(start, at_ - start));
  if (number) return *number;
  at_ = start;
  return stop("no number here");
}

std::string_view Dictionary::get(std::string_view key) const {
  for (const Pair& pair : pairs)
    if (pair.key == key) return pair.value;
  return {};
}

Result<Dictionary> dictionary(std::string_view value, std::uint64_t base, std::uint64_t max_pairs) {
  Lexer in(value, base);
  Dictionary out;
  if (!in.skip("<<")) return Error{Code::invalid, "not a dictionary", base};
  while (!in.skip(">>")) {
    const std::uint64_t at = in.offset();
    const std::string_view name = TRY(in.value());
    if (name[0] != '/') return Error{Code::invalid, "a key is no name", at};
    if (out.pairs.size() >= max_pairs) return Error{Code::limit, "too many entries", at};
    const std::string_view held = TRY(in.value());
    out.pairs.push_back({key_of(name), std::string(held), std::string(name)});
  }
  return out;
}

Result<std::vector<std::string_view>> array(std::string_view value, std::uint64_t base) {
  Lexer in(value, base);
  std::vector<std::string_view> out;
  if (!in.skip("[")) return Error{Code::invalid, "not an array", base};
  while (!in.skip("]")) out.push_back(TRY(in.value()));
  return out;
}

std::optional<Reference> reference(std::string_view value) {
  Lexer in(value);
  const auto number = in.integer();
  const auto generation = in.integer();
  if (!number.ok() || !generation.ok() || !in.skip("R")) return std::nullopt;
  return Reference{*number, *generation};
}

std::optional<std::string> text_string(std::string_view value) {
  if (value.size() < 2 || (value[0] != '(' && (value[0] != '<' || value[1] == '<')))
    return std::nullopt;
  const std::string_view inside = value.substr(1, value.size() - 2);
  const std::string bytes = value[0] == '(' ? literal_bytes(inside) : hex_bytes(inside);
  const std::string_view text = bytes;
  if (text.starts_with("\xfe\xff")) return from_utf16(text.substr(2));
  if (text.starts_with("\xef\xbb\xbf") && valid_utf8(text)) return std::string(text.substr(3));
  std::string out;  // PDFDocEncoding, which is Latin-1 but for a few signs
  for (const char c : text) append_utf8(out, static_cast<unsigned char>(c));
  return out;
}

std::string written(std::string_view utf8) {
  const bool plain =
      std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
  std::string out;
  if (plain) {
    for (const char c : utf8) {
      if (c == '(' || c == ')' || c == '\\') out += '\\';
      out += c;
    }
    return "(" + out + ")";
  }
  out = "<FEFF";
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_code_point(utf8, at);
    if (c < 0x10000)
      out += fmt::format("{:04X}", static_cast<std::uint32_t>(c));
    else
      out += fmt::format("{:04X}{:04X}", 0xd800 + static_cast<std::uint32_t>((c - 0x10000) >> 10),
                         0xdc00 + static_cast<std::uint32_t>(c & 0x3ff));
  }
  return out + ">";
}

}  // namespace assay::formats::pdf
