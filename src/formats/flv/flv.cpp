// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <bit>
#include <cmath>

#include "formats/flv/amf0.h"
#include "formats/item_list.h"
#include "formats/names_label.h"
#include "formats/patches.h"

namespace assay::formats::flv {
namespace {

constexpr std::string_view kSignature = "FLV\x01";
constexpr std::string_view kName = "onMetaData";
constexpr std::uint64_t kTagHead = 11;
constexpr std::uint64_t kBackSize = 4;  // the size of the tag before, behind each tag
constexpr std::uint8_t kScript = 18;
constexpr std::uint64_t kMaxData = 0xff'ffff;
// Players look for script data where the file begins; a long film has more tags than we would read.
constexpr std::uint64_t kTagsLookedAt = 1000;

struct Tag {
  std::uint64_t offset = 0;
  std::uint64_t data = 0;
  std::uint64_t end = 0;  // of the data; the size of the tag stands there once more
};

struct Scan {
  std::uint64_t first_tag = 0;
  std::vector<Tag> scripts;
};

bool is_flv(Bytes head) { return as_text(head).starts_with(kSignature); }

Result<Scan> scan(ByteSource& in, const MediaLimits& limits) {
  ByteReader head(TRY(in.exactly(0, 9)));
  if (!is_flv(head.rest())) return Error{Code::invalid, "not a file of this format", 0};
  TRY(head.take(5));
  Scan out;
  out.first_tag = std::uint64_t{TRY(head.be<std::uint32_t>())} + kBackSize;
  if (out.first_tag < 9 + kBackSize || out.first_tag > in.size())
    return Error{Code::invalid, "header is cut short", 5};
  std::uint64_t at = out.first_tag;
  // The end of a recording is often missing: what no longer holds a tag ends the reading.
  for (std::uint64_t i = 0; i < std::min(kTagsLookedAt, limits.elements); ++i) {
    ByteReader tag(TRY(in.view(at, kTagHead)), at);
    if (tag.remaining() < kTagHead) break;
    const std::uint32_t word = TRY(tag.be<std::uint32_t>());
    const bool script = word >> 24 == kScript;
    const std::uint64_t size = word & kMaxData;
    if (size > in.size() - at - kTagHead) {
      if (script) return Error{Code::invalid, "tag ends too early", at};
      break;
    }
    const Tag one{at, at + kTagHead, at + kTagHead + size};
    if (script && size > limits.value_bytes) return Error{Code::limit, "tag is too long", at};
    if (script) out.scripts.push_back(one);
    at = one.end + kBackSize;
  }
  return out;
}

// The object of a script tag named onMetaData, borrowing from `bytes`, the tag's data; nothing if
// it has another name.
Result<std::optional<Object>> meta_data(Bytes bytes, const Tag& tag, const MediaLimits& limits) {
  ByteReader in(bytes, tag.data);
  const auto name = read_string(in);
  if (!name.ok() || *name != kName) return std::optional<Object>();
  AmfLimits left{limits.elements, limits.depth};
  return std::optional<Object>(TRY(read_object(in, left)));
}

ByteReader reader_at(Bytes bytes, const Tag& tag, std::uint64_t offset) {
  return ByteReader(bytes.subspan(static_cast<std::size_t>(offset - tag.data)), offset);
}

std::optional<Item> item_of(Bytes bytes, const Tag& tag, const Property& property) {
  const bool agreed = property.key == "AIGC";
  std::string place = "onMetaData at byte " + std::to_string(property.offset);
  ByteReader value = reader_at(bytes, tag, property.value);
  const auto text = read_string(value);
  if (text.ok() && (agreed || names_label(property.key) || names_label(*text)))
    return text_item(std::move(place), property.offset, property.key, *text, agreed);
  if (text.ok() || !agreed) return std::nullopt;
  Item item{ItemKind::text, std::move(place), property.offset, std::string(property.key)};
  item.broken = text.error().what;
  return item;
}

// The items of one script tag; what cannot be followed is an item that says so.
Status read_tag(ByteSource& in, const Tag& tag, const MediaLimits& limits, ItemList& out) {
  const Bytes bytes = TRY(in.exactly(tag.data, tag.end - tag.data));
  const auto object = meta_data(bytes, tag, limits);
  if (!object.ok()) {
    if (object.error().code != Code::invalid) return object.error();
    Item item{ItemKind::text, "onMetaData at byte " + std::to_string(tag.offset), tag.offset};
    item.broken = object.error().what;
    return out.add(std::move(item));
  }
  if (!object->has_value()) return Done{};
  for (const Property& property : (*object)->properties) {
    auto item = item_of(bytes, tag, property);
    if (item.has_value()) TRY(out.add(std::move(*item)));
  }
  return Done{};
}

Result<bool> sniff(Bytes head, ByteSource&) { return is_flv(head); }

Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  const Scan all = TRY(scan(in, limits));
  ItemList out(limits);
  for (const Tag& tag : all.scripts) TRY(read_tag(in, tag, limits, out));
  return std::move(out.metadata);
}

// --- writing

std::string tag_bytes(std::string_view data) {
  std::string out = big_endian(std::uint64_t{kScript} << 24 | data.size(), 4);
  out += std::string(7, '\0');  // time and stream
  out += data;
  return out + big_endian(kTagHead + data.size(), kBackSize);
}

std::string new_tag(const std::string& value) {
  std::string data = string_bytes(kName);
  data += static_cast<char>(Amf::ecma_array);
  data += big_endian(1, 4) + key_bytes("AIGC") + string_bytes(value);
  return tag_bytes(data + std::string("\0\0\x09", 3));
}

class Writer {
 public:
  Writer(ByteSource& in, const MediaLimits& limits) : in_(in), limits_(limits) {}

