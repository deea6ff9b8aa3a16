// SPDX-License-Identifier: Apache-2.0
#include "formats/riff/index.h"

#include <algorithm>

namespace assay::formats::riff {
namespace {

constexpr std::uint64_t kHead = 24;   // of an OpenDML index, before its entries
constexpr std::uint64_t kEntry = 16;  // of idx1 and of an index of indexes
constexpr std::uint64_t kBase = 12;   // where an index of chunks holds what its offsets count from
constexpr std::uint8_t kIndexes = 0, kChunks = 1;  // bIndexType

class Mover {
 public:
  Mover(ByteSource& in, const Layout& layout, const MediaLimits& limits, Patches& patches)
      : in_(in), layout_(layout), limits_(limits), before_(patches), patches_(patches) {}

  Status open_dml(const Chunk& index);
  Status idx1(const Chunk& index);

 private:
  Result<std::string> data(const Chunk& chunk) const;
  Status base(std::uint64_t at);
  Status chunk_index(std::uint64_t at);
  const Chunk* movi(std::size_t riff) const;
  Result<bool> stands_at(std::string_view id, std::uint64_t offset) const;

  ByteSource& in_;
  const Layout& layout_;
  const MediaLimits& limits_;
  const Patches before_;  // those that move; ours change no length
  Patches& patches_;
};

Result<std::string> Mover::data(const Chunk& chunk) const {
  if (chunk.end - chunk.data > limits_.value_bytes)
    return Error{Code::limit, chunk.id + " chunk is too long", chunk.offset};
  return in_.copy(chunk.data, chunk.end - chunk.data);
}

// The base of the index of chunks whose data begin at `at`; it lies with the film it counts in.
Status Mover::base(std::uint64_t at) {
  ByteReader reader(TRY(in_.exactly(at + kBase, 8)));
  const std::uint64_t old = TRY(reader.le<std::uint64_t>());
  const std::int64_t by = before_.moved(at);
  patches_.replace(at + kBase, 8, little_endian(old + static_cast<std::uint64_t>(by), 8));
  return Done{};
}

// An index of chunks among the film, if there is one at `at`.
Status Mover::chunk_index(std::uint64_t at) {
  const bool in_film =
      std::any_of(layout_.chunks.begin(), layout_.chunks.end(), [&](const Chunk& chunk) {
        return chunk.list && chunk.id == "movi" && at >= chunk.data && at < chunk.end &&
               chunk.end - at >= 8 + kHead;
      });
  if (!in_film) return Error{Code::unsupported, "an index lies outside of the film", 0};
  const Bytes head = TRY(in_.exactly(at, 8 + kHead));
  if (as_text(head).substr(0, 2) != "ix" || std::to_integer<std::uint8_t>(head[11]) != kChunks)
    return Error{Code::unsupported, "no index where the header says", at};
  return base(at + 8);
}

Status Mover::open_dml(const Chunk& index) {
  const std::string bytes = TRY(data(index));
  ByteReader reader(as_raw(bytes));
  TRY(reader.take(3));
  const std::uint8_t type = TRY(reader.le<std::uint8_t>());
  const std::uint32_t used = TRY(reader.le<std::uint32_t>());
  if (type == kChunks) {
    const std::int64_t by = before_.moved(index.next);
    TRY(reader.take(4));
    const std::uint64_t old = TRY(reader.le<std::uint64_t>());
    patches_.replace(index.data + kBase, 8, little_endian(old + static_cast<std::uint64_t>(by), 8));
    return Done{};
  }
  if (type != kIndexes) return Error{Code::unsupported, "an index of unknown kind", index.offset};
  TRY(reader.take(kHead - 8));
  for (std::uint64_t i = 0; i < used; ++i) {
    const Bytes raw = TRY(reader.take(kEntry));
    const std::uint64_t at = TRY(ByteReader(raw).le<std::uint64_t>());
    if (at == 0) continue;
    TRY(chunk_index(at));
    const std::uint64_t moved = at + static_cast<std::uint64_t>(before_.moved(at));
    patches_.replace(index.data + kHead + i * kEntry, 8, little_endian(moved, 8));
  }
  return Done{};
}

const Chunk* Mover::movi(std::size_t riff) const {
  for (const Chunk& chunk : layout_.chunks)
    if (chunk.list && chunk.id == "movi" && chunk.parent == riff) return &chunk;
  return nullptr;
}

Result<bool> Mover::stands_at(std::string_view id, std::uint64_t offset) const {
  const Bytes there = TRY(in_.view(offset, 4));
  return as_text(there) == (id == "rec " ? "LIST" : id);
}

// Its offsets count from the word "movi", as most writers have it, or from the file's begin.
Status Mover::idx1(const Chunk& index) {
  const Chunk* film = movi(index.parent);
  const std::string bytes = TRY(data(index));
  if (film == nullptr || bytes.size() < kEntry) return Done{};
  const std::string_view first = std::string_view(bytes).substr(0, 4);
  const std::uint32_t offset =
      TRY(ByteReader(as_raw(std::string_view(bytes).substr(8))).le<std::uint32_t>());
  const bool counts_from_movi = TRY(stands_at(first, film->data - 4 + offset));
  if (counts_from_movi || !TRY(stands_at(first, offset))) return Done{};
  std::string moved = bytes;
  for (std::size_t at = 8; at + 8 <= bytes.size(); at += kEntry) {
    const std::uint32_t old =
        TRY(ByteReader(as_raw(std::string_view(bytes).substr(at))).le<std::uint32_t>());
    const std::uint64_t now = old + static_cast<std::uint64_t>(before_.moved(old));
    if (now > kUnknown) return Error{Code::unsupported, "file is too large for its format", 0};
    moved.replace(at, 4, little_endian(now, 4));
  }
  patches_.replace(index.data, bytes.size(), moved);
  return Done{};
}

}  // namespace

Status move_indexes(ByteSource& in, const Layout& layout, const MediaLimits& limits,
                    Patches& patches) {
  Mover mover(in, layout, limits, patches);
  for (const Chunk& chunk : layout.chunks) {
    if (chunk.id == "indx") TRY(mover.open_dml(chunk));
    if (chunk.id == "idx1") TRY(mover.idx1(chunk));
  }
  return Done{};
}

}  // namespace assay::formats::riff
