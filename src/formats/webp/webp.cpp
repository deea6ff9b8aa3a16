// SPDX-License-Identifier: Apache-2.0
#include "formats/webp/webp.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "formats/item_list.h"
#include "formats/patches.h"

namespace assay::formats::webp {
namespace {

constexpr std::uint64_t kHeader = 12;  // "RIFF", size, "WEBP"
constexpr std::uint64_t kFrame = 8;    // name and size before a chunk's data
constexpr std::string_view kExtended = "VP8X", kLossy = "VP8 ", kLossless = "VP8L", kExif = "EXIF",
                           kXmp = "XMP ";
constexpr std::uint8_t kXmpFlag = 0x04, kExifFlag = 0x08, kAlphaFlag = 0x10;  // of VP8X

struct Chunk {
  std::string name;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  // of the data
  std::uint64_t end = 0;   // with padding, which a last chunk may lack

  std::uint64_t data() const { return offset + kFrame; }
};

class Chunks {
 public:
  Chunks(ByteSource& in, const MediaLimits& limits) : in_(in), limits_(limits) {}

  // The next one; nothing behind the last.
  Result<std::optional<Chunk>> next() {
    if (at_ == 0) TRY(begin());
    if (at_ == end_) return std::optional<Chunk>();
    if (++count_ > limits_.elements) return Error{Code::limit, "too many chunks", at_};
    ByteReader head(TRY(in_.exactly(at_, kFrame)), at_);
    Chunk out{std::string(as_text(TRY(head.take(4)))), at_, TRY(head.le<std::uint32_t>()), 0};
    if (end_ - at_ < kFrame || out.size > end_ - at_ - kFrame)
      return Error{Code::invalid, "chunk ends too early", at_};
    out.end = std::min(out.data() + out.size + out.size % 2, end_);
    at_ = out.end;
    return std::optional<Chunk>(std::move(out));
  }

  std::uint64_t end() const { return end_; }  // of the RIFF

 private:
  Status begin() {
    ByteReader head(TRY(in_.exactly(0, kHeader)));
    const bool riff = as_text(TRY(head.take(4))) == "RIFF";
    const std::uint64_t size = TRY(head.le<std::uint32_t>());
    if (!riff || as_text(head.rest()) != "WEBP") return Error{Code::invalid, "not a WebP", 0};
    if (size < 4 || size > in_.size() - 8)
      return Error{Code::invalid, "the RIFF ends too early", 4};
    at_ = kHeader;
    end_ = size + 8;
    return Done{};
  }

  ByteSource& in_;
  const MediaLimits& limits_;
  std::uint64_t at_ = 0;
  std::uint64_t end_ = 0;
  std::uint64_t count_ = 0;
};

// What VP8X says: which kinds of chunks there are, and the size of the picture.
struct Extended {
  std::uint8_t flags = 0;
  std::uint32_t width = 0;
  std::uint32_t height = 0;

  std::string chunk() const {
    return std::string(kExtended) + little_endian(10, 4) + little_endian(flags, 4) +
           little_endian(width - 1, 3) + little_endian(height - 1, 3);
  }
};

// Of a lossy picture alone, from its key frame's header (RFC 6386, 9.1).
Result<Extended> of_lossy(ByteSource& in, const Chunk& chunk) {
  ByteReader head(TRY(in.exactly(chunk.data(), 10)), chunk.data());
  const Bytes tag = TRY(head.take(3));
  const bool key_frame = (std::to_integer<unsigned>(tag[0]) & 1) == 0;
  if (!key_frame || as_text(TRY(head.take(3))) != "\x9d\x01\x2a")
    return Error{Code::unsupported, "the picture's size is not known", chunk.offset};
  const std::uint16_t width = TRY(head.le<std::uint16_t>());
  const std::uint16_t height = TRY(head.le<std::uint16_t>());
  return Extended{0, width & 0x3fffu, height & 0x3fffu};
}

// Of a lossless one (WebP Lossless Bitstream, 3).
Result<Extended> of_lossless(ByteSource& in, const Chunk& chunk) {
  ByteReader head(TRY(in.exactly(chunk.data(), 5)), chunk.data());
  const std::uint8_t signature = TRY(head.le<std::uint8_t>());
  const std::uint32_t bits = TRY(head.le<std::uint32_t>());
  if (signature != 0x2f)
    return Error{Code::unsupported, "the picture's size is not known", chunk.offset};
  const std::uint8_t alpha = (bits >> 28 & 1) != 0 ? kAlphaFlag : std::uint8_t{0};
  return Extended{alpha, (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1};
}

// The VP8X of a picture without one.
Result<Extended> derived(ByteSource& in, const Chunk& picture) {
  Result<Extended> out =
      Error{Code::unsupported, "the picture's size is not known", picture.offset};
  if (picture.name == kLossy && picture.size >= 10) out = of_lossy(in, picture);
  if (picture.name == kLossless && picture.size >= 5) out = of_lossless(in, picture);
  if (out.ok() && (out->width == 0 || out->height == 0))
    return Error{Code::unsupported, "the picture's size is not known", picture.offset};
  return out;
}

// Only as the first chunk.
bool is_extended(const Chunk& chunk) {
  return chunk.offset == kHeader && chunk.name == kExtended && chunk.size >= 10;
}

Result<bool> sniff(Bytes head, ByteSource&) {
  const std::string_view text = as_text(head);
  return text.starts_with("RIFF") && text.substr(0, kHeader).ends_with("WEBP");
}

Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  Chunks chunks(in, limits);
  ItemList out(limits);
  bool xmp_follows = false;  // by the flags; readers look for one packet then
  while (true) {
    const std::optional<Chunk> chunk = TRY(chunks.next());
    if (!chunk) return std::move(out.metadata);
    if (is_extended(*chunk))
      xmp_follows =
          (std::to_integer<std::uint8_t>(TRY(in.exactly(chunk->data(), 1))[0]) & kXmpFlag) != 0;
    if (chunk->name != kXmp && chunk->name != kExif) continue;
    if (chunk->size > limits.value_bytes)
      return Error{Code::limit, chunk->name + " chunk is too long", chunk->offset};
    Item item{chunk->name == kXmp ? ItemKind::xmp : ItemKind::exif,
              chunk->name + " chunk at byte " + std::to_string(chunk->offset), chunk->offset};
    if (chunk->name == kXmp) {
      item.agreed = xmp_follows;
      xmp_follows = false;
    }
    item.value = as_text(TRY(in.exactly(chunk->data(), chunk->size)));
    TRY(out.add(std::move(item)));
  }
}

std::string make_chunk(std::string_view name, std::string_view data) {
  std::string out = std::string(name) + little_endian(data.size(), 4);
  out += data;
  if (data.size() % 2 != 0) out += '\0';
  return out;
}

// One walk over a file's chunks that makes the changes, then the flags that tell of the chunks and
// the size around them.
class Writer {
 public:
  Writer(ByteSource& in, const Metadata& have, const Change& change)
      : in_(in), have_(have), change_(change) {}

