// SPDX-License-Identifier: Apache-2.0
#include "formats/id3/tag.h"

#include "formats/id3v2_size.h"
#include "formats/inflate.h"

namespace assay::formats::id3 {
namespace {

enum TagFlag : std::uint8_t { kUnsync = 0x80, kExtended = 0x40, kFooter = 0x10 };
constexpr std::uint64_t kMaxSize = 0x0fff'ffff;  // of 4 times 7 bits
constexpr std::size_t kRoom = 1024;  // least padding of a tag that grew, for the next time

// The flags of frames, with what stands between header and data for them in this order.
struct FrameFlags {
  std::uint16_t group, compressed, encrypted, unsync, length;
};
constexpr FrameFlags kFlags3 = {0x20, 0x80, 0x40, 0, 0};
constexpr FrameFlags kFlags4 = {0x40, 0x08, 0x04, 0x02, 0x01};

std::string without_unsync(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '\xff' && i + 1 < text.size() && text[i + 1] == '\0') ++i;
  }
  return out;
}

// No byte ff before one that would look like a sync, or at the end.
std::string with_unsync(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] != '\xff') continue;
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    if (next >= 0xe0 || next == 0) out += '\0';
  }
  return out;
}

std::uint32_t syncsafe(std::uint32_t raw) {
  return (raw & 0x7f) | (raw >> 1 & 0x3f80) | (raw >> 2 & 0x1f'c000) | (raw >> 3 & 0xfe0'0000);
}

std::string size_bytes(std::uint64_t size, int bits) {
  std::string out;
  for (int i = 3; i >= 0; --i) out += static_cast<char>(size >> bits * i & ((1u << bits) - 1));
  return out;
}

bool is_id(std::string_view id) {
  if (id.size() < 3) return false;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const char c = id[i];
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    // iTunes writes ids of ID3v2.2 into later tags, with a fourth byte.
    if (!letter && !(i == 3 && (c == '\0' || c == ' '))) return false;
  }
  return true;
}

// Could a frame end at `at`? At the end of the body, before padding or another frame.
bool may_end(std::string_view body, std::uint64_t at) {
  if (at >= body.size()) return at == body.size();
  const std::string_view next = body.substr(static_cast<std::size_t>(at), 4);
  return next[0] == '\0' || (next.size() == 4 && is_id(next));
}

