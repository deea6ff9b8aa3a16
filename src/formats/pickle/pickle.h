// SPDX-License-Identifier: Apache-2.0
//
// A disassembler of pickle streams; README.md has the bytes. Nothing is built or looked up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/byte_source.h"

namespace assay::formats::pickle {

// The opcodes of protocols 0 to 5 by their byte.
enum class Op : std::uint8_t {
  mark = '(',
  stop = '.',
  pop = '0',
  pop_mark = '1',
  dup = '2',
  float_ = 'F',
  int_ = 'I',
  binint = 'J',
  binint1 = 'K',
  long_ = 'L',
  binint2 = 'M',
  none = 'N',
  persid = 'P',
  binpersid = 'Q',
  reduce = 'R',
  string = 'S',
  binstring = 'T',
  short_binstring = 'U',
  unicode = 'V',
  binunicode = 'X',
  append = 'a',
  build = 'b',
  global = 'c',
  dict = 'd',
  empty_dict = '}',
  appends = 'e',
  get = 'g',
  binget = 'h',
  inst = 'i',
  long_binget = 'j',
  list = 'l',
  empty_list = ']',
  obj = 'o',
  put = 'p',
  binput = 'q',
  long_binput = 'r',
  setitem = 's',
  tuple = 't',
  empty_tuple = ')',
  setitems = 'u',
  binfloat = 'G',
  binbytes = 'B',
  short_binbytes = 'C',
  proto = 0x80,
  newobj = 0x81,
  ext1 = 0x82,
  ext2 = 0x83,
  ext4 = 0x84,
  tuple1 = 0x85,
  tuple2 = 0x86,
  tuple3 = 0x87,
  newtrue = 0x88,
  newfalse = 0x89,
  long1 = 0x8a,
  long4 = 0x8b,
  short_binunicode = 0x8c,
  binunicode8 = 0x8d,
  binbytes8 = 0x8e,
  empty_set = 0x8f,
  additems = 0x90,
  frozenset = 0x91,
  newobj_ex = 0x92,
  stack_global = 0x93,
  memoize = 0x94,
  frame = 0x95,
  bytearray8 = 0x96,
  next_buffer = 0x97,
  readonly_buffer = 0x98,
};

inline constexpr std::uint8_t kHighestProtocol = 5;

std::string_view name(Op op);  // as pickletools spells it: "STACK_GLOBAL"

// Where an argument's data stands in the source.
struct Span {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

struct Instruction {
  Op op{};
  std::uint64_t offset = 0;  // of the opcode
  std::uint64_t end = 0;     // of the instruction
  std::int64_t number = 0;   // an integer or index, where the argument is one
  Span data;                 // counted data, or a line
  Span second;               // the second line of GLOBAL and INST
};

// Reads instructions one after the other. Borrows the source; uses its view().
class Disassembler {
 public:
  Disassembler(ByteSource& in, std::uint64_t start) : in_(in), at_(start) {}

  // Code::invalid, with the offset, where the C loader would refuse to go on.
  Result<Instruction> next();

 private:
  Result<Bytes> need(std::uint64_t at, std::uint64_t n);
  Result<Span> counted(std::uint64_t at, std::uint8_t width, bool is_signed);
  Result<Span> line(std::uint64_t at, std::uint64_t least, std::uint64_t& end);
  Result<std::uint64_t> number(std::uint64_t at, std::uint8_t width);
  Status argument(Instruction& out);

  ByteSource& in_;
  std::uint64_t at_;
  Bytes window_;
  std::uint64_t window_at_ = 0;
};

// The integer of a decimal line as PyLong_FromString(…, 10) reads it; nothing where it refuses, or
// where the number needs more than 63 bits.
std::optional<std::int64_t> decimal(std::string_view line);

// The text of a UNICODE line (raw-unicode-escape) as UTF-8, and the bytes of a STRING line without
// its quotes and escapes; nothing where the loader refuses.
std::optional<std::string> raw_unicode(std::string_view line);
std::optional<std::string> quoted_string(std::string_view line);

}  // namespace assay::formats::pickle