  Status tag(const Tag& tag, const std::map<std::uint64_t, const Edit*>& edits,
             std::optional<std::string>& add);
  Status move_positions();
  Patches& patches() { return patches_; }

 private:
  Status sizes(const Tag& tag, std::int64_t growth);
  Status note_positions(Bytes bytes, const Tag& tag, const Property& property);

  ByteSource& in_;
  const MediaLimits& limits_;
  Patches patches_;
  std::vector<std::uint64_t> positions_;  // where numbers stand that are places in the file
};

// Remembers the numbers of a property that count bytes from the file's begin.
Status Writer::note_positions(Bytes bytes, const Tag& tag, const Property& property) {
  ByteReader value = reader_at(bytes, tag, property.value);
  const bool one = property.key == "filesize" || property.key == "lastkeyframelocation";
  if (one && property.end - property.value == 9) positions_.push_back(property.value + 1);
  if (property.key != "keyframes") return Done{};
  AmfLimits left{limits_.elements, limits_.depth};
  const auto frames = read_object(value, left);
  if (!frames.ok()) return Done{};
  for (const Property& list : frames->properties) {
    if (list.key != "filepositions") continue;
    ByteReader array = reader_at(bytes, tag, list.value);
    const auto numbers = TRY(number_offsets(array, left));
    positions_.insert(positions_.end(), numbers.begin(), numbers.end());
  }
  return Done{};
}

Status Writer::sizes(const Tag& tag, std::int64_t growth) {
  const std::uint64_t size = tag.end - tag.data + static_cast<std::uint64_t>(growth);
  if (size > kMaxData)
    return Error{Code::unsupported, "the label is too long for its place", tag.offset};
  patches_.replace(tag.offset + 1, 3, big_endian(size, 3));
  if (in_.size() - tag.end >= kBackSize)
    patches_.replace(tag.end, kBackSize, big_endian(size + kTagHead, kBackSize));
  return Done{};
}

Status Writer::tag(const Tag& tag, const std::map<std::uint64_t, const Edit*>& edits,
                   std::optional<std::string>& add) {
  const std::string bytes = TRY(in_.copy(tag.data, tag.end - tag.data));
  const auto object = meta_data(as_raw(bytes), tag, limits_);
  if (!object.ok() || !object->has_value()) return Done{};
  std::int64_t growth = 0, properties = 0;
  const auto put = [&](std::uint64_t from, std::uint64_t to, std::string now) {
    growth += static_cast<std::int64_t>(now.size()) - static_cast<std::int64_t>(to - from);
    patches_.replace(from, to - from, std::move(now));
  };
  for (const Property& property : (*object)->properties) {
    const auto edit = edits.find(property.offset);
    if (edit == edits.end()) {
      TRY(note_positions(as_raw(bytes), tag, property));
    } else if (edit->second->value.has_value()) {
      put(property.value, property.end, string_bytes(*edit->second->value));
    } else {
      put(property.offset, property.end, "");
      --properties;
    }
  }
  if (add.has_value()) {
    put((*object)->end, (*object)->end, key_bytes("AIGC") + string_bytes(*add));
    add.reset();
    ++properties;
  }
  if (properties != 0 && (*object)->count_at != 0) {
    ByteReader old = reader_at(as_raw(bytes), tag, (*object)->count_at);
    const std::uint32_t count = TRY(old.be<std::uint32_t>());
    patches_.replace((*object)->count_at, 4,
                     big_endian(count + static_cast<std::uint64_t>(properties), 4));
  }
  return growth == 0 ? Status(Done{}) : sizes(tag, growth);
}

Status Writer::move_positions() {
  const Patches before = patches_;  // ours change no length
  for (const std::uint64_t at : positions_) {
    ByteReader reader(TRY(in_.exactly(at, 8)));
    const double old = std::bit_cast<double>(TRY(reader.be<std::uint64_t>()));
    if (!std::isfinite(old) || old < 0 || old > 0x1p53) continue;
    const auto by = static_cast<double>(before.moved(static_cast<std::uint64_t>(old)));
    if (by != 0) patches_.replace(at, 8, big_endian(std::bit_cast<std::uint64_t>(old + by), 8));
  }
  return Done{};
}

Result<Splice> write(ByteSource& in, const Metadata& have, const Change& change,
                     const MediaLimits& limits) {
  const Scan all = TRY(scan(in, limits));
  const auto edits = TRY(edits_by_offset(have, change));
  Writer writer(in, limits);
  std::optional<std::string> add = change.add;
  for (const Tag& tag : all.scripts) TRY(writer.tag(tag, edits, add));
  if (add.has_value()) {
    if (add->size() > kMaxData - 64)
      return Error{Code::unsupported, "the label is too long for its place", all.first_tag};
    writer.patches().replace(all.first_tag, 0, new_tag(*add));
  }
  TRY(writer.move_positions());
  return writer.patches().splice(in.size());
}

constexpr std::array<MediaFormat, 1> kRows = {{
    {.name = "FLV",
     .place = {"onMetaData 的 AIGC 键", "key AIGC of onMetaData"},
     .adds = ItemKind::text,
     .sniff = sniff,
     .read = read,
     .write = write},
}};

}  // namespace

extern const std::span<const MediaFormat> kMedia;
const std::span<const MediaFormat> kMedia = kRows;

}  // namespace assay::formats::flv
