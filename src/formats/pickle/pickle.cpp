// SPDX-License-Identifier: Apache-2.0
#include "formats/pickle/pickle.h"

#include <algorithm>
#include <array>

namespace assay::formats::pickle {
namespace {

constexpr std::uint64_t kWindow = 64 * 1024;

enum class Argument : std::uint8_t {
  unknown,  // no such opcode
  none,
  u1,
  u2,
  i4,
  u4,
  u8,
  f8,
  count1,
  count4,
  count4_signed,
  count8,
  line,
  short_line,
  two_lines,
};

struct Row {
  Op op;
  Argument argument;
  std::string_view name;
};

constexpr Row kRows[] = {
    {Op::mark, Argument::none, "MARK"},
    {Op::stop, Argument::none, "STOP"},
    {Op::pop, Argument::none, "POP"},
    {Op::pop_mark, Argument::none, "POP_MARK"},
    {Op::dup, Argument::none, "DUP"},
    {Op::float_, Argument::line, "FLOAT"},
    {Op::int_, Argument::line, "INT"},
    {Op::binint, Argument::i4, "BININT"},
    {Op::binint1, Argument::u1, "BININT1"},
    {Op::long_, Argument::line, "LONG"},
    {Op::binint2, Argument::u2, "BININT2"},
    {Op::none, Argument::none, "NONE"},
    {Op::persid, Argument::short_line, "PERSID"},
    {Op::binpersid, Argument::none, "BINPERSID"},
    {Op::reduce, Argument::none, "REDUCE"},
    {Op::string, Argument::line, "STRING"},
    {Op::binstring, Argument::count4_signed, "BINSTRING"},
    {Op::short_binstring, Argument::count1, "SHORT_BINSTRING"},
    {Op::unicode, Argument::short_line, "UNICODE"},
    {Op::binunicode, Argument::count4, "BINUNICODE"},
    {Op::append, Argument::none, "APPEND"},
    {Op::build, Argument::none, "BUILD"},
    {Op::global, Argument::two_lines, "GLOBAL"},
    {Op::dict, Argument::none, "DICT"},
    {Op::empty_dict, Argument::none, "EMPTY_DICT"},
    {Op::appends, Argument::none, "APPENDS"},
    {Op::get, Argument::line, "GET"},
    {Op::binget, Argument::u1, "BINGET"},
    {Op::inst, Argument::two_lines, "INST"},
    {Op::long_binget, Argument::u4, "LONG_BINGET"},
    {Op::list, Argument::none, "LIST"},
    {Op::empty_list, Argument::none, "EMPTY_LIST"},
    {Op::obj, Argument::none, "OBJ"},
    {Op::put, Argument::line, "PUT"},
    {Op::binput, Argument::u1, "BINPUT"},
    {Op::long_binput, Argument::u4, "LONG_BINPUT"},
    {Op::setitem, Argument::none, "SETITEM"},
    {Op::tuple, Argument::none, "TUPLE"},
    {Op::empty_tuple, Argument::none, "EMPTY_TUPLE"},
    {Op::setitems, Argument::none, "SETITEMS"},
    {Op::binfloat, Argument::f8, "BINFLOAT"},
    {Op::binbytes, Argument::count4, "BINBYTES"},
    {Op::short_binbytes, Argument::count1, "SHORT_BINBYTES"},
    {Op::proto, Argument::u1, "PROTO"},
    {Op::newobj, Argument::none, "NEWOBJ"},
    {Op::ext1, Argument::u1, "EXT1"},
    {Op::ext2, Argument::u2, "EXT2"},
    {Op::ext4, Argument::i4, "EXT4"},
    {Op::tuple1, Argument::none, "TUPLE1"},
    {Op::tuple2, Argument::none, "TUPLE2"},
    {Op::tuple3, Argument::none, "TUPLE3"},
    {Op::newtrue, Argument::none, "NEWTRUE"},
    {Op::newfalse, Argument::none, "NEWFALSE"},
    {Op::long1, Argument::count1, "LONG1"},
    {Op::long4, Argument::count4_signed, "LONG4"},
    {Op::short_binunicode, Argument::count1, "SHORT_BINUNICODE"},
    {Op::binunicode8, Argument::count8, "BINUNICODE8"},
    {Op::binbytes8, Argument::count8, "BINBYTES8"},
    {Op::empty_set, Argument::none, "EMPTY_SET"},
    {Op::additems, Argument::none, "ADDITEMS"},
    {Op::frozenset, Argument::none, "FROZENSET"},
    {Op::newobj_ex, Argument::none, "NEWOBJ_EX"},
    {Op::stack_global, Argument::none, "STACK_GLOBAL"},
    {Op::memoize, Argument::none, "MEMOIZE"},
    {Op::frame, Argument::u8, "FRAME"},
    {Op::bytearray8, Argument::count8, "BYTEARRAY8"},
    {Op::next_buffer, Argument::none, "NEXT_BUFFER"},
    {Op::readonly_buffer, Argument::none, "READONLY_BUFFER"},
};

struct Entry {
  Argument argument = Argument::unknown;
  std::string_view name;
};

constexpr std::array<Entry, 256> by_byte() {
  std::array<Entry, 256> out{};
  for (const Row& row : kRows) out[static_cast<std::uint8_t>(row.op)] = {row.argument, row.name};
  return out;
}
constexpr std::array<Entry, 256> kTable = by_byte();

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::optional<std::uint8_t> digit(char c, int base) {
  int value = 99;
  if (c >= '0' && c <= '9') value = c - '0';
  if (c >= 'a' && c <= 'f') value = c - 'a' + 10;
  if (c >= 'A' && c <= 'F') value = c - 'A' + 10;
  if (value >= base) return std::nullopt;
  return static_cast<std::uint8_t>(value);
}

// `digits` digits of `base` at `at`, moved past them.
std::optional<char32_t> escape(std::string_view text, std::size_t& at, std::size_t digits,
                               int base) {
  char32_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (at >= text.size()) return std::nullopt;
    const std::optional<std::uint8_t> one = digit(text[at], base);
    if (!one) return std::nullopt;
    value = value * static_cast<char32_t>(base) + *one;
    ++at;
  }
  return value;
}

// UTF-8, with surrogates by themselves as the loader's "surrogatepass" has them.
void put(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
}

// The byte that a one-letter escape of a bytes literal stands for.
std::optional<char> simple_escape(char c) {
  switch (c) {
    case '\\':
    case '\'':
    case '"': return c;
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    default: return std::nullopt;
  }
}

}  // namespace

