// SPDX-License-Identifier: Apache-2.0
#include "formats/png/png.h"

#include <zlib.h>

#include <algorithm>
#include <string_view>

#include "base/strings.h"
#include "formats/inflate.h"
#include "formats/item_list.h"
#include "formats/latin1.h"
#include "formats/patches.h"

namespace assay::formats::png {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n";
constexpr std::uint64_t kMaxLength = 0x7fff'ffff;  // PNG 5.3
constexpr std::uint64_t kFrame = 12;               // length, type and CRC around the data
constexpr std::uint64_t kMaxKeyword = 79;          // PNG 11.3.3.2
constexpr std::string_view kXmpKeyword = "XML:com.adobe.xmp";

// A chunk's type as the number it is stored as.
constexpr std::uint32_t type_code(std::string_view name) {
  std::uint32_t out = 0;
  for (const char c : name) out = out << 8 | static_cast<unsigned char>(c);
  return out;
}
constexpr std::uint32_t kHeader = type_code("IHDR"), kImage = type_code("IDAT"),
                        kEnd = type_code("IEND"), kPlain = type_code("tEXt"),
                        kPacked = type_code("zTXt"), kUtf8 = type_code("iTXt"),
                        kExif = type_code("eXIf");

bool is_type(std::string_view type) {
  return std::all_of(type.begin(), type.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}

std::uint32_t crc_of(Bytes type_and_data) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(type_and_data.data()), type_and_data.size()));
}

struct Chunk {
  std::uint64_t offset = 0;  // of its length field
  std::uint32_t length = 0;
  std::uint32_t type = 0;

  std::uint64_t size() const { return length + kFrame; }
  std::string name() const { return big_endian(type, 4); }
};

// The chunks of a file, to IEND.
class Chunks {
 public:
  Chunks(ByteSource& in, const MediaLimits& limits) : in_(in), limits_(limits) {}

  Result<Chunk> next() {
    if (count_ == 0) TRY(begin());
    ByteReader head(TRY(in_.exactly(at_, 8)), at_);
    const std::uint32_t length = TRY(head.be<std::uint32_t>());
    const bool letters = is_type(as_text(head.rest()));
    const Chunk chunk{at_, length, TRY(head.be<std::uint32_t>())};
    if (length > kMaxLength) return Error{Code::invalid, "chunk length over 2^31 - 1", at_};
    if (!letters) return Error{Code::invalid, "chunk type is not four letters", at_};
    if (chunk.size() > in_.size() - at_) return Error{Code::invalid, "chunk ends too early", at_};
    if (++count_ > limits_.elements) return Error{Code::limit, "too many chunks", at_};
    if (count_ == 1 && (chunk.type != kHeader || length != 13))
      return Error{Code::invalid, "does not begin with IHDR", at_};
    at_ += chunk.size();
    return chunk;
  }

 private:
  Status begin() {
    if (as_text(TRY(in_.view(0, kSignature.size()))) != kSignature)
      return Error{Code::invalid, "not a PNG", 0};
    at_ = kSignature.size();
    return Done{};
  }

  ByteSource& in_;
  const MediaLimits& limits_;
  std::uint64_t at_ = 0;
  std::uint64_t count_ = 0;
};

// A text chunk taken apart.
struct TextParts {
  std::string_view keyword;
  bool compressed = false;
  std::string_view labels;  // of iTXt: language and translated keyword with their ends
  Bytes text;               // as stored
};

Result<TextParts> text_parts(Bytes data, std::uint32_t type, std::uint64_t at) {
  ByteReader in(data, at);
  TextParts out;
  out.keyword = as_text(TRY(in.until(std::byte{0})));
  if (out.keyword.empty() || out.keyword.size() > kMaxKeyword)
    return Error{Code::invalid, "keyword is empty or too long", in.offset()};
  out.compressed = type == kPacked;
  if (type == kUtf8) out.compressed = TRY(in.le<std::uint8_t>()) != 0;
  if (type != kPlain && TRY(in.le<std::uint8_t>()) != 0)
    return Error{Code::invalid, "unknown compression method", in.offset()};
  if (type == kUtf8) {
    const std::string_view rest = as_text(in.rest());
    TRY(in.until(std::byte{0}));
    TRY(in.until(std::byte{0}));
    out.labels = rest.substr(0, rest.size() - in.remaining());
  }
  out.text = in.rest();
  return out;
}

// Fills an item from a text chunk's data.
Status read_text(Bytes data, std::uint32_t type, const MediaLimits& limits, Item& item) {
  const TextParts parts = TRY(text_parts(data, type, item.offset + 8));
  if (parts.keyword == kXmpKeyword) {
    item.kind = ItemKind::xmp;
    item.agreed = type == kUtf8 && !parts.compressed;
  } else {
    item.key = latin1_to_utf8(parts.keyword);
    item.place += ", keyword " + printable(item.key, kMaxKeyword);
    item.agreed = false;  // TC260-PG-20259A: a label stands in XMP
  }
  if (parts.compressed) {
    Result<std::string> text = inflate_all(parts.text, Wrapping::zlib, limits.value_bytes);
    if (!text.ok()) return std::move(text).error();
    item.value = std::move(*text);
  } else {
    item.value = as_text(parts.text);
  }
  if (item.kind == ItemKind::text && !valid_utf8(item.value))
    item.value = latin1_to_utf8(item.value);
  return Done{};
}