// ID3v2.4 has 7 bits a byte, but older iTunes wrote 8: where only these lead to another frame,
// these.
std::uint32_t size_of_frame_4(std::string_view body, std::size_t data, std::uint32_t raw) {
  const std::uint32_t safe = syncsafe(raw);
  if ((raw & 0x8080'8080) != 0) return raw;
  const bool plain =
      !may_end(body, std::uint64_t{data} + safe) && may_end(body, std::uint64_t{data} + raw);
  return plain ? raw : safe;
}

Status read_extended(ByteReader& in, Tag& tag) {
  if (tag.version == 3) {
    const std::uint32_t size = TRY(in.be<std::uint32_t>());
    TRY(in.take(size));
    return Done{};
  }
  const std::uint32_t size = syncsafe(TRY(in.be<std::uint32_t>()));
  if (size < 6) return Error{Code::invalid, "extended header is too short", in.offset()};
  const Bytes rest = TRY(in.take(size - 4));
  tag.restricted = (rest[1] & ~std::byte{0x20}) != std::byte{0};
  return Done{};
}

// The frame at `in`, whose position is one in tag.body.
Result<Frame> read_header(ByteReader& in, const Tag& tag) {
  Frame frame;
  frame.begin = static_cast<std::size_t>(in.offset());
  frame.id = as_text(TRY(in.take(tag.version == 2 ? 3 : 4)));
  if (!is_id(frame.id)) return Error{Code::invalid, "no frame here"};
  std::uint32_t size = 0;
  if (tag.version == 2) {
    for (const std::byte byte : TRY(in.take(3)))
      size = size << 8 | std::to_integer<std::uint32_t>(byte);
  } else {
    size = TRY(in.be<std::uint32_t>());
    frame.flags = TRY(in.be<std::uint16_t>());
  }
  frame.data = static_cast<std::size_t>(in.offset());
  if (tag.version == 4) size = size_of_frame_4(tag.body, frame.data, size);
  TRY(in.take(size));
  frame.end = static_cast<std::size_t>(in.offset());
  const bool moved = tag.version < 4 && (tag.flags & kUnsync) != 0;
  frame.offset = tag.offset + (moved ? 0 : kId3Header + frame.begin);
  return frame;
}

Status read_frames(Tag& tag, const MediaLimits& limits) {
  ByteReader in(as_raw(tag.body));
  if (tag.version == 2 && (tag.flags & kExtended) != 0)
    return Error{Code::invalid, "compressed by an unknown method"};
  if ((tag.flags & kExtended) != 0) TRY(read_extended(in, tag));
  while (!in.empty() && in.rest()[0] != std::byte{0}) {
    if (tag.frames.size() >= limits.elements) return Error{Code::limit, "too many elements"};
    tag.frames.push_back(TRY(read_header(in, tag)));
  }
  return Done{};
}

}  // namespace

Result<Tag> read_tag(ByteSource& in, std::uint64_t offset, std::uint64_t size,
                     const MediaLimits& limits) {
  if (offset > in.size() || size > in.size() - offset)
    return Error{Code::invalid, "tag ends too early", offset};
  if (size > limits.total_bytes) return Error{Code::limit, "tag is too long", offset};
  Tag tag{offset, size};
  const Bytes head = TRY(in.exactly(offset, kId3Header));
  tag.version = std::to_integer<int>(head[3]);
  tag.flags = std::to_integer<std::uint8_t>(head[5]);
  if (tag.version < 2 || tag.version > 4) {
    tag.broken = "unknown version";
    return tag;
  }
  const std::uint64_t footer = tag.version == 4 && (tag.flags & kFooter) != 0 ? kId3Header : 0;
  tag.body = TRY(in.copy(offset + kId3Header, size - kId3Header - footer));
  if (tag.version < 4 && (tag.flags & kUnsync) != 0) tag.body = without_unsync(tag.body);
  const Status done = read_frames(tag, limits);
  if (!done.ok() && done.error().code != Code::invalid)
    return Error{done.error().code, done.error().what, offset};
  if (!done.ok()) tag.broken = done.error().what;
  return tag;
}

Result<std::string> frame_data(const Tag& tag, const Frame& frame, const MediaLimits& limits) {
  const std::string_view whole = std::string_view(tag.body).substr(0, frame.end);
  ByteReader in(as_raw(whole.substr(frame.data)), frame.data);
  const FrameFlags& known = tag.version == 4 ? kFlags4 : kFlags3;
  const auto is = [&](std::uint16_t flag) { return (frame.flags & flag) != 0; };
  if (is(known.encrypted)) return Error{Code::invalid, "encrypted"};
  if (tag.version == 3 && is(known.compressed)) TRY(in.take(4));  // its length unpacked
  if (is(known.group)) TRY(in.take(1));
  if (is(known.length)) TRY(in.take(4));  // the same in ID3v2.4
  std::string data(as_text(in.rest()));
  if (is(known.unsync) || (tag.version == 4 && (tag.flags & kUnsync) != 0))
    data = without_unsync(data);
  if (!is(known.compressed)) return data;
  return inflate_all(as_raw(data), Wrapping::zlib, limits.value_bytes);
}

Result<Content> read_frame(const Tag& tag, const Frame& frame, const MediaLimits& limits) {
  const std::string data = TRY(frame_data(tag, frame, limits));
  return read_content(frame.id, ByteReader(as_raw(data)));
}

Result<std::string> frame_bytes(const Tag& tag, std::string_view id, const Content& content) {
  std::string data = content_bytes(id, content, tag.version);
  const bool unsync = tag.version == 4 && (tag.flags & kUnsync) != 0;
  if (unsync) data = with_unsync(data);
  if (data.size() > kMaxSize)
    return Error{Code::unsupported, "a tag holds no more than 256 MiB", tag.offset};
  std::string out(id);
  out += size_bytes(data.size(), tag.version == 4 ? 7 : 8);
  out += '\0';
  out += static_cast<char>(unsync ? kFlags4.unsync : 0);
  return out + data;
}

Result<std::string> tag_bytes(const Tag& tag, std::string frames) {
  const bool footer = (tag.flags & kFooter) != 0 && tag.version == 4;
  const std::uint64_t before = tag.size < kId3Header ? 0 : tag.size - kId3Header;
  // Grown in steps, so that a label of a few bytes more or less leaves the same file without it.
  const std::size_t grown = (frames.size() / kRoom + 2) * kRoom;
  if (!footer) frames.resize(frames.size() <= before ? static_cast<std::size_t>(before) : grown);
  if (frames.size() > kMaxSize)
    return Error{Code::unsupported, "a tag holds no more than 256 MiB", tag.offset};
  std::string head;
  head += static_cast<char>(tag.version);
  head += '\0';
  // `frames` are plain in ID3v2.3. Written so, since ffmpeg counts sizes in unsynchronised bytes.
  const int undone = tag.version == 3 ? kExtended | kUnsync : kExtended;
  head += static_cast<char>(tag.flags & ~undone);
  head += size_bytes(frames.size(), 7);
  return "ID3" + head + frames + (footer ? "3DI" + head : "");
}

}  // namespace assay::formats::id3