std::string_view name(Op op) {
  const std::string_view found = kTable[static_cast<std::uint8_t>(op)].name;
  return found.empty() ? "unknown" : found;
}

Result<Bytes> Disassembler::need(std::uint64_t at, std::uint64_t n) {
  if (at < window_at_ || at - window_at_ > window_.size() ||
      window_.size() - (at - window_at_) < n) {
    window_ = TRY(in_.view(at, std::max(n, kWindow)));
    window_at_ = at;
    if (window_.size() < n)
      return Error{Code::invalid, "data ends inside an instruction", std::min(at, in_.size())};
  }
  return window_.subspan(static_cast<std::size_t>(at - window_at_), static_cast<std::size_t>(n));
}

Result<std::uint64_t> Disassembler::number(std::uint64_t at, std::uint8_t width) {
  std::uint64_t value = 0;
  const Bytes raw = TRY(need(at, width));
  for (std::size_t i = width; i-- > 0;) value = value << 8 | std::to_integer<std::uint64_t>(raw[i]);
  return value;
}

Result<Span> Disassembler::counted(std::uint64_t at, std::uint8_t width, bool is_signed) {
  const std::uint64_t size = TRY(number(at, width));
  if (is_signed && size > 0x7fff'ffff) return Error{Code::invalid, "negative length", at};
  const std::uint64_t start = at + width;
  if (size > in_.size() - start) return Error{Code::invalid, "data ends inside an instruction", at};
  return Span{start, size};
}

Result<Span> Disassembler::line(std::uint64_t at, std::uint64_t least, std::uint64_t& end) {
  const std::uint64_t start = at;
  while (true) {
    if (at < window_at_ || at - window_at_ >= window_.size()) {
      window_ = TRY(in_.view(at, kWindow));
      window_at_ = at;
      if (window_.empty()) break;
    }
    const std::string_view left =
        as_text(window_).substr(static_cast<std::size_t>(at - window_at_));
    const std::size_t newline = left.find('\n');
    at += newline == std::string_view::npos ? left.size() : newline + 1;
    if (newline != std::string_view::npos) break;
  }
  if (at - start < least) return Error{Code::invalid, "data ends inside a line", start};
  end = at;
  return Span{start, at - start - 1};
}

Status Disassembler::argument(Instruction& out) {
  const Argument kind = kTable[static_cast<std::uint8_t>(out.op)].argument;
  const std::uint64_t at = out.offset + 1;
  const auto fixed = [&](std::uint8_t width) -> Status {
    out.number = static_cast<std::int64_t>(TRY(number(at, width)));
    out.end = at + width;
    return Done{};
  };
  const auto sized = [&](std::uint8_t width, bool is_signed) -> Status {
    out.data = TRY(counted(at, width, is_signed));
    out.end = out.data.offset + out.data.size;
    return Done{};
  };
  switch (kind) {
    case Argument::unknown: return Error{Code::invalid, "unknown opcode", out.offset};
    case Argument::none: return Done{};
    case Argument::u1: return fixed(1);
    case Argument::u2: return fixed(2);
    case Argument::u4: return fixed(4);
    case Argument::u8:
    case Argument::f8: return fixed(8);
    case Argument::i4:
      TRY(fixed(4));
      out.number = static_cast<std::int32_t>(out.number);
      return Done{};
    case Argument::count1: return sized(1, false);
    case Argument::count4: return sized(4, false);
    case Argument::count4_signed: return sized(4, true);
    case Argument::count8: return sized(8, false);
    case Argument::line: out.data = TRY(line(at, 2, out.end)); return Done{};
    case Argument::short_line: out.data = TRY(line(at, 1, out.end)); return Done{};
    case Argument::two_lines: {
      out.data = TRY(line(at, 2, out.end));
      const std::uint64_t next = out.end;
      out.second = TRY(line(next, 2, out.end));
      return Done{};
    }
  }
  return Error{Code::internal, "argument kind", out.offset};
}

Result<Instruction> Disassembler::next() {
  const Bytes opcode = TRY(need(at_, 1));
  Instruction out;
  out.op = static_cast<Op>(opcode[0]);
  out.offset = at_;
  out.end = at_ + 1;
  TRY(argument(out));
  at_ = out.end;
  return out;
}

std::optional<std::int64_t> decimal(std::string_view line) {
  line = line.substr(0, line.find('\0'));
  while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
  while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
  const bool negative = line.starts_with('-');
  if (negative || line.starts_with('+')) line.remove_prefix(1);
  std::uint64_t value = 0;
  bool after_digit = false;
  for (const char c : line) {
    if (c == '_' && after_digit) {
      after_digit = false;
      continue;
    }
    const std::optional<std::uint8_t> one = digit(c, 10);
    if (!one || value > (0x7fff'ffff'ffff'ffffULL - *one) / 10) return std::nullopt;
    value = value * 10 + *one;
    after_digit = true;
  }
  if (!after_digit) return std::nullopt;
  return negative ? -static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
}

std::optional<std::string> raw_unicode(std::string_view line) {
  std::string out;
  std::size_t at = 0;
  while (at < line.size()) {
    const char c = line[at];
    const char next = at + 1 < line.size() ? line[at + 1] : '\0';
    if (c != '\\' || (next != 'u' && next != 'U')) {
      // A backslash before another one keeps both, so that the second begins no escape.
      put(out, static_cast<unsigned char>(c));
      ++at;
      if (c == '\\' && at < line.size()) put(out, static_cast<unsigned char>(line[at++]));
      continue;
    }
    at += 2;
    const std::optional<char32_t> value = escape(line, at, next == 'u' ? 4 : 8, 16);
    if (!value || *value > 0x10ffff) return std::nullopt;
    put(out, *value);
  }
  return out;
}

std::optional<std::string> quoted_string(std::string_view line) {
  if (line.size() < 2 || line.front() != line.back() ||
      (line.front() != '\'' && line.front() != '"'))
    return std::nullopt;
  line = line.substr(1, line.size() - 2);
  std::string out;
  std::size_t at = 0;
  while (at < line.size()) {
    if (line[at] != '\\') {
      out += line[at++];
      continue;
    }
    if (++at >= line.size()) return std::nullopt;
    const char c = line[at];
    if (const std::optional<char> simple = simple_escape(c)) {
      out += *simple;
      ++at;
    } else if (c == 'x') {
      const std::optional<char32_t> value = escape(line, ++at, 2, 16);
      if (!value) return std::nullopt;
      out += static_cast<char>(*value);
    } else if (c >= '0' && c <= '7') {
      char32_t value = 0;
      for (int i = 0; i < 3 && at < line.size() && digit(line[at], 8); ++i)
        value = value * 8 + *digit(line[at++], 8);
      out += static_cast<char>(value);
    } else {
      out += '\\';  // an unknown escape stands for itself
      out += c;
      ++at;
    }
  }
  return out;
}

}  // namespace assay::formats::pickle
