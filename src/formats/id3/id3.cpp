// SPDX-License-Identifier: Apache-2.0
//
// README.md has the bytes.
#include <algorithm>
#include <map>

#include "formats/id3/sound.h"
#include "formats/id3/tags.h"
#include "formats/id3v2_size.h"

namespace assay::formats::id3 {
namespace {

constexpr std::uint64_t kGap = 4096;  // zeros that may stand between a tag and the sound

// The header of the first frame of sound at or behind `at`, where zeros may stand before it.
Result<std::optional<SoundFrame>> first_sound(ByteSource& in, std::uint64_t& at) {
  const Bytes bytes = TRY(in.view(at, kGap + 8));
  const auto start =
      std::find_if(bytes.begin(), bytes.end(), [](std::byte byte) { return byte != std::byte{0}; });
  at += static_cast<std::uint64_t>(start - bytes.begin());
  return sound_frame(bytes.subspan(static_cast<std::size_t>(start - bytes.begin())));
}

// Tags are proof enough with one frame of sound behind them; without, two must agree.
Result<bool> sniff_sound(Bytes head, ByteSource& in, bool adts) {
  const bool tagged = id3v2_size(head) != 0;
  std::uint64_t at = tagged ? TRY(behind_id3v2(in, kMaxTags)) : 0;
  const auto plain = sound_frame(head);
  const auto first = tagged ? TRY(first_sound(in, at)) : plain;
  if (!first || first->adts != adts) return false;
  if (tagged) return true;
  if (first->size == 0) return false;
  const auto second = sound_frame(TRY(in.view(first->size, 8)));
  return second && second->adts == adts && second->same == first->same;
}

Result<bool> sniff_mp3(Bytes head, ByteSource& in) { return sniff_sound(head, in, false); }
Result<bool> sniff_aac(Bytes head, ByteSource& in) { return sniff_sound(head, in, true); }

Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  Tags tags = TRY(scan(in, limits));
  return std::move(tags.items.metadata);
}

// The frames of a tag after a change: as they stand, or other bytes.
class Frames {
 public:
  Status edit(const Tag& tag, std::size_t i, const Edit& edit, const MediaLimits& limits) {
    changed_[i] = {};
    if (!edit.value) return Done{};
    auto content = read_frame(tag, tag.frames[i], limits);
    if (!content.ok())
      return Error{Code::unsupported, "a frame that cannot be read is not written",
                   tag.frames[i].offset};
    content->value = *edit.value;
    changed_[i] = TRY(frame_bytes(tag, tag.frames[i].id, *content));
    return Done{};
  }

  Status add(const Tag& tag, const std::string& value) {
    added_ = TRY(frame_bytes(tag, "TXXX", {{}, "AIGC", value}));
    return Done{};
  }

  bool none_left(const Tag& tag) const {
    return added_.empty() && changed_.size() == tag.frames.size() &&
           std::all_of(changed_.begin(), changed_.end(),
                       [](const auto& one) { return one.second.empty(); });
  }

  Result<std::string> whole(const Tag& tag) const {
    std::string out;
    for (std::size_t i = 0; i < tag.frames.size(); ++i) {
      const Frame& frame = tag.frames[i];
      const auto other = changed_.find(i);
      if (other == changed_.end())
        out.append(tag.body, frame.begin, frame.end - frame.begin);
      else
        out += other->second;
    }
    return tag_bytes(tag, out + added_);
  }

