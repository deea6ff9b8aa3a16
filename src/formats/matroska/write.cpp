// SPDX-License-Identifier: Apache-2.0
//
// Nothing before the film may move, for Cues and SeekHead hold its places. So the new Tags take the
// room of the old ones, or stand at the segment's end; the SeekHead says where.
#include "formats/matroska/write.h"

#include <algorithm>

#include "formats/matroska/ebml.h"
#include "formats/patches.h"

namespace assay::formats::matroska {
namespace {

using Edits = std::map<std::uint64_t, const Edit*>;

// Masters that hold a changed element, made anew. Their check sums no longer hold and are left out.
class Rebuilder {
 public:
  Rebuilder(Elements& elements, const Edits& edits, const MediaLimits& limits)
      : elements_(elements), edits_(edits), limits_(limits) {}

  Result<std::string> children(const Element& parent, bool with_value, std::uint32_t depth);

 private:
  Result<std::string> child(const Element& one, std::uint32_t depth);
  Result<bool> keeps_a_tag(const Element& tag);

  Elements& elements_;
  const Edits& edits_;
  const MediaLimits& limits_;
};

// Is there a SimpleTag that is not taken out? A Tag must have one.
Result<bool> Rebuilder::keeps_a_tag(const Element& tag) {
  for (const Element& one : TRY(elements_.all(tag.data, tag.end))) {
    const auto edit = edits_.find(one.offset);
    const bool out = edit != edits_.end() && !edit->second->value.has_value();
    if (one.id == id::kSimpleTag && !out) return true;
  }
  return false;
}

Result<std::string> Rebuilder::child(const Element& one, std::uint32_t depth) {
  const auto edit = edits_.lower_bound(one.offset);
  if (edit == edits_.end() || edit->first >= one.end) {
    if (one.end - one.offset > limits_.total_bytes)
      return Error{Code::limit, "value is too long", one.offset};
    return elements_.in().copy(one.offset, one.end - one.offset);
  }
  if (edit->first != one.offset) {
    const bool emptied = one.id == id::kTag && !TRY(keeps_a_tag(one));
    if (emptied) return std::string();
    return element_bytes(one.id, TRY(children(one, true, depth)));
  }
  const std::optional<std::string>& value = edit->second->value;
  if (!value.has_value()) return std::string();
  const std::string rest = TRY(children(one, false, depth));
  return element_bytes(one.id, rest + element_bytes(id::kTagString, *value));
}

Result<std::string> Rebuilder::children(const Element& parent, bool with_value,
                                        std::uint32_t depth) {
  if (depth == 0) return Error{Code::limit, "too deep", parent.offset};
  std::string out;
  for (const Element& one : TRY(elements_.all(parent.data, parent.end))) {
    if (one.id == id::kCrc32) continue;
    if (!with_value && (one.id == id::kTagString || one.id == id::kTagBinary)) continue;
    out += TRY(child(one, depth - 1));
  }
  return out;
}

std::string label_tag(const std::string& value) {
  const std::string simple = element_bytes(
      id::kSimpleTag, element_bytes(id::kTagName, "AIGC") + element_bytes(id::kTagString, value));
  return element_bytes(id::kTag, element_bytes(id::kTargets, "") + simple);
}

std::string seek_entry(std::uint64_t position) {
  return element_bytes(id::kSeek, element_bytes(id::kSeekId, big_endian(id::kTags, 4)) +
                                      element_bytes(id::kSeekPosition, number_bytes(position)));
}

// Room that may be written over: Void elements and old Tags, one behind the other.
struct Room {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  bool had_tags = false;
  bool used = false;
};

class Writer {
 public:
  Writer(Elements& elements, const Layout& frame);

  Status put(const std::string& tags);
  Result<Splice> finish();

 private:
  struct Entry {
    Element seek;
    std::uint64_t position = 0;
  };

