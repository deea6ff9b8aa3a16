// SPDX-License-Identifier: Apache-2.0
//
// The metadata of media files and documents, one shape for all of them: what a container holds that
// may be, or may hold, a label, and the same file with other metadata. A format is one folder with
// its row(s) of MediaFormat, registered by its line in media.def.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.h"
#include "base/splice.h"
#include "base/text.h"

namespace assay::formats {

struct MediaLimits {
  std::uint64_t elements = 200'000;                     // boxes, chunks, segments, frames, tags
  std::uint64_t value_bytes = std::uint64_t{16} << 20;  // of one item, as stored or unpacked
  std::uint64_t total_bytes = std::uint64_t{64} << 20;  // of all items of a file
  std::uint32_t depth = 32;                             // of nesting
};

enum class ItemKind : std::uint8_t {
  xmp,   // an XMP packet
  exif,  // a TIFF structure
  text,  // a text, mostly under a key: a comment, tag, property or chunk
};

// A stretch of a file's metadata.
struct Item {
  ItemKind kind{};
  std::string place;         // for people, with its offset: "iTXt chunk at byte 33"
  std::uint64_t offset = 0;  // of the element (chunk, segment, box, frame) in the file
  std::string key = {};      // of a text, as it stands: "AIGC", "Comment"; empty where it has none
  std::string value = {};    // unpacked; a text as UTF-8
  // It stands where the format's README says that readers look for it. For a text of the key AIGC
  // and for an XMP packet this is the place of the TC260 guides.
  bool agreed = true;
  bool damaged = false;     // read, but its check sum is wrong
  std::string broken = {};  // why it could not be read (an English message); `value` is empty then
};

struct Metadata {
  std::vector<Item> items;  // as they stand in the file
};

// One item of Metadata with another value (XMP packet, TIFF structure or text), or taken out.
struct Edit {
  std::size_t item = 0;
  std::optional<std::string> value;
};

struct Change {
  std::vector<Edit> edits;         // at most one for an item
  std::optional<std::string> add;  // a new item of MediaFormat::adds in the agreed place
};

struct MediaFormat {
  std::string_view name;  // "PNG", as users read it
  StaticText place;       // where the TC260 guides want the label; empty: no guide names one
  ItemKind adds{};        // what Change::add is: an XMP packet, or the text of a key AIGC
  // Is the file of this format? `head` is its first bytes, up to kHead, and no longer valid once
  // `in` was asked for others.
  Result<bool> (*sniff)(Bytes head, ByteSource& in) = nullptr;
  // Skips picture, sound and film: only what frames them is read. Damage to one item is told by
  // Item::broken; an Error says that the container as a whole cannot be followed (Code::invalid)
  // or asks too much (Code::limit).
  Result<Metadata> (*read)(ByteSource& in, const MediaLimits& limits) = nullptr;
  // `have` is what read() said of the same bytes. All other metadata and all media data are kept
  // byte for byte; offsets that the format stores are moved. Code::unsupported where an edit or
  // addition cannot be made; null: the format is not written.
  Result<Splice> (*write)(ByteSource& in, const Metadata& have, const Change& change,
                          const MediaLimits& limits) = nullptr;
  // write() keeps the old bytes from first to last and puts the change behind them.
  bool appends = false;
};

inline constexpr std::size_t kHead = 512;

// All formats of media.def in its order, in which they are to be asked: special ones first.
std::span<const MediaFormat* const> media_formats();

}  // namespace assay::formats
