// SPDX-License-Identifier: Apache-2.0
//
// README.md has the bytes.
#include "formats/id3v2_size.h"
#include "formats/media.h"
#include "formats/vorbis_comment.h"

namespace assay::formats::flac {
namespace {

constexpr std::string_view kSignature = "fLaC";
constexpr std::uint64_t kHeader = 4;  // of a block
constexpr std::uint64_t kMaxLength = 0xff'ffff;
constexpr std::uint64_t kMaxTags = 16;  // ID3v2 in front
enum Type : std::uint8_t { kStreamInfo = 0, kPadding = 1, kComment = 4, kForbidden = 127 };

struct Block {
  std::uint8_t type = 0;
  std::uint64_t offset = 0;              // of its header in the file
  std::uint64_t length = 0;              // of the data
  std::optional<std::string> data = {};  // where it differs from the file's
};

struct Flac {
  explicit Flac(const MediaLimits& limits) : comments(limits) {}
  std::uint64_t start = 0;  // of the first block
  std::uint64_t end = 0;    // of the last one
  std::vector<Block> blocks;
  std::vector<std::size_t> comment_blocks;  // of each list of `comments`
  Comments comments;
};

Status read_comments(ByteSource& in, const Block& block, const MediaLimits& limits, Flac& flac) {
  if (block.length > limits.total_bytes)
    return Error{Code::limit, "comments are too long", block.offset};
  const Bytes data = TRY(in.exactly(block.offset + kHeader, block.length));
  flac.comment_blocks.push_back(flac.blocks.size());
  return flac.comments.add(ByteReader(data, block.offset + kHeader),
                           {"VORBIS_COMMENT block", block.offset}, limits);
}

Result<Flac> scan(ByteSource& in, const MediaLimits& limits) {
  Flac flac(limits);
  flac.start = TRY(behind_id3v2(in, kMaxTags));
  if (as_text(TRY(in.view(flac.start, kSignature.size()))) != kSignature)
    return Error{Code::invalid, "not a FLAC", flac.start};
  flac.start += kSignature.size();
  std::uint64_t at = flac.start;
  for (bool last = false; !last;) {
    ByteReader head(TRY(in.exactly(at, kHeader)), at);
    const std::uint32_t word = TRY(head.be<std::uint32_t>());
    last = word >> 31 != 0;
    const Block block{static_cast<std::uint8_t>(word >> 24 & 0x7f), at, word & kMaxLength};
    if (block.type == kForbidden || (block.type == kStreamInfo) != flac.blocks.empty())
      return Error{Code::invalid, "metadata block out of place", at};
    if (block.length > in.size() - at - kHeader)
      return Error{Code::invalid, "metadata block ends too early", at};
    if (flac.blocks.size() >= limits.elements) return Error{Code::limit, "too many elements", at};
    if (block.type == kComment) TRY(read_comments(in, block, limits, flac));
    flac.blocks.push_back(block);
    at += kHeader + block.length;
  }
  flac.end = at;
  return flac;
}

// Gives or takes the blocks' growth to or from the first padding that has room for it, so that the
// sound stays where it is.
void use_padding(std::vector<Block>& blocks, std::uint64_t size_before) {
  std::uint64_t size = 0;
  for (const Block& block : blocks) size += kHeader + block.length;
  for (auto block = blocks.begin(); block != blocks.end(); ++block) {
    if (block->type != kPadding) continue;
    const std::uint64_t room = size_before + block->length + kHeader;  // with the padding gone
    if (room == size) {
      blocks.erase(block);
      return;
    }
    if (room < size + kHeader || room - size - kHeader > kMaxLength) continue;
    block->length = room - size - kHeader;
    block->data = std::string(static_cast<std::size_t>(block->length), '\0');
    return;
  }
}

Splice splice_of(const Flac& flac, std::uint64_t file_size) {
  Splice out;
  out.keep(0, flac.start);
  for (const Block& block : flac.blocks) {
    const bool last = &block == &flac.blocks.back();
    const std::uint64_t word =
        std::uint64_t{last ? 0x80u : 0u} << 24 | std::uint64_t{block.type} << 24 | block.length;
    for (int shift = 24; shift >= 0; shift -= 8) {
      const char byte = static_cast<char>(word >> shift);
      out.put({&byte, 1});
    }
    if (block.data)
      out.put(*block.data);
    else
      out.keep(block.offset + kHeader, block.length);
  }
  out.keep(flac.end, file_size - flac.end);
  return out;
}

Result<bool> sniff(Bytes head, ByteSource& in) {
  if (as_text(head).starts_with(kSignature)) return true;
  if (id3v2_size(head) == 0) return false;
  const std::uint64_t start = TRY(behind_id3v2(in, kMaxTags));
  return as_text(TRY(in.view(start, kSignature.size()))) == kSignature;
}

Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  Flac flac = TRY(scan(in, limits));
  return std::move(flac.comments.items.metadata);
}

Result<Splice> write(ByteSource& in, const Metadata&, const Change& change,
                     const MediaLimits& limits) {
  Flac flac = TRY(scan(in, limits));
  if (flac.comments.lists.empty() && change.add) {
    flac.comments.lists.push_back({"assay", {}, {}});
    flac.comment_blocks.push_back(1);
    flac.blocks.insert(flac.blocks.begin() + 1, {kComment, flac.start, 0, std::string()});
  }
  TRY(flac.comments.apply(change));
  for (std::size_t i = 0; i < flac.comment_blocks.size(); ++i) {
    if (!flac.comments.lists[i].readable) continue;
    Block& block = flac.blocks[flac.comment_blocks[i]];
    block.data = flac.comments.lists[i].bytes();
    block.length = block.data->size();
    if (block.length > kMaxLength)
      return Error{Code::unsupported, "a metadata block holds no more than 16 MiB", block.offset};
  }
  use_padding(flac.blocks, flac.end - flac.start);
  return splice_of(flac, in.size());
}

constexpr MediaFormat kFormats[] = {
    {.name = "FLAC",
     .place = {"VORBIS_COMMENT 块中键为 AIGC 的注释", "comment AIGC of the VORBIS_COMMENT block"},
     .adds = ItemKind::text,
     .sniff = sniff,
     .read = read,
     .write = write},
};

}  // namespace

extern const std::span<const MediaFormat> kMedia;
const std::span<const MediaFormat> kMedia = kFormats;

}  // namespace assay::formats::flac