  void put_where_all_may_move(const std::string& tags);
  std::optional<std::uint64_t> put_in_old_room(const std::string& tags);
  Status point_to(std::optional<std::uint64_t> position);
  Status point_in(const Element& head, std::optional<std::uint64_t> position, bool& done);
  void point_from_room(std::uint64_t position);
  Result<std::vector<Entry>> entries(const Element& head);
  void replace(std::uint64_t offset, std::uint64_t size, const std::string& bytes);

  Elements& elements_;
  const Layout& frame_;
  std::vector<Room> rooms_;
  std::uint64_t end_;  // of what stays of the segment
  std::int64_t growth_ = 0;
  Patches patches_;
};

Writer::Writer(Elements& elements, const Layout& frame)
    : elements_(elements), frame_(frame), end_(frame.end) {
  for (auto last = frame.children.rbegin(); last != frame.children.rend() && last->id == id::kTags;
       ++last)
    end_ = last->offset;
  for (const Element& one : frame.children) {
    if ((one.id != id::kVoid && one.id != id::kTags) || one.offset >= end_) continue;
    if (rooms_.empty() || rooms_.back().offset + rooms_.back().size != one.offset)
      rooms_.push_back({one.offset, 0});
    rooms_.back().size += one.end - one.offset;
    rooms_.back().had_tags |= one.id == id::kTags;
  }
}

void Writer::replace(std::uint64_t offset, std::uint64_t size, const std::string& bytes) {
  patches_.replace(offset, size, bytes);
  growth_ += static_cast<std::int64_t>(bytes.size()) - static_cast<std::int64_t>(size);
}

Status Writer::put(const std::string& tags) {
  const Element* film = frame_.first(id::kCluster);
  if (frame_.first(id::kSeekHead) == nullptr && frame_.first(id::kCues) == nullptr &&
      film != nullptr) {
    put_where_all_may_move(tags);
    return Done{};
  }
  std::optional<std::uint64_t> at;
  if (!tags.empty()) at = put_in_old_room(tags);
  const std::string behind = tags.empty() || at.has_value() ? "" : element_bytes(id::kTags, tags);
  if (!behind.empty()) at = end_;
  if (end_ != frame_.end || !behind.empty()) replace(end_, frame_.end - end_, behind);
  if (at.has_value()) at = *at - frame_.segment.data;
  return point_to(at);
}

// No place is stored in the file: a live stream, whose readers look only before the film.
void Writer::put_where_all_may_move(const std::string& tags) {
  for (const Element& one : frame_.children)
    if (one.id == id::kTags) replace(one.offset, one.end - one.offset, "");
  rooms_.clear();
  if (!tags.empty()) replace(frame_.first(id::kCluster)->offset, 0, element_bytes(id::kTags, tags));
}

std::optional<std::uint64_t> Writer::put_in_old_room(const std::string& tags) {
  for (Room& room : rooms_) {
    if (!room.had_tags) continue;
    const auto bytes = fitted(id::kTags, tags, room.size);
    if (!bytes.has_value()) continue;
    replace(room.offset, room.size, *bytes);
    room.used = true;
    return room.offset;
  }
  return std::nullopt;
}

// The entries of a SeekHead that point to Tags.
Result<std::vector<Writer::Entry>> Writer::entries(const Element& head) {
  std::vector<Entry> out;
  for (const Element& seek : TRY(elements_.all(head.data, head.end))) {
    if (seek.id != id::kSeek) continue;
    std::uint64_t what = 0, position = 0;
    for (const Element& one : TRY(elements_.all(seek.data, seek.end))) {
      if (one.id == id::kSeekId) what = TRY(number(elements_.in(), one));
      if (one.id == id::kSeekPosition) position = TRY(number(elements_.in(), one));
    }
    if (what == id::kTags) out.push_back({seek, position});
  }
  return out;
}

// Lets all entries of Tags go but one with the right position, which is added to the first SeekHead
// that has room, be it in the Void elements behind it.
Status Writer::point_in(const Element& head, std::optional<std::uint64_t> position, bool& done) {
  const std::vector<Entry> old = TRY(entries(head));
  if (old.size() == 1 && !done && old[0].position == position) {
    done = true;
    return Done{};
  }
  if (old.empty() && (done || !position.has_value())) return Done{};
  std::string kept;
  for (const Element& one : TRY(elements_.all(head.data, head.end))) {
    const bool stale = std::any_of(old.begin(), old.end(), [&](const Entry& entry) {
      return entry.seek.offset == one.offset;
    });
    if (stale || one.id == id::kCrc32 || one.id == id::kVoid) continue;
    kept += TRY(elements_.in().copy(one.offset, one.end - one.offset));
  }
  const auto room = std::find_if(rooms_.begin(), rooms_.end(), [&](const Room& one) {
    return one.offset == head.end && !one.used;
  });
  const std::uint64_t own = head.end - head.offset;
  const std::uint64_t all = own + (room == rooms_.end() ? 0 : room->size);
  if (!done && position.has_value()) {
    if (const auto bytes = fitted(head.id, kept + seek_entry(*position), all)) {
      replace(head.offset, all, *bytes);
      if (room != rooms_.end()) room->used = true;
      done = true;
      return Done{};
    }
  }
  if (old.empty()) return Done{};
  if (const auto bytes = fitted(head.id, kept, own)) replace(head.offset, own, *bytes);
  return Done{};
}

// A second SeekHead, in room before the film.
void Writer::point_from_room(std::uint64_t position) {
  const Element* film = frame_.first(id::kCluster);
  for (Room& room : rooms_) {
    if (room.used || (film != nullptr && room.offset > film->offset)) continue;
    const auto bytes = fitted(id::kSeekHead, seek_entry(position), room.size);
    if (!bytes.has_value()) continue;
    replace(room.offset, room.size, *bytes);
    room.used = true;
    return;
  }
}

Status Writer::point_to(std::optional<std::uint64_t> position) {
  bool done = false;
  for (const Element& one : frame_.children)
    if (one.id == id::kSeekHead) TRY(point_in(one, position, done));
  if (!done && position.has_value()) point_from_room(*position);
  return Done{};
}

Result<Splice> Writer::finish() {
  for (const Room& room : rooms_)
    if (room.had_tags && !room.used) replace(room.offset, room.size, void_bytes(room.size));
  const Element& segment = frame_.segment;
  if (!frame_.children.empty() && frame_.children.front().id == id::kCrc32) {
    const Element& sum = frame_.children.front();
    replace(sum.offset, sum.end - sum.offset, void_bytes(sum.end - sum.offset));
  }
  if (!segment.unknown && growth_ != 0) {
    const auto width = static_cast<unsigned>(segment.data - segment.size_at);
    const std::uint64_t size = segment.end - segment.data + static_cast<std::uint64_t>(growth_);
    patches_.replace(segment.size_at, width, size_bytes(size, width));
  }
  return patches_.splice(elements_.in().size());
}

}  // namespace

Result<Splice> write(ByteSource& in, const Metadata& have, const Change& change,
                     const MediaLimits& limits) {
  Elements elements(in, limits);
  const Layout frame = TRY(layout(elements));
  if (frame.cut) return Error{Code::unsupported, "the end of the file is missing", frame.end};
  const Edits edits = TRY(edits_by_offset(have, change));
  Rebuilder rebuilder(elements, edits, limits);
  std::string tags;
  for (const Element& one : frame.children)
    if (one.id == id::kTags) tags += TRY(rebuilder.children(one, true, limits.depth));
  if (change.add.has_value()) tags += label_tag(*change.add);
  Writer writer(elements, frame);
  TRY(writer.put(tags));
  return writer.finish();
}

}  // namespace assay::formats::matroska
