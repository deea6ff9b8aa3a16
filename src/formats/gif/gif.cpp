// SPDX-License-Identifier: Apache-2.0
#include "formats/gif/gif.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/strings.h"
#include "formats/latin1.h"
#include "formats/patches.h"

namespace assay::formats::gif {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kOld = "GIF87a";
constexpr std::string_view kNew = "GIF89a";
constexpr std::uint64_t kHeader = 13;  // with the logical screen descriptor

constexpr std::uint8_t kExtension = 0x21;
constexpr std::uint8_t kImage = 0x2c;
constexpr std::uint8_t kTrailer = 0x3b;
constexpr std::uint8_t kComment = 0xfe;
constexpr std::uint8_t kApplication = 0xff;
constexpr std::string_view kXmp = "\x0bXMP DataXMP"sv;

// Behind a packet, whose bytes a reader of sub-blocks takes for lengths: wherever it lands here, it
// comes to the end of the block (XMP part 3, 1.1.2).
std::string magic_trailer() {
  std::string out = "\x01";
  for (int i = 255; i >= 0; --i) out += static_cast<char>(i);
  return out + '\0';
}

struct Block {
  std::uint64_t offset = 0;
  std::uint8_t kind = 0;     // kImage, or the label of an extension
  std::uint64_t blocks = 0;  // where its sub-blocks begin
  std::uint64_t end = 0;

  // Comments and application extensions stand before or between what is drawn.
  bool draws() const { return kind != kComment && kind != kApplication; }
};

class Blocks {
 public:
  Blocks(ByteSource& in, const MediaLimits& limits) : in_(in), limits_(limits) {}

  // The next one; nothing at the trailer, which many files go without.
  Result<std::optional<Block>> next() {
    if (at_ == 0) TRY(begin());
    if (at_ == in_.size()) return std::optional<Block>();
    Block out{at_, TRY(byte(at_)), 0, 0};
    if (out.kind == kTrailer) return std::optional<Block>();
    if (++count_ > limits_.elements) return Error{Code::limit, "too many blocks", at_};
    if (out.kind == kExtension) {
      out.kind = TRY(byte(at_ + 1));
      out.blocks = at_ + 2;
    } else if (out.kind == kImage) {
      const std::uint64_t table = TRY(colour_table(at_ + 9));
      out.blocks = at_ + 10 + table + 1;  // behind the LZW code size
    } else {
      return Error{Code::invalid, "neither an image nor an extension", at_};
    }
    out.end = TRY(behind_sub_blocks(out.blocks));
    at_ = out.end;
    return std::optional<Block>(out);
  }

  std::uint64_t at() const { return at_; }  // behind the last block that was returned

 private:
  Result<std::uint8_t> byte(std::uint64_t at) {
    return std::to_integer<std::uint8_t>(TRY(in_.exactly(at, 1))[0]);
  }

  // Bytes of the table that the flags at `at` tell of.
  Result<std::uint64_t> colour_table(std::uint64_t at) {
    const std::uint8_t flags = TRY(byte(at));
    return (flags & 0x80) == 0 ? std::uint64_t{0} : std::uint64_t{3} << ((flags & 7) + 1);
  }

  Status begin() {
    const std::string_view start = as_text(TRY(in_.view(0, kOld.size())));
    if (start != kOld && start != kNew) return Error{Code::invalid, "not a GIF", 0};
    at_ = kHeader + TRY(colour_table(10));
    return Done{};
  }

  Result<std::uint64_t> behind_sub_blocks(std::uint64_t at) {
    while (true) {
      const std::uint8_t size = TRY(byte(at));
      at += std::uint64_t{size} + 1;
      if (size == 0) return at;
    }
  }