// A chunk that breaks its own layout is noted; only a limit or the system stops the reading.
Result<Item> read_item(ByteSource& in, const Chunk& chunk, const MediaLimits& limits) {
  if (chunk.length > limits.value_bytes)
    return Error{Code::limit, chunk.name() + " chunk is too long", chunk.offset};
  const Bytes raw = TRY(in.exactly(chunk.offset + 4, std::uint64_t{chunk.length} + 8));
  const Bytes data = raw.subspan(4, chunk.length);
  ByteReader tail(raw.last(4));
  Item item{ItemKind::text, chunk.name() + " chunk at byte " + std::to_string(chunk.offset),
            chunk.offset};
  item.damaged = crc_of(raw.first(raw.size() - 4)) != TRY(tail.be<std::uint32_t>());
  if (chunk.type == kExif) {
    item.kind = ItemKind::exif;
    item.value = as_text(data);
    return item;
  }
  const Status done = read_text(data, chunk.type, limits, item);
  if (done.ok()) return item;
  if (done.error().code != Code::invalid)
    return Error{done.error().code, done.error().what, chunk.offset};
  item.broken = done.error().what;
  return item;
}

Result<bool> sniff(Bytes head, ByteSource&) { return as_text(head).starts_with(kSignature); }

Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  Chunks chunks(in, limits);
  ItemList out(limits);
  while (true) {
    const Chunk chunk = TRY(chunks.next());
    if (chunk.type == kEnd) return std::move(out.metadata);
    if (chunk.type != kPlain && chunk.type != kPacked && chunk.type != kUtf8 && chunk.type != kExif)
      continue;
    Item item = TRY(read_item(in, chunk, limits));
    TRY(out.add(std::move(item)));
  }
}

Result<std::string> make_chunk(std::uint32_t type, std::string_view data) {
  if (data.size() > kMaxLength)
    return Error{Code::unsupported, "the new value is too long for this format", 0};
  const std::string body = big_endian(type, 4).append(data);
  return big_endian(data.size(), 4) + body + big_endian(crc_of(as_raw(body)), 4);
}

// A text under its keyword, never compressed: in iTXt, but ASCII where there was no iTXt in tEXt.
Result<std::string> text_chunk(std::uint32_t old, const TextParts& parts, std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
  std::string data(parts.keyword);
  data += '\0';
  if (old != kUtf8 && ascii) return make_chunk(kPlain, data.append(text));
  data += "\0\0"sv;
  data += parts.labels.empty() ? "\0\0"sv : parts.labels;
  return make_chunk(kUtf8, data.append(text));
}

// The chunk that takes the place of `chunk`.
Result<std::string> edited(ByteSource& in, const Chunk& chunk, std::string_view value) {
  if (chunk.type == kExif) return make_chunk(kExif, value);
  const std::string data = TRY(in.copy(chunk.offset + 8, chunk.length));
  const Result<TextParts> parts = text_parts(as_raw(data), chunk.type, chunk.offset + 8);
  if (!parts.ok()) return Error{Code::unsupported, parts.error().what, chunk.offset};
  return text_chunk(chunk.type, *parts, value);
}

Result<Splice> write(ByteSource& in, const Metadata& have, const Change& change,
                     const MediaLimits& limits) {
  auto edits = TRY(edits_by_offset(have, change));
  Patches patches;
  Chunks chunks(in, limits);
  bool added = !change.add;
  while (true) {
    const Chunk chunk = TRY(chunks.next());
    if (!added && (chunk.type == kImage || chunk.type == kEnd)) {
      patches.replace(chunk.offset, 0,
                      TRY(text_chunk(kUtf8, {kXmpKeyword, false, {}, {}}, *change.add)));
      added = true;
    }
    if (chunk.type == kEnd) return patches.splice(in.size());
    const auto edit = edits.find(chunk.offset);
    if (edit == edits.end()) continue;
    const auto& value = edit->second->value;
    std::string bytes;
    if (value) bytes = TRY(edited(in, chunk, *value));
    patches.replace(chunk.offset, chunk.size(), std::move(bytes));
  }
}

constexpr MediaFormat kPng{
    .name = "PNG",
    .place = {"iTXt 块中的 XMP 属性 TC260:AIGC", "the XMP property TC260:AIGC in an iTXt chunk"},
    .adds = ItemKind::xmp,
    .sniff = sniff,
    .read = read,
    .write = write};

}  // namespace

const std::span<const MediaFormat> kMedia(&kPng, 1);

}  // namespace assay::formats::png
