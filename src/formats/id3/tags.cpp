// SPDX-License-Identifier: Apache-2.0
#include "formats/id3/tags.h"

#include "base/strings.h"
#include "formats/id3/sound.h"
#include "formats/id3v2_size.h"
#include "formats/names_label.h"

namespace assay::formats::id3 {
namespace {

std::string at_byte(std::string_view what, std::uint64_t offset) {
  return std::string(what) + " at byte " + std::to_string(offset);
}

// The item of a frame that is or may be a label.
Result<std::optional<Item>> item_of(const Tag& tag, const Frame& frame, const MediaLimits& limits) {
  Item item{ItemKind::text, at_byte(frame.id + " frame", frame.offset), frame.offset, frame.id};
  item.agreed = false;
  auto content = read_frame(tag, frame, limits);
  if (!content.ok() && content.error().code != Code::invalid)
    return Error{content.error().code, content.error().what, frame.offset};
  if (!content.ok()) {
    item.broken = content.error().what;
    return std::optional<Item>(std::move(item));
  }
  const bool priv = frame.id == "PRIV";
  if (priv ? content->key != "XMP" : !names_label(content->key) && !names_label(content->value))
    return std::optional<Item>();
  if (priv) item.kind = ItemKind::xmp;
  if (priv || !content->key.empty()) item.key = priv ? "" : content->key;
  item.agreed = (frame.id == "TXXX" || frame.id == "TXX") && content->key == "AIGC";
  item.value = std::move(content->value);
  return std::optional<Item>(std::move(item));
}

Status add_tag(Tag tag, const MediaLimits& limits, Tags& out) {
  for (std::size_t i = 0; i < tag.frames.size(); ++i) {
    if (!has_content(tag.frames[i].id)) continue;
    auto item = TRY(item_of(tag, tag.frames[i], limits));
    if (!item) continue;
    TRY(out.items.add(std::move(*item)));
    out.sources.push_back({out.tags.size(), i});
  }
  if (!tag.broken.empty()) {
    Item item{ItemKind::text, at_byte("ID3v2 tag", tag.offset), tag.offset};
    item.agreed = false;
    item.broken = tag.broken;
    TRY(out.items.add(std::move(item)));
    out.sources.push_back({out.tags.size()});
  }
  out.tags.push_back(std::move(tag));
  return Done{};
}

Status add_ape(ApeTag tag, Tags& out) {
  for (std::size_t i = 0; i < tag.items.size(); ++i) {
    const ApeItem& one = tag.items[i];
    if (!one.is_text() || (!names_label(one.key) && !names_label(one.value))) continue;
    Item item{ItemKind::text, at_byte("APE item", one.offset), one.offset, one.key};
    item.agreed = false;
    if (valid_utf8(one.value))
      item.value = one.value;
    else
      item.broken = "text is not UTF-8";
    TRY(out.items.add(std::move(item)));
    out.sources.push_back({Source::kApe, i});
  }
  if (!tag.broken.empty()) {
    Item item{ItemKind::text, at_byte("APE tag", tag.offset), tag.offset};
    item.agreed = false;
    item.broken = tag.broken;
    TRY(out.items.add(std::move(item)));
    out.sources.push_back({Source::kApe});
  }
  out.ape = std::move(tag);
  return Done{};
}

// Where a tag of ID3v1 or a Lyrics3 v2 block that ends at `end` begins; `end` where there is none.
Result<std::uint64_t> before_old_tags(ByteSource& in, std::uint64_t start, std::uint64_t end) {
  constexpr std::uint64_t kId3v1 = 128, kLyrics = 15;  // the latter: six digits, then LYRICS200
  if (end - start >= kId3v1 && as_text(TRY(in.view(end - kId3v1, 3))) == "TAG") end -= kId3v1;
  if (end - start < kLyrics) return end;
  const std::string tail = TRY(in.copy(end - kLyrics, kLyrics));
  const auto size = to_number<std::uint32_t>(std::string_view(tail).substr(0, 6));
  if (!tail.ends_with("LYRICS200") || !size || *size > end - start - kLyrics) return end;
  return end - kLyrics - *size;
}

// The tag of ID3v2.4 whose footer ends at `end`.
Result<std::optional<Tag>> appended_tag(ByteSource& in, std::uint64_t start, std::uint64_t end,
                                        const MediaLimits& limits) {
  if (end - start < 2 * kId3Header) return std::optional<Tag>();
  std::string footer = TRY(in.copy(end - kId3Header, kId3Header));
  if (!footer.starts_with("3DI")) return std::optional<Tag>();
  footer.replace(0, 3, "ID3");
  const std::uint64_t size = id3v2_size(as_raw(footer));
  if (size == 0 || size > end - start) return std::optional<Tag>();
  if (id3v2_size(TRY(in.view(end - size, kId3Header))) != size) return std::optional<Tag>();
  return std::optional<Tag>(TRY(read_tag(in, end - size, size, limits)));
}

// What stands between the sound and the end, found from the end on and added as it stands.
Status read_end(ByteSource& in, std::uint64_t start, const MediaLimits& limits, Tags& out) {
  std::uint64_t end = TRY(before_old_tags(in, start, in.size()));
  std::optional<Tag> last = TRY(appended_tag(in, start, end, limits));
  if (last) end -= last->size;
  auto ape = TRY(read_ape(in, start, end, limits));
  if (ape) end -= ape->size;
  std::optional<Tag> before = TRY(appended_tag(in, start, end, limits));
  if (before) TRY(add_tag(std::move(*before), limits, out));
  if (ape) TRY(add_ape(std::move(*ape), out));
  if (last) TRY(add_tag(std::move(*last), limits, out));
  return Done{};
}

}  // namespace

Result<Tags> scan(ByteSource& in, const MediaLimits& limits) {
  Tags out(limits);
  std::uint64_t at = 0;
  while (const std::uint64_t size = id3v2_size(TRY(in.view(at, kId3Header)))) {
    if (out.tags.size() >= limits.elements || out.tags.size() >= kMaxTags)
      return Error{Code::limit, "too many elements", at};
    Tag tag = TRY(read_tag(in, at, size, limits));
    TRY(add_tag(std::move(tag), limits, out));
    at += size;
  }
  out.in_front = out.tags.size();
  if (at == 0 && !sound_frame(TRY(in.view(0, 8))))
    return Error{Code::invalid, "neither a tag nor a frame of sound", 0};
  TRY(read_end(in, at, limits, out));
  return out;
}

}  // namespace assay::formats::id3
