// SPDX-License-Identifier: Apache-2.0
#include "formats/gif/gif.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/strings.h"
#include "formats/gif/blocks.h"
#include "formats/item_list.h"
#include "formats/latin1.h"
#include "formats/patches.h"

namespace assay::formats::gif {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kXmp = "\x0bXMP DataXMP"sv;

// Behind a packet, whose bytes a reader of sub-blocks takes for lengths: wherever it lands here, it
// comes to the end of the block (XMP part 3, 1.1.2).
std::string magic_trailer() {
  std::string out = "\x01";
  for (int i = 255; i >= 0; --i) out += static_cast<char>(i);
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
  ItemList out(limits);
  while (true) {
    const std::optional<Block> block = TRY(blocks.next());
    if (!block) return std::move(out.metadata);
    if (block->draws()) continue;
    const std::uint64_t size = block->end - block->blocks;
    if (block->kind == kApplication && as_text(TRY(in.view(block->blocks, kXmp.size()))) != kXmp)
      continue;
    if (size > limits.value_bytes) return Error{Code::limit, "value is too long", block->offset};
    std::optional<Item> item = item_of(*block, as_text(TRY(in.exactly(block->blocks, size))));
    if (item) TRY(out.add(std::move(*item)));
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
