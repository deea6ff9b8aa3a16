// SPDX-License-Identifier: Apache-2.0
#include "formats/tiff/tiff.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "base/strings.h"
#include "formats/item_list.h"
#include "formats/latin1.h"
#include "formats/patches.h"
#include "formats/tiff/directory.h"
#include "formats/user_comment.h"

namespace assay::formats::tiff {
namespace {

using namespace std::string_view_literals;

constexpr std::uint16_t kDescription = 0x010e, kXmp = 0x02bc, kExif = 0x8769, kComment = 0x9286;
constexpr std::uint16_t kByte = 1, kAscii = 2, kUndefined = 7;  // types

std::string text_of(std::string value) {
  value.erase(std::min(value.find_last_not_of('\0') + 1, value.size()));
  return valid_utf8(value) ? value : latin1_to_utf8(value);
}

// What an entry is, without its value; nothing where it is of no interest.
std::optional<Item> item_of(const Entry& entry, bool in_exif) {
  Item item{ItemKind::text, fmt::format("tag {:04x} at byte {}", entry.tag, entry.at), entry.at};
  item.agreed = false;
  if (entry.tag == kXmp && !in_exif) {
    item.kind = ItemKind::xmp;
    item.agreed = entry.type == kUndefined || entry.type == kByte;
  } else if (entry.tag == kDescription && !in_exif) {
    item.key = "ImageDescription";
  } else if (entry.tag == kComment) {
    item.key = "UserComment";
  } else {
    return std::nullopt;
  }
  return item;
}

// Collects the items of a directory.
class Collector {
 public:
  Collector(ByteSource& in, const Layout& layout, const MediaLimits& limits)
      : items(limits), in_(in), layout_(layout), limits_(limits) {}

  Status look(const Directory& directory, bool in_exif) {
    for (const Entry& entry : directory.entries) {
      std::optional<Item> item = item_of(entry, in_exif);
      if (!item) continue;
      Result<std::string> value = value_of(in_, layout_, entry, limits_);
      if (!value.ok() && value.error().code != Code::invalid) return std::move(value).error();
      if (!value.ok()) {
        item->broken = value.error().what;
      } else if (entry.tag == kXmp) {
        item->value = std::move(*value);
      } else {
        item->value =
            text_of(entry.tag == kComment ? user_comment(*value, layout_.little) : *value);
      }
      TRY(items.add(std::move(*item)));
    }
    return Done{};
  }

  ItemList items;

 private:
  ByteSource& in_;
  const Layout& layout_;
  const MediaLimits& limits_;
};

// The Exif directory of `first`, if it has one of its own that can be read.
Result<std::optional<Directory>> exif_directory(ByteSource& in, const Layout& layout,
                                                const Directory& first, const MediaLimits& limits) {
  const Entry* const entry = first.find(kExif);
  if (entry == nullptr || offset_in(layout, *entry) == first.at) return std::optional<Directory>();
  Result<Directory> out = read_directory(in, layout, offset_in(layout, *entry), limits);
  if (out.ok()) return std::optional<Directory>(std::move(*out));
  if (out.error().code == Code::invalid) return std::optional<Directory>();
  return std::move(out).error();
}

Result<bool> sniff(Bytes head, ByteSource&) { return layout_of(head).has_value(); }

Result<Layout> read_layout(ByteSource& in) {
  const std::optional<Layout> layout = layout_of(TRY(in.view(0, 8)));
  if (!layout) return Error{Code::invalid, "not a TIFF", 0};
  return *layout;
}

Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  const Layout layout = TRY(read_layout(in));
  const Directory first = TRY(first_directory(in, layout, limits));
  const std::optional<Directory> exif = TRY(exif_directory(in, layout, first, limits));
  Collector collected(in, layout, limits);
  TRY(collected.look(first, false));
  if (exif) TRY(collected.look(*exif, true));
  return std::move(collected.items.metadata);
}

// What is put behind the old file: values, and the directories that name them. Nothing of the old
// file moves; its header names the new IFD0.
class Writer {
 public:
  Writer(ByteSource& in, const Layout& layout) : layout_(layout), size_(in.size()) {}