 private:
  std::map<std::size_t, std::string> changed_;
  std::string added_;
};

Status may_write(const Tag& tag) {
  if (!tag.broken.empty())
    return Error{Code::unsupported, "a tag that cannot be read is not written", tag.offset};
  if (tag.version == 2)
    return Error{Code::unsupported, "a tag of ID3v2.2 is not written", tag.offset};
  if (tag.restricted)
    return Error{Code::unsupported, "a tag with restrictions is not written", tag.offset};
  return Done{};
}

// The tag that a new frame goes to: the first one that can be written of those in front, where
// readers of a stream look. Nothing where there is none in front.
std::optional<std::size_t> tag_for_addition(const Tags& tags) {
  if (tags.in_front == 0) return std::nullopt;
  for (std::size_t i = 0; i < tags.in_front; ++i)
    if (may_write(tags.tags[i]).ok()) return i;
  return 0;
}

// What is put in place of old bytes, in the order of the file.
struct Patch {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::string bytes;
};

Status patch_ape(std::map<std::size_t, std::optional<std::string>> edits, ApeTag& tag,
                 std::vector<Patch>& patches) {
  if (!tag.broken.empty())
    return Error{Code::unsupported, "a tag that cannot be read is not written", tag.offset};
  std::vector<ApeItem> items;
  for (std::size_t i = 0; i < tag.items.size(); ++i) {
    const auto edit = edits.find(i);
    if (edit != edits.end() && !edit->second) continue;
    items.push_back(std::move(tag.items[i]));
    if (edit != edits.end()) items.back().value = *edit->second;
  }
  tag.items = std::move(items);
  patches.push_back({tag.offset, tag.size, tag.bytes()});
  return Done{};
}

// A tag must have a frame (ID3v2.4, section 3), so one that has lost all goes; but not where the
// file would no longer be known by what is then its beginning.
Status patch_tags(ByteSource& in, const std::map<std::size_t, Frames>& changed, const Tags& tags,
                  std::vector<Patch>& patches) {
  for (const auto& [i, frames] : changed) {
    const Tag& tag = tags.tags[i];
    const bool sound_behind = sound_frame(TRY(in.view(tag.offset + tag.size, 8))).has_value();
    std::string bytes;
    if (!frames.none_left(tag) || !(sound_behind || tag.offset > 0)) bytes = TRY(frames.whole(tag));
    patches.push_back({tag.offset, tag.size, std::move(bytes)});
  }
  return Done{};
}

// The tag of a file that has none in front: ID3v2.4, which says UTF-8.
Result<std::string> new_tag(const std::string& value) {
  Tag tag;
  tag.version = 4;
  Frames frames;
  TRY(frames.add(tag, value));
  return frames.whole(tag);
}

Splice splice_of(std::vector<Patch> patches, std::uint64_t file_size) {
  std::sort(patches.begin(), patches.end(),
            [](const Patch& a, const Patch& b) { return a.offset < b.offset; });
  Splice out;
  std::uint64_t at = 0;
  for (const Patch& patch : patches) {
    out.keep(at, patch.offset - at);
    out.put(patch.bytes);
    at = patch.offset + patch.size;
  }
  out.keep(at, file_size - at);
  return out;
}

Result<Splice> write(ByteSource& in, const Metadata&, const Change& change,
                     const MediaLimits& limits) {
  Tags tags = TRY(scan(in, limits));
  std::map<std::size_t, Frames> changed;
  std::map<std::size_t, std::optional<std::string>> ape_edits;
  for (const Edit& edit : change.edits) {
    if (edit.item >= tags.sources.size()) return Error{Code::invalid, "no such item"};
    const Source& source = tags.sources[edit.item];
    if (!source.part)
      return Error{Code::unsupported, "a tag that cannot be read is not written",
                   tags.items.metadata.items[edit.item].offset};
    if (source.tag == Source::kApe) {
      ape_edits[*source.part] = edit.value;
      continue;
    }
    TRY(may_write(tags.tags[source.tag]));
    TRY(changed[source.tag].edit(tags.tags[source.tag], *source.part, edit, limits));
  }
  std::vector<Patch> patches;
  const auto target = tag_for_addition(tags);
  if (change.add && target) {
    TRY(may_write(tags.tags[*target]));
    TRY(changed[*target].add(tags.tags[*target], *change.add));
  } else if (change.add) {
    patches.push_back({0, 0, TRY(new_tag(*change.add))});
  }
  TRY(patch_tags(in, changed, tags, patches));
  if (!ape_edits.empty()) TRY(patch_ape(std::move(ape_edits), *tags.ape, patches));
  return splice_of(std::move(patches), in.size());
}

constexpr MediaFormat kFormats[] = {
    {.name = "MP3",
     .place = {"描述为 AIGC 的 ID3v2 TXXX 帧", "ID3v2 TXXX frame of the description AIGC"},
     .adds = ItemKind::text,
     .sniff = sniff_mp3,
     .read = read,
     .write = write},
    {.name = "AAC",
     .place = {},
     .adds = ItemKind::text,
     .sniff = sniff_aac,
     .read = read,
     .write = write},
};

}  // namespace

extern const std::span<const MediaFormat> kMedia;
const std::span<const MediaFormat> kMedia = kFormats;

}  // namespace assay::formats::id3
