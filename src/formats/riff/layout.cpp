// SPDX-License-Identifier: Apache-2.0
#include "formats/riff/layout.h"

#include <algorithm>
#include <map>

namespace assay::formats::riff {
namespace {

constexpr std::uint64_t kHeader = 8;  // id and size

// The sizes over 32 bits of RF64 and BW64 (EBU Tech 3306, ITU-R BS.2088).
struct Wide {
  std::uint64_t at = 0;  // of the chunk's data, which begins with the size of the RIFF; 0: none
  std::uint64_t end = 0;
  std::uint64_t riff = 0;
  std::map<std::string, std::uint64_t, std::less<>> sizes;
};

class Walk {
 public:
  Walk(ByteSource& in, const MediaLimits& limits) : in_(in), limits_(limits) {}

  Status riff(std::uint64_t at);
  std::uint64_t end() const { return end_; }  // of the last RIFF
  Layout& layout() { return layout_; }

 private:
  Status wide(std::uint64_t at);
  Result<Chunk> header(std::uint64_t at, std::uint64_t end);
  Status children(std::size_t parent, std::uint32_t depth);

  ByteSource& in_;
  const MediaLimits& limits_;
  Wide wide_;
  std::uint64_t end_ = 0;
  Layout layout_;
};

bool is_media(std::string_view type) { return type == "movi" || type == "wavl"; }

Status Walk::wide(std::uint64_t at) {
  ByteReader head(TRY(in_.exactly(at, kHeader)), at);
  const Bytes id = TRY(head.take(4));
  if (as_text(id) != "ds64") return Error{Code::invalid, "no ds64 chunk", at};
  const std::uint64_t size = TRY(head.le<std::uint32_t>());
  if (size > limits_.value_bytes) return Error{Code::limit, "ds64 chunk is too long", at};
  wide_.at = at + kHeader;
  ByteReader data(TRY(in_.exactly(wide_.at, size)), wide_.at);
  wide_.end = wide_.at + size;
  wide_.riff = TRY(data.le<std::uint64_t>());
  wide_.sizes["data"] = TRY(data.le<std::uint64_t>());
  TRY(data.le<std::uint64_t>());  // samples
  const std::uint32_t rows = TRY(data.le<std::uint32_t>());
  if (rows > limits_.elements) return Error{Code::limit, "too many chunks", at};
  for (std::uint32_t i = 0; i < rows; ++i) {
    const Bytes name = TRY(data.take(4));
    std::string key(as_text(name));
    wide_.sizes.emplace(std::move(key), TRY(data.le<std::uint64_t>()));
  }
  return Done{};
}

// The chunk at `at` of a list that ends at `end`.
Result<Chunk> Walk::header(std::uint64_t at, std::uint64_t end) {
  if (layout_.chunks.size() >= limits_.elements) return Error{Code::limit, "too many chunks", at};
  ByteReader head(TRY(in_.exactly(at, kHeader)), at);
  Chunk chunk;
  const Bytes id = TRY(head.take(4));
  chunk.id = as_text(id);
  chunk.offset = at;
  chunk.data = at + kHeader;
  chunk.size_at = at + 4;
  chunk.size = TRY(head.le<std::uint32_t>());
  if (const auto found = wide_.sizes.find(chunk.id);
      chunk.size == kUnknown && found != wide_.sizes.end())
    chunk.size = found->second;
  if (layout_.open && (chunk.size == kUnknown || (chunk.size == 0 && chunk.id == "data")))
    chunk.size = end - chunk.data;
  if (chunk.size > end - chunk.data) return Error{Code::invalid, "chunk ends too early", at};
  chunk.end = chunk.data + chunk.size;
  chunk.next = std::min(chunk.end + chunk.size % 2, end);
  if (chunk.id != "LIST") return chunk;
  chunk.list = true;
  const Bytes type = TRY(in_.exactly(chunk.data, 4));
  if (chunk.size < 4) return Error{Code::invalid, "chunk ends too early", at};
  chunk.id = as_text(type);
  chunk.data += 4;
  return chunk;
}

Status Walk::children(std::size_t parent, std::uint32_t depth) {
  if (depth == 0) return Error{Code::limit, "too deep", layout_.chunks[parent].offset};
  const std::uint64_t end = layout_.chunks[parent].end;
  for (std::uint64_t at = layout_.chunks[parent].data; end - at >= kHeader;) {
    Chunk chunk = TRY(header(at, end));
    chunk.parent = parent;
    at = chunk.next;
    const bool enter = chunk.list && !is_media(chunk.id);
    layout_.chunks.push_back(std::move(chunk));
    if (enter) TRY(children(layout_.chunks.size() - 1, depth - 1));
  }
  return Done{};
}

Status Walk::riff(std::uint64_t at) {
  ByteReader head(TRY(in_.exactly(at, 12)), at);
  const Bytes word = TRY(head.take(4));
  const bool is_wide = as_text(word) != "RIFF";
  Chunk riff;
  riff.list = true;
  riff.offset = at;
  riff.data = at + 12;
  riff.size_at = at + 4;
  riff.size = TRY(head.le<std::uint32_t>());
  riff.parent = layout_.chunks.size();
  riff.id = as_text(head.rest());
  if (is_wide) TRY(wide(riff.data));
  if (is_wide && riff.size == kUnknown) {
    riff.size = wide_.riff;
    riff.size_at = wide_.at;
    riff.size_width = 8;
  } else if (riff.size == kUnknown || riff.size == 0) {
    layout_.open = true;
    riff.size = in_.size() - at - 8;
  }
  if (riff.size < 4) return Error{Code::invalid, "chunk ends too early", at};
  // A file whose end is missing is read as far as its chunks are whole.
  riff.end = at + 8 + std::min(riff.size, in_.size() - at - 8);
  if (riff.end < wide_.end) return Error{Code::invalid, "chunk ends too early", at};
  riff.next = std::min(riff.end + riff.size % 2, in_.size());
  end_ = riff.next;
  layout_.chunks.push_back(std::move(riff));
  return children(layout_.chunks.size() - 1, limits_.depth);
}

}  // namespace

bool Layout::within(const Chunk& chunk, std::string_view list) const {
  const Chunk& parent = chunks[chunk.parent];
  return parent.id == list && chunks[parent.parent].parent == parent.parent;
}

bool is_riff(Bytes head, std::string_view form) {
  if (head.size() < 12 || as_text(head).substr(8, 4) != form) return false;
  const std::string_view word = as_text(head).substr(0, 4);
  return word == "RIFF" || (form == "WAVE" && (word == "RF64" || word == "BW64"));
}

Result<Layout> layout(ByteSource& in, std::string_view form, const MediaLimits& limits) {
  const Bytes head = TRY(in.view(0, 12));
  if (!is_riff(head, form)) return Error{Code::invalid, "not a file of this format", 0};
  Walk walk(in, limits);
  TRY(walk.riff(0));
  // OpenDML: an AVI over 1 GiB goes on in further RIFFs.
  while (form == "AVI ") {
    const std::uint64_t at = walk.end();
    const Bytes more = TRY(in.view(at, 12));
    if (!is_riff(more, "AVIX")) break;
    TRY(walk.riff(at));
  }
  return std::move(walk.layout());
}

}  // namespace assay::formats::riff