  Result<Splice> write(const MediaLimits& limits) {
    const auto edits = TRY(edits_by_offset(have_, change_));
    Chunks chunks(in_, limits);
    bool padded = true;
    while (true) {
      const std::optional<Chunk> chunk = TRY(chunks.next());
      if (!chunk) break;
      if (is_extended(*chunk)) extended_ = *chunk;
      if ((chunk->name == kLossy || chunk->name == kLossless) && !picture_) picture_ = *chunk;
      // Before what other packets there are: readers take the first one.
      if (chunk->name == kXmp) add_packet(chunk->offset);
      const auto edit = edits.find(chunk->offset);
      const bool edited = edit != edits.end();
      if (edited) replace(*chunk, edit->second->value);
      if (!edited || edit->second->value) note(*chunk);
      padded = edited || (chunk->end - chunk->offset) % 2 == 0;
    }
    if (change_.add && !added_ && !padded) put(chunks.end(), 0, std::string(1, '\0'));
    add_packet(chunks.end());
    TRY(set_flags());
    return finish(chunks.end());
  }

 private:
  void put(std::uint64_t at, std::uint64_t old_size, std::string bytes) {
    grown_ += static_cast<std::int64_t>(bytes.size()) - static_cast<std::int64_t>(old_size);
    patches_.replace(at, old_size, std::move(bytes));
  }

  void replace(const Chunk& chunk, const std::optional<std::string>& value) {
    put(chunk.offset, chunk.end - chunk.offset,
        value ? make_chunk(chunk.name, *value) : std::string());
  }

  void add_packet(std::uint64_t at) {
    if (!change_.add || added_) return;
    added_ = true;
    flags_ |= kXmpFlag;
    put(at, 0, make_chunk(kXmp, *change_.add));
  }

  // A packet that readers did not look for stays such a one.
  void note(const Chunk& chunk) {
    if (chunk.name == kExif) flags_ |= kExifFlag;
    for (const Item& item : have_.items)
      if (item.kind == ItemKind::xmp && item.agreed && item.offset == chunk.offset)
        flags_ |= kXmpFlag;
  }

  Status set_flags() {
    if (extended_) {
      const auto old = std::to_integer<std::uint8_t>(TRY(in_.exactly(extended_->data(), 1))[0]);
      const int kept = old & ~(flags_ & kExifFlag ? kXmpFlag : kXmpFlag | kExifFlag);
      patches_.replace(extended_->data(), 1,
                       std::string(1, static_cast<char>(kept | (flags_ & kXmpFlag))));
      return Done{};
    }
    if ((flags_ & kXmpFlag) == 0) return Done{};
    // A simple file begins with its picture.
    if (!picture_ || picture_->offset != kHeader)
      return Error{Code::unsupported, "the picture's size is not known", kHeader};
    Extended extended = TRY(derived(in_, *picture_));
    extended.flags |= flags_;
    put(kHeader, 0, extended.chunk());
    return Done{};
  }

  Result<Splice> finish(std::uint64_t end) {
    const std::uint64_t size = end - 8 + static_cast<std::uint64_t>(grown_);
    if (size > 0xffff'fffe)
      return Error{Code::unsupported, "the new value is too long for this format", 0};
    patches_.replace(4, 4, little_endian(size, 4));
    return patches_.splice(in_.size());
  }

  ByteSource& in_;
  const Metadata& have_;
  const Change& change_;
  Patches patches_;
  std::optional<Chunk> extended_, picture_;
  bool added_ = false;
  std::uint8_t flags_ = 0;  // of the chunks of the new file
  std::int64_t grown_ = 0;  // bytes
};

Result<Splice> write(ByteSource& in, const Metadata& have, const Change& change,
                     const MediaLimits& limits) {
  return Writer(in, have, change).write(limits);
}

constexpr MediaFormat kWebp{
    .name = "WebP",
    .place = {"XMP 块中的 XMP 属性 TC260:AIGC", "the XMP property TC260:AIGC in the XMP chunk"},
    .adds = ItemKind::xmp,
    .sniff = sniff,
    .read = read,
    .write = write};

}  // namespace

const std::span<const MediaFormat> kMedia(&kWebp, 1);

}  // namespace assay::formats::webp
