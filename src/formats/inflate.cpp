// SPDX-License-Identifier: Apache-2.0
#include "formats/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace assay::formats {
namespace {

// Ends the zlib state however we leave.
struct Stream {
  z_stream z{};
  bool open = false;
  ~Stream() {
    if (open) inflateEnd(&z);
  }
};

struct Inflated {
  std::string bytes;
  bool ended = false;  // the stream's own end was reached
};

// At most `max_bytes` of output; where it would be longer `ended` is false.
Result<Inflated> inflate_prefix(Bytes packed, Wrapping wrapping, std::uint64_t max_bytes) {
  constexpr std::uint64_t kStep = 64 * 1024;
  if (packed.size() > std::numeric_limits<uInt>::max())
    return Error{Code::limit, "compressed part is larger than 4 GiB"};
  Stream stream;
  if (inflateInit2(&stream.z, wrapping == Wrapping::raw ? -MAX_WBITS : MAX_WBITS) != Z_OK)
    return Error{Code::internal, "zlib did not start"};
  stream.open = true;
  stream.z.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data()));
  stream.z.avail_in = static_cast<uInt>(packed.size());

  Inflated out;
  while (!out.ended) {
    const std::uint64_t room = std::min(kStep, max_bytes - out.bytes.size());
    if (room == 0) break;
    const std::size_t have = out.bytes.size();
    out.bytes.resize(have + static_cast<std::size_t>(room));
    stream.z.next_out = reinterpret_cast<Bytef*>(out.bytes.data() + have);
    stream.z.avail_out = static_cast<uInt>(room);
    const int code = inflate(&stream.z, Z_NO_FLUSH);
    out.bytes.resize(have + static_cast<std::size_t>(room - stream.z.avail_out));
    out.ended = code == Z_STREAM_END;
    if (code == Z_BUF_ERROR) break;  // the input ends before the stream does
    if (code != Z_OK && code != Z_STREAM_END)
      return Error{Code::invalid, "compressed data is broken", packed.size() - stream.z.avail_in};
    if (!out.ended && stream.z.avail_in == 0 && stream.z.avail_out != 0) break;
  }
  return out;
}

}  // namespace

Result<std::string> inflate_all(Bytes packed, Wrapping wrapping, std::uint64_t max_bytes) {
  Inflated out = TRY(inflate_prefix(packed, wrapping, max_bytes));
  if (out.ended) return std::move(out.bytes);
  if (out.bytes.size() < max_bytes)
    return Error{Code::invalid, "compressed data is cut short", packed.size()};
  // Exactly full: one more byte of room tells a full stream from one that is too long.
  const Inflated more = TRY(inflate_prefix(packed, wrapping, max_bytes + 1));
  if (more.ended && more.bytes.size() == max_bytes) return std::move(out.bytes);
  return Error{Code::limit, "unpacks to more than " + std::to_string(max_bytes) + " bytes"};
}

Status inflate_pieces(ByteSource& packed, Wrapping wrapping, std::uint64_t max_bytes,
                      const std::function<Status(std::string_view)>& take) {
  constexpr std::size_t kPiece = 1 << 20;
  Stream stream;
  if (inflateInit2(&stream.z, wrapping == Wrapping::raw ? -MAX_WBITS : MAX_WBITS) != Z_OK)
    return Error{Code::internal, "zlib did not start"};
  stream.open = true;
  std::string out(kPiece, '\0');
  std::uint64_t at = 0, made = 0;
  for (int code = Z_OK; code != Z_STREAM_END;) {
    std::string in = TRY(packed.copy(at, kPiece));
    if (in.empty()) return Error{Code::invalid, "compressed data is cut short", at};
    at += in.size();
    stream.z.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.z.avail_in = static_cast<uInt>(in.size());
    do {
      stream.z.next_out = reinterpret_cast<Bytef*>(out.data());
      stream.z.avail_out = static_cast<uInt>(out.size());
      code = inflate(&stream.z, Z_NO_FLUSH);
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
        return Error{Code::invalid, "compressed data is broken", at - stream.z.avail_in};
      const std::size_t got = out.size() - stream.z.avail_out;
      made += got;
      if (made > max_bytes)
        return Error{Code::limit, "unpacks to more than " + std::to_string(max_bytes) + " bytes"};
      TRY(take(std::string_view(out).substr(0, got)));
    } while (code == Z_OK && (stream.z.avail_in > 0 || stream.z.avail_out == 0));
  }
  return Done{};
}

std::string deflate_all(Bytes bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  const int code =
      compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), Z_DEFAULT_COMPRESSION);
  out.resize(code == Z_OK ? size : 0);  // there is room, so only memory can be missing
  return out;
}

std::uint32_t crc32_of(Bytes bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace assay::formats
