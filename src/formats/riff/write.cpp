// SPDX-License-Identifier: Apache-2.0
#include "formats/riff/write.h"

#include <algorithm>

#include "formats/patches.h"
#include "formats/riff/index.h"
#include "formats/riff/layout.h"

namespace assay::formats::riff {
namespace {

std::string chunk_bytes(std::string_view id, const std::string& data) {
  std::string out(id);
  out += little_endian(data.size(), 4) + data;
  if (data.size() % 2 != 0) out += '\0';
  return out;
}

class Writer {
 public:
  explicit Writer(const Layout& layout) : layout_(layout), lists_(layout.chunks.size()) {
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      const Chunk& chunk = layout.chunks[i];
      lists_[i].bare = chunk.next == chunk.end && (chunk.end - chunk.offset) % 2 != 0;
    }
  }

  Status edit(std::size_t index, const std::optional<std::string>& value);
  void append(std::size_t list, const std::string& bytes);
  void insert_after(std::size_t index, const std::string& bytes);
  // Writes the sizes of the lists `last` down to `first`; inner ones come later in the layout.
  Status settle(std::size_t first, std::size_t last);
  Patches& patches() { return patches_; }

 private:
  struct State {
    std::int64_t growth = 0;  // of a list's data
    std::string added;        // behind the last chunk of a list
    bool bare = false;        // of odd length, and no padding follows
  };

  void put_added(std::size_t list);
  Status settle_one(std::size_t list);
  void grow_parent(std::size_t index, std::int64_t by);

  const Layout& layout_;
  std::vector<State> lists_;  // one a chunk
  Patches patches_;
};

void Writer::grow_parent(std::size_t index, std::int64_t by) {
  const std::size_t parent = layout_.chunks[index].parent;
  if (parent != index) lists_[parent].growth += by;
}

Status Writer::edit(std::size_t index, const std::optional<std::string>& value) {
  const Chunk& chunk = layout_.chunks[index];
  const std::string bytes = value.has_value() ? chunk_bytes(chunk.id, *value) : "";
  const std::uint64_t old = chunk.next - chunk.offset;
  patches_.replace(chunk.offset, old, bytes);
  lists_[index].bare = false;
  grow_parent(index, static_cast<std::int64_t>(bytes.size()) - static_cast<std::int64_t>(old));
  return Done{};
}

void Writer::append(std::size_t list, const std::string& bytes) { lists_[list].added += bytes; }

void Writer::insert_after(std::size_t index, const std::string& bytes) {
  patches_.replace(layout_.chunks[index].next, 0, bytes);
  grow_parent(index, static_cast<std::int64_t>(bytes.size()));
}

// Puts what was appended where the last chunk of the list ends: bytes behind it are no chunk.
void Writer::put_added(std::size_t list) {
  State& state = lists_[list];
  if (state.added.empty()) return;
  std::uint64_t at = layout_.chunks[list].data;
  for (std::size_t i = list + 1; i < layout_.chunks.size(); ++i) {
    if (layout_.chunks[i].parent != list || i == layout_.chunks[i].parent) continue;
    at = layout_.chunks[i].next;
    if (lists_[i].bare) state.added.insert(0, 1, '\0');
  }
  patches_.replace(at, 0, state.added);
  state.growth += static_cast<std::int64_t>(state.added.size());
}

Status Writer::settle_one(std::size_t list) {
  const Chunk& chunk = layout_.chunks[list];
  put_added(list);
  State& state = lists_[list];
  if (state.growth == 0) return Done{};
  const std::uint64_t size = chunk.size + static_cast<std::uint64_t>(state.growth);
  const bool wrapped = state.growth > 0 && size < chunk.size;
  if (wrapped || (chunk.size_width == 4 && size >= kUnknown))
    return Error{Code::unsupported, "file is too large for its format", chunk.offset};
  patches_.replace(chunk.size_at, chunk.size_width, little_endian(size, chunk.size_width));
  std::int64_t padding = 0;
  if (state.growth % 2 != 0) {
    const bool padded = chunk.next > chunk.end;
    if (padded) patches_.replace(chunk.end, 1, "");
    if (!padded && !state.bare) patches_.replace(chunk.end, 0, std::string(1, '\0'));
    padding = padded ? -1 : (state.bare ? 0 : 1);
    state.bare = false;
  }
  grow_parent(list, state.growth + padding);
  return Done{};
}

Status Writer::settle(std::size_t first, std::size_t last) {
  for (std::size_t i = last + 1; i-- > first;)
    if (layout_.chunks[i].list) TRY(settle_one(i));
  return Done{};
}

Status make_edits(const Metadata& have, const Change& change, const Layout& frame, Writer& writer) {
  const auto edits = TRY(edits_by_offset(have, change));
  for (std::size_t i = 0; i < frame.chunks.size(); ++i) {
    const Chunk& chunk = frame.chunks[i];
    const auto found = edits.find(chunk.offset);
    if (found == edits.end() || chunk.list) continue;
    if (chunk.id == "bext")
      return Error{Code::unsupported, "a bext chunk is not changed", chunk.offset};
    TRY(writer.edit(i, found->second->value));
  }
  return Done{};
}

Result<Layout> closed_layout(ByteSource& in, std::string_view form, const MediaLimits& limits) {
  Layout frame = TRY(layout(in, form, limits));
  if (frame.open) return Error{Code::unsupported, "sizes were never filled in", 0};
  return frame;
}

// The first list of that type of the first RIFF.
std::size_t find_list(const Layout& frame, std::string_view type) {
  for (std::size_t i = 1; i < frame.chunks.size(); ++i)
    if (frame.chunks[i].list && frame.chunks[i].parent == 0 && frame.chunks[i].id == type) return i;
  return 0;
}

}  // namespace

Result<Splice> write_wav(ByteSource& in, const Metadata& have, const Change& change,
                         const MediaLimits& limits) {
  const Layout frame = TRY(closed_layout(in, "WAVE", limits));
  Writer writer(frame);
  TRY(make_edits(have, change, frame, writer));
  if (change.add.has_value()) writer.append(0, chunk_bytes("AIGC", *change.add));
  TRY(writer.settle(0, frame.chunks.size() - 1));
  return writer.patches().splice(in.size());
}

// The label joins the INFO list before the film, or gets its own behind the header: readers stop
// looking where the film begins.
Result<Splice> write_avi(ByteSource& in, const Metadata& have, const Change& change,
                         const MediaLimits& limits) {
  const Layout frame = TRY(closed_layout(in, "AVI ", limits));
  Writer writer(frame);
  TRY(make_edits(have, change, frame, writer));
  const std::size_t info = find_list(frame, "INFO");
  const std::size_t film = find_list(frame, "movi");
  const bool joins = info != 0 && (film == 0 || info < film);
  const std::string chunk = change.add.has_value() ? chunk_bytes("AIGC", *change.add) : "";
  if (joins) writer.append(info, chunk);
  TRY(writer.settle(1, frame.chunks.size() - 1));
  if (!joins && !chunk.empty()) {
    const std::string list = "LIST" + little_endian(chunk.size() + 4, 4) + "INFO" + chunk;
    const std::size_t header = find_list(frame, "hdrl");
    if (header != 0 && frame.chunks[header].next < frame.chunks[0].end)
      writer.insert_after(header, list);
    else
      writer.append(0, list);
  }
  TRY(writer.settle(0, 0));
  TRY(move_indexes(in, frame, limits, writer.patches()));
  return writer.patches().splice(in.size());
}

}  // namespace assay::formats::riff
