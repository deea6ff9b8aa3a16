// SPDX-License-Identifier: Apache-2.0
#include "formats/tar/tar.h"

#include <algorithm>
#include <string_view>

#include "base/strings.h"

namespace assay::formats::tar {
namespace {

constexpr std::uint64_t kBlock = 512;

std::string_view field(std::string_view header, std::size_t at, std::size_t size) {
  const std::string_view all = header.substr(at, size);
  return all.substr(0, all.find('\0'));
}

// Octal digits between spaces, ended by a zero or the field's end; nothing where others stand
// there.
std::optional<std::uint64_t> octal(std::string_view digits) {
  digits = trim(digits.substr(0, digits.find('\0')));
  std::uint64_t out = 0;
  for (const char c : digits) {
    if (c < '0' || c > '7' || out >> 60 != 0) return std::nullopt;
    out = out << 3 | static_cast<std::uint64_t>(c - '0');
  }
  return out;
}

std::optional<std::uint64_t> size_in(std::string_view header) {
  const std::string_view digits = header.substr(124, 12);
  const auto first = static_cast<unsigned char>(digits[0]);
  if ((first & 0x80) == 0) return octal(digits);
  std::uint64_t out = first & 0x3f;
  for (const char c : digits.substr(1)) {
    if (out >> 55 != 0) return std::nullopt;
    out = out << 8 | static_cast<unsigned char>(c);
  }
  return out;
}

bool sum_is_right(std::string_view header) {
  const auto told = octal(header.substr(148, 8));
  std::uint64_t plain = 0;
  std::int64_t with_signs = 0;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const char c = i >= 148 && i < 156 ? ' ' : header[i];
    plain += static_cast<unsigned char>(c);
    with_signs += static_cast<signed char>(c);
  }
  return told && (*told == plain || static_cast<std::int64_t>(*told) == with_signs);
}

bool is_zero(std::string_view block) {
  return std::all_of(block.begin(), block.end(), [](char c) { return c == '\0'; });
}

std::string name_in(std::string_view header) {
  const std::string name(field(header, 0, 100));
  const std::string_view before = field(header, 345, 155);
  const bool posix = header.substr(257, 7) == std::string_view(
                                                  "ustar\0"
                                                  "0",
                                                  7);
  return posix && !before.empty() ? std::string(before) + "/" + name : name;
}

Kind kind_of(char type, std::string_view name) {
  switch (type) {
    case '\0': return name.ends_with('/') ? Kind::folder : Kind::file;
    case '0':
    case '7': return Kind::file;
    case '1': return Kind::hard_link;
    case '5': return Kind::folder;
    default: return Kind::other;
  }
}

}  // namespace

Result<bool> sniff(ByteSource& in) {
  const std::string_view header = as_text(TRY(in.view(0, kBlock)));
  return header.size() == kBlock && !is_zero(header) && sum_is_right(header) &&
         size_in(header).has_value();
}

// The data of a header that tells of another.
Result<std::string> Reader::text_of(const Member& member) {
  if (member.size > limits_.name_bytes)
    return Error{Code::limit, "name is too long", member.header};
  return in_.copy(member.offset, member.size);
}

Status Reader::read_pax(const Member& member, Said& said) {
  const std::string text = TRY(text_of(member));
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    const auto length = to_number<std::uint64_t>(rest.substr(0, space));
    if (!length || *length > rest.size() || *length < space + 2 || rest[*length - 1] != '\n')
      return Error{Code::invalid, "a record of a member breaks its layout", member.header};
    const std::string_view record = rest.substr(space + 1, *length - space - 2);
    rest.remove_prefix(*length);
    const std::string_view key = record.substr(0, record.find('='));
    const std::string_view value = record.substr(std::min(record.size(), key.size() + 1));
    if (key == "path") said.name = value;
    if (key == "linkpath") said.target = value;
    if (key.starts_with("GNU.sparse")) said.holes = true;
    if (key != "size") continue;
    said.size = to_number<std::uint64_t>(value);
    if (!said.size) return Error{Code::invalid, "size of a member is no number", member.header};
  }
  return Done{};
}

Result<std::optional<Member>> Reader::next() {
  Said said;
  while (true) {
    const std::string header = TRY(in_.copy(at_, kBlock));
    if (is_zero(header)) return std::optional<Member>();  // or the end of the file
    if (header.size() < kBlock || !sum_is_right(header))
      return Error{Code::invalid, "no header of a member here", at_};
    if (++count_ > limits_.headers) return Error{Code::limit, "too many members", at_};
    const std::optional<std::uint64_t> size = size_in(header);
    if (!size) return Error{Code::invalid, "size of a member is no number", at_};
    Member out{Kind::file, name_in(header), std::string(field(header, 157, 100)),
               at_,        at_ + kBlock,    *size};
    const char type = header[156];
    const bool of_another = type == 'L' || type == 'K' || type == 'x' || type == 'g' || type == 'X';
    if (!of_another) {
      out.name = said.name.value_or(std::move(out.name));
      out.target = said.target.value_or(std::move(out.target));
      out.size = said.size.value_or(out.size);
      out.kind = said.holes ? Kind::other : kind_of(type, out.name);
      // Links and folders have no data, whatever their size says; a folder of GNU's may.
      if (type == '1' || type == '2') out.size = 0;
    }
    if (out.size > in_.size() - out.offset)
      return Error{Code::invalid, "member ends too early", out.header};
    at_ = std::min(in_.size(), out.offset + (out.size + kBlock - 1) / kBlock * kBlock);
    if (!of_another) return std::optional<Member>(std::move(out));
    if (type == 'x' || type == 'X') TRY(read_pax(out, said));
    if (type != 'L' && type != 'K') continue;
    const std::string name = TRY(text_of(out));
    (type == 'L' ? said.name : said.target) = std::string(field(name, 0, name.size()));
  }
}

}  // namespace assay::formats::tar
