// SPDX-License-Identifier: Apache-2.0
#include "formats/table/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/strings.h"

namespace assay::formats::table {
namespace {

struct Bom {
  std::string_view bytes;
  Encoding encoding;
};
constexpr std::array<Bom, 4> kBoms = {{
    {"\xEF\xBB\xBF", Encoding::utf8},
    {"\x84\x31\x95\x33", Encoding::gb18030},
    {"\xFF\xFE", Encoding::utf16le},
    {"\xFE\xFF", Encoding::utf16be},
}};

// Zero bytes that stand nearly all at odd places are the upper halves of UTF-16LE's ASCII, at even
// places of UTF-16BE's. Separators and line ends are ASCII in any table.
Encoding by_zero_bytes(std::string_view head) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i)
    if (head[i] == '\0') ++zeros[i % 2];
  const std::size_t units = head.size() / 2;
  const auto is_mark_of = [&](std::size_t many, std::size_t few) {
    return many * 16 >= units && many >= 2 && few * 16 <= many;
  };
  if (is_mark_of(zeros[1], zeros[0])) return Encoding::utf16le;
  if (is_mark_of(zeros[0], zeros[1])) return Encoding::utf16be;
  return Encoding::unknown;
}

struct Tally {
  std::size_t good = 0;  // well-formed characters of several bytes
  std::size_t bad = 0;   // ill-formed bytes, but not a character cut off at the end
};

// Is `text` the beginning of a character whose other bytes are still to come?
bool cut_off(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  if (text.size() > 3 || byte(0) < 0xC2 || byte(0) > 0xF4) return false;
  for (std::size_t i = 1; i < text.size(); ++i)
    if ((byte(i) & 0xC0) != 0x80) return false;
  return true;
}

Tally tally_utf8(std::string_view sample) {
  Tally tally;
  for (std::size_t at = 0; at < sample.size();) {
    const std::size_t begin = at;
    next_code_point(sample, at);
    if (static_cast<unsigned char>(sample[begin]) < 0x80) continue;
    if (at - begin > 1) {
      ++tally.good;
    } else if (!cut_off(sample.substr(begin))) {
      ++tally.bad;
    }
  }
  return tally;
}

// GB 18030-2022, 5: two bytes 81-FE 40-7E/80-FE, or four bytes 81-FE 30-39 81-FE 30-39.
Tally tally_gb18030(std::string_view sample) {
  const auto in = [&](std::size_t at, unsigned low, unsigned high) {
    if (at >= sample.size()) return true;
    const auto byte = static_cast<unsigned char>(sample[at]);
    return byte >= low && byte <= high;
  };
  Tally tally;
  for (std::size_t at = 0; at < sample.size();) {
    if (in(at, 0x00, 0x7F)) {
      ++at;
    } else if (in(at, 0x81, 0xFE) && (in(at + 1, 0x40, 0x7E) || in(at + 1, 0x80, 0xFE))) {
      ++tally.good;
      at += 2;
    } else if (in(at, 0x81, 0xFE) && in(at + 1, 0x30, 0x39) && in(at + 2, 0x81, 0xFE) &&
               in(at + 3, 0x30, 0x39)) {
      ++tally.good;
      at += 4;
    } else {
      ++tally.bad;
      ++at;
    }
  }
  return tally;
}

const char* iconv_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::gb18030: return "GB18030";
    case Encoding::utf16le: return "UTF-16LE";
    case Encoding::utf16be: return "UTF-16BE";
    default: return "UTF-8";
  }
}

}  // namespace

Mark marked_encoding(std::string_view head) {
  for (const Bom& bom : kBoms)
    if (head.starts_with(bom.bytes)) return {bom.encoding, bom.bytes.size()};
  return {by_zero_bytes(head), 0};
}

Encoding guess_encoding(std::string_view sample) {
  const Tally utf8 = tally_utf8(sample);
  if (utf8.good == 0 && utf8.bad == 0) return Encoding::unknown;
  // Some broken characters do not make UTF-8 another encoding; GB18030 read as UTF-8 breaks at most
  // of its characters (one in six passes by accident).
  if (utf8.bad < utf8.good) return Encoding::utf8;
  return tally_gb18030(sample).bad < utf8.bad ? Encoding::gb18030 : Encoding::utf8;
}

struct Converter::State {
  iconv_t handle;
  std::size_t unit;  // bytes to step over at an ill-formed character
};

void Converter::Close::operator()(State* state) const {
  iconv_close(state->handle);
  delete state;
}

Result<Converter> Converter::open(Encoding from) {
  const iconv_t handle = iconv_open("UTF-8", iconv_name(from));
  if (handle == reinterpret_cast<iconv_t>(-1))
    return Error{Code::unsupported,
                 std::string("this machine's C library cannot read ") + iconv_name(from),
                 0,
                 {},
                 "convert the file to UTF-8"};
  const bool wide = from == Encoding::utf16le || from == Encoding::utf16be;
  return Converter(std::unique_ptr<State, Close>(new State{handle, wide ? 2U : 1U}));
}

std::size_t Converter::convert(std::string_view in, std::string& out) {
  std::array<char, 4096> buffer;
  char* from = const_cast<char*>(in.data());  // iconv's old signature; it only reads
  std::size_t left = in.size();
  while (left > 0) {
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t done = iconv(state_->handle, &from, &left, &to, &room);
    const int why = errno;
    out.append(buffer.data(), buffer.size() - room);
    if (done != static_cast<std::size_t>(-1) || why == E2BIG) continue;
    if (why == EINVAL) break;
    out += '\xFF';
    const std::size_t step = std::min(left, state_->unit);
    from += step;
    left -= step;
  }
  return in.size() - left;
}

}  // namespace assay::formats::table
