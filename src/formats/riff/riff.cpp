// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "formats/item_list.h"
#include "formats/names_label.h"
#include "formats/patches.h"
#include "formats/riff/layout.h"
#include "formats/riff/write.h"

namespace assay::formats::riff {
namespace {

struct Form {
  std::string_view id;          // of the RIFF
  std::string_view label_list;  // where the label's chunk stands
};
constexpr Form kWave = {"WAVE", "WAVE"};
constexpr Form kAvi = {"AVI ", "INFO"};

// The NUL-ended part of a chunk of fixed fields that looks like a label, or nothing.
std::string_view part_with_label(std::string_view data) {
  while (!data.empty()) {
    const std::string_view part = before_nul(data);
    if (names_label(part)) return part;
    data.remove_prefix(std::min(part.size() + 1, data.size()));
  }
  return {};
}

bool may_be_text(const Layout& frame, const Chunk& chunk) {
  return chunk.id == "AIGC" || chunk.id == "_PMX" || chunk.id == "iXML" || chunk.id == "bext" ||
         frame.chunks[chunk.parent].id == "INFO";
}

std::optional<Item> item_of(const Layout& frame, const Chunk& chunk, std::string_view data,
                            const Form& form) {
  std::string place = chunk.id + " chunk at byte " + std::to_string(chunk.offset);
  if (chunk.id == "_PMX") {
    Item xmp{ItemKind::xmp, std::move(place), chunk.offset};
    xmp.value = before_nul(data);
    xmp.agreed = false;
    return xmp;
  }
  if (chunk.id == "AIGC")
    return text_item(std::move(place), chunk.offset, chunk.id, before_nul(data),
                     frame.within(chunk, form.label_list));
  const std::string_view text = part_with_label(data);
  if (text.empty()) return std::nullopt;
  return text_item(std::move(place), chunk.offset, chunk.id, text, false);
}

Result<Metadata> read(ByteSource& in, const Form& form, const MediaLimits& limits) {
  const Layout frame = TRY(layout(in, form.id, limits));
  ItemList out(limits);
  for (const Chunk& chunk : frame.chunks) {
    if (chunk.list || !may_be_text(frame, chunk)) continue;
    const std::uint64_t size = chunk.end - chunk.data;
    if (size > limits.value_bytes)
      return Error{Code::limit, chunk.id + " chunk is too long", chunk.offset};
    const Bytes data = TRY(in.exactly(chunk.data, size));
    auto item = item_of(frame, chunk, as_text(data), form);
    if (item.has_value()) TRY(out.add(std::move(*item)));
  }
  return std::move(out.metadata);
}

Result<bool> sniff_wav(Bytes head, ByteSource&) { return is_riff(head, kWave.id); }
Result<bool> sniff_avi(Bytes head, ByteSource&) { return is_riff(head, kAvi.id); }
Result<Metadata> read_wav(ByteSource& in, const MediaLimits& limits) {
  return read(in, kWave, limits);
}
Result<Metadata> read_avi(ByteSource& in, const MediaLimits& limits) {
  return read(in, kAvi, limits);
}

constexpr std::array<MediaFormat, 2> kRows = {{
    {.name = "WAV",
     .place = {"RIFF 的 AIGC 子块", "AIGC chunk of the RIFF"},
     .adds = ItemKind::text,
     .sniff = sniff_wav,
     .read = read_wav,
     .write = write_wav},
    {.name = "AVI",
     .place = {"LIST INFO 的 AIGC 子块", "AIGC chunk of LIST INFO"},
     .adds = ItemKind::text,
     .sniff = sniff_avi,
     .read = read_avi,
     .write = write_avi},
}};

}  // namespace

extern const std::span<const MediaFormat> kMedia;
const std::span<const MediaFormat> kMedia = kRows;

}  // namespace assay::formats::riff