  ByteSource& in_;
  const MediaLimits& limits_;
  std::uint64_t at_ = 0;
  std::uint64_t count_ = 0;
};

// The data of sub-blocks, to the one of no bytes.
std::string joined(std::string_view blocks) {
  std::string out;
  while (!blocks.empty()) {
    const auto size = static_cast<std::uint8_t>(blocks.front());
    out += blocks.substr(1, size);
    blocks.remove_prefix(std::min<std::size_t>(blocks.size(), std::size_t{size} + 1));
  }
  return out;
}

std::string sub_blocks(std::string_view data) {
  std::string out;
  for (; !data.empty(); data.remove_prefix(std::min<std::size_t>(data.size(), 255))) {
    const std::string_view part = data.substr(0, 255);
    out += static_cast<char>(part.size());
    out += part;
  }
  return out + '\0';
}

// The item of a comment or an application extension, if it is one that is kept.
std::optional<Item> item_of(const Block& block, std::string_view data) {
  static const std::string kMagic = magic_trailer();
  const std::string at = " extension at byte " + std::to_string(block.offset);
  if (block.kind == kComment) {
    Item item{ItemKind::text, "comment" + at, block.offset};
    item.agreed = false;
    item.value = joined(data);
    if (!valid_utf8(item.value)) item.value = latin1_to_utf8(item.value);
    return item;
  }
  if (!data.starts_with(kXmp)) return std::nullopt;
  Item item{ItemKind::xmp, "application" + at, block.offset};
  data.remove_prefix(kXmp.size());
  item.agreed = data.ends_with(kMagic);
  item.value = item.agreed ? data.substr(0, data.size() - kMagic.size()) : joined(data);
  return item;
}

Result<bool> sniff(Bytes head, ByteSource&) {
  return as_text(head).starts_with(kOld) || as_text(head).starts_with(kNew);
}

Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  Blocks blocks(in, limits);
  Metadata out;
  std::uint64_t total = 0;
  while (true) {
    const std::optional<Block> block = TRY(blocks.next());
    if (!block) return out;
    if (block->draws()) continue;
    const std::uint64_t size = block->end - block->blocks;
    if (block->kind == kApplication && as_text(TRY(in.view(block->blocks, kXmp.size()))) != kXmp)
      continue;
    if (size > limits.value_bytes) return Error{Code::limit, "value is too long", block->offset};
    std::optional<Item> item = item_of(*block, as_text(TRY(in.exactly(block->blocks, size))));
    if (item) TRY(add_item(out, std::move(*item), total, limits));
  }
}

Result<std::string> xmp_block(std::string_view packet) {
  if (packet.find('\0') != std::string_view::npos)
    return Error{Code::unsupported, "the new value has a NUL", 0};
  return std::string("\x21\xff").append(kXmp).append(packet).append(magic_trailer());
}

Result<std::string> block_of(ItemKind kind, std::string_view value) {
  if (kind == ItemKind::xmp) return xmp_block(value);
  return "\x21\xfe" + sub_blocks(value);
}

// A new packet stands before the first block that draws: readers know it before any picture.
Result<Splice> write(ByteSource& in, const Metadata& have, const Change& change,
                     const MediaLimits& limits) {
  auto edits = TRY(edits_by_offset(have, change));
  Patches patches;
  Blocks blocks(in, limits);
  std::optional<std::uint64_t> add_at;
  bool extends = change.add.has_value();
  while (true) {
    const std::optional<Block> block = TRY(blocks.next());
    if (!block) break;
    if (block->draws() && !add_at) add_at = block->offset;
    const auto edit = edits.find(block->offset);
    if (edit == edits.end()) continue;
    const auto& [item, value] = *edit->second;
    std::string bytes;
    if (value) bytes = TRY(block_of(have.items[item].kind, *value));
    extends = extends || value;
    patches.replace(block->offset, block->end - block->offset, std::move(bytes));
  }
  if (change.add) patches.replace(add_at.value_or(blocks.at()), 0, TRY(xmp_block(*change.add)));
  // GIF87a has no extensions.
  if (extends) patches.replace(0, kNew.size(), std::string(kNew));
  return patches.splice(in.size());
}

constexpr MediaFormat kGif{.name = "GIF",
                           .place = {"应用程序扩展块中的 XMP 属性 TC260:AIGC",
                                     "the XMP property TC260:AIGC in an application extension"},
                           .adds = ItemKind::xmp,
                           .sniff = sniff,
                           .read = read,
                           .write = write};

}  // namespace

const std::span<const MediaFormat> kMedia(&kGif, 1);

}  // namespace assay::formats::gif