  // The entry with another value.
  Status set(Entry& entry, std::string_view value) {
    std::string stored(value);
    if (entry.tag == kXmp) {
      entry.type = entry.type == kByte ? kByte : kUndefined;
    } else if (entry.tag == kDescription) {
      entry.type = kAscii;
      stored += '\0';
    } else {
      if (std::any_of(value.begin(), value.end(), [](char c) { return c <= 0; }))
        return Error{Code::unsupported, "only ASCII is written here", 0};
      entry.type = kUndefined;
      stored.insert(0, "ASCII\0\0\0"sv);
    }
    entry.count = stored.size();
    stored.resize(std::max<std::size_t>(stored.size(), layout_.word()), '\0');
    entry.field = stored.size() == layout_.word() ? stored : offset_bytes(put(stored));
    return Done{};
  }

  // Makes the edits of a directory's entries; was there one?
  Result<bool> edit(Directory& directory, const std::map<std::uint64_t, const Edit*>& edits) {
    bool any = false;
    std::vector<Entry> kept;
    for (Entry& entry : directory.entries) {
      const auto edit = edits.find(entry.at);
      if (edit != edits.end()) {
        any = true;
        if (!edit->second->value) continue;
        TRY(set(entry, *edit->second->value));
      }
      kept.push_back(std::move(entry));
    }
    directory.entries = std::move(kept);
    return any;
  }

  std::string offset_bytes(std::uint64_t offset) const {
    return layout_.bytes(offset, layout_.word());
  }

  std::uint64_t put(const Directory& directory) { return put(directory.bytes(layout_)); }

  Result<Splice> finish(std::uint64_t first) {
    if (!layout_.big_tiff && size_ + added_.size() > 0xffff'ffff)
      return Error{Code::unsupported, "the new value is too long for this format", 0};
    Patches patches;
    patches.replace(layout_.first_offset(), layout_.word(), offset_bytes(first));
    patches.replace(size_, 0, std::move(added_));
    return patches.splice(size_);
  }

 private:
  // Appends on a word boundary; returns the offset.
  std::uint64_t put(std::string_view bytes) {
    while ((size_ + added_.size()) % layout_.word() != 0) added_ += '\0';
    const std::uint64_t at = size_ + added_.size();
    added_ += bytes;
    return at;
  }

  const Layout& layout_;
  std::uint64_t size_;  // of the old file
  std::string added_;
};

Status add_packet(Writer& writer, Directory& first, std::string_view packet) {
  if (first.find(kXmp) != nullptr)
    return Error{Code::unsupported, "a tag stands only once in a directory", first.at};
  Entry entry{0, kXmp, kUndefined, 0, {}};
  TRY(writer.set(entry, packet));
  const auto place = std::find_if(first.entries.begin(), first.entries.end(),
                                  [](const Entry& other) { return other.tag > kXmp; });
  first.entries.insert(place, std::move(entry));
  return Done{};
}

Result<Splice> write(ByteSource& in, const Metadata& have, const Change& change,
                     const MediaLimits& limits) {
  const auto edits = TRY(edits_by_offset(have, change));
  const Layout layout = TRY(read_layout(in));
  Directory first = TRY(first_directory(in, layout, limits));
  std::optional<Directory> exif = TRY(exif_directory(in, layout, first, limits));
  const Entry* const nested = first.find(kExif);
  if (nested != nullptr && offset_in(layout, *nested) == first.at)
    return Error{Code::unsupported, "a directory that names itself", nested->at};
  Writer writer(in, layout);
  TRY(writer.edit(first, edits));
  if (change.add) TRY(add_packet(writer, first, *change.add));
  if (exif && TRY(writer.edit(*exif, edits))) {
    const std::string offset = writer.offset_bytes(writer.put(*exif));
    for (Entry& entry : first.entries)
      if (entry.tag == kExif) entry.field = offset;
  }
  if (first.entries.size() > 0xffff && !layout.big_tiff)
    return Error{Code::unsupported, "too many entries", first.at};
  return writer.finish(writer.put(first));
}

constexpr MediaFormat kTiff{.name = "TIFF",
                            .place = {"IFD0 标签 0x02BC 中的 XMP 属性 TC260:AIGC",
                                      "the XMP property TC260:AIGC in tag 0x02BC of IFD0"},
                            .adds = ItemKind::xmp,
                            .sniff = sniff,
                            .read = read,
                            .write = write};

}  // namespace

const std::span<const MediaFormat> kMedia(&kTiff, 1);

}  // namespace assay::formats::tiff
