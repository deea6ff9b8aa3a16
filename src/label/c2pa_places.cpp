// SPDX-License-Identifier: Apache-2.0
#include "label/c2pa_places.h"

#include <string_view>
#include <utility>

#include "formats/gif/blocks.h"
#include "formats/id3/tag.h"
#include "formats/id3v2_size.h"
#include "formats/pdf/document.h"
#include "formats/tiff/directory.h"

namespace assay::label {
namespace {

using namespace std::string_view_literals;
namespace gif = formats::gif;
namespace id3 = formats::id3;
namespace pdf = formats::pdf;
namespace tiff = formats::tiff;

constexpr formats::MediaLimits kLimits = {.value_bytes = kMaxStore, .total_bytes = 4 * kMaxStore};
constexpr std::uint64_t kMaxTags = 1000;  // in front of an MP3

}  // namespace

Status add_whole(C2paStore& store, std::string bytes, ByteRange range) {
  if (!store.ranges.empty())
    return Error{Code::invalid, "there are two manifest stores", range.offset};
  if (bytes.size() > kMaxStore)
    return Error{Code::limit, "the manifest store is too large", range.offset};
  store.bytes = std::move(bytes);
  store.ranges.push_back(range);
  return Done{};
}

Result<C2paStore> found(C2paStore store) {
  if (store.ranges.empty()) return Error{Code::not_found, "there is no manifest store", 0};
  return store;
}

// An application extension, with its own block of 11 bytes before the store's.
Result<C2paStore> c2pa_in_gif(ByteSource& in) {
  constexpr std::string_view kName =
      "\x0b"
      "C2PA_GIF\x01\0\0"sv;
  C2paStore out;
  gif::Blocks blocks(in, kLimits);
  while (const std::optional<gif::Block> block = TRY(blocks.next())) {
    if (block->kind != gif::kApplication) continue;
    const std::uint64_t size = block->end - block->blocks;
    if (as_text(TRY(in.view(block->blocks, kName.size()))) != kName) continue;
    if (size > kMaxStore)
      return Error{Code::limit, "the manifest store is too large", block->offset};
    const std::string data = TRY(in.copy(block->blocks, size));
    TRY(add_whole(out, gif::joined(std::string_view(data).substr(kName.size())),
                  {block->offset, block->end - block->offset}));
  }
  return found(std::move(out));
}

Result<C2paStore> c2pa_in_tiff(ByteSource& in) {
  constexpr std::uint16_t kTag = 0xcd41;
  C2paStore out;
  const auto layout = tiff::layout_of(TRY(in.view(0, 16)));
  if (!layout) return found(std::move(out));
  const tiff::Directory directory = TRY(tiff::first_directory(in, *layout, kLimits));
  for (const tiff::Entry& entry : directory.entries) {
    if (entry.tag != kTag) continue;
    std::string bytes = TRY(tiff::value_of(in, *layout, entry, kLimits));
    const bool in_entry = bytes.size() <= layout->word();
    const ByteRange range{in_entry ? entry.at : tiff::offset_in(*layout, entry), bytes.size()};
    TRY(add_whole(out, std::move(bytes), range));
  }
  return found(std::move(out));
}

// A file of the tag; what else stands in it need not be read.
Result<C2paStore> c2pa_in_id3(ByteSource& in) {
  C2paStore out;
  std::uint64_t at = 0;
  for (std::uint64_t i = 0; i < kMaxTags; ++i) {
    const std::uint64_t size = formats::id3v2_size(TRY(in.view(at, formats::kId3Header)));
    if (size == 0) break;
    const id3::Tag tag = TRY(id3::read_tag(in, at, size, kLimits));
    for (const id3::Frame& frame : tag.frames) {
      if (frame.id != "GEOB" && frame.id != "GEO") continue;
      const auto data = id3::frame_data(tag, frame, kLimits);
      if (!data.ok()) continue;
      auto file = id3::read_embedded_file(ByteReader(as_raw(*data)));
      if (!file.ok() || (file->media_type != "application/c2pa" &&
                         file->media_type != "application/x-c2pa-manifest-store"))
        continue;
      const bool moved = frame.offset == at;  // the tag was unsynchronised as a whole
      TRY(add_whole(
          out, std::move(file->data),
          moved ? ByteRange{at, size} : ByteRange{frame.offset, frame.end - frame.begin}));
    }
    at += size;
  }
  return found(std::move(out));
}

namespace {

// The value, or that of the object it refers to.
Result<pdf::Object> resolved(pdf::Document& document, std::string_view value) {
  if (const auto elsewhere = pdf::reference(value)) return document.object(elsewhere->number);
  return pdf::Object{0, std::string(value), {}};
}

// The file specifications that the catalog names. One that cannot be followed names none.
std::vector<pdf::Dictionary> associated_files(pdf::Document& document) {
  std::vector<pdf::Dictionary> out;
  const auto catalog = resolved(document, document.trailer().get("Root"));
  if (!catalog.ok()) return out;
  const auto entries = document.dictionary_of(*catalog);
  if (!entries.ok()) return out;
  const auto list = resolved(document, entries->get("AF"));
  if (!list.ok()) return out;
  const auto files = pdf::array(list->value, 0);
  if (!files.ok()) return out;
  for (const std::string_view one : *files) {
    const auto object = resolved(document, one);
    if (!object.ok()) continue;
    auto file = document.dictionary_of(*object);
    if (file.ok()) out.push_back(std::move(*file));
  }
  return out;
}

}  // namespace

Result<C2paStore> c2pa_in_pdf(ByteSource& in) {
  C2paStore out;
  pdf::Document document = TRY(pdf::Document::open(in, kLimits));
  for (const pdf::Dictionary& file : associated_files(document)) {
    if (file.get("AFRelationship") != "/C2PA_Manifest") continue;
    const auto streams = pdf::dictionary(file.get("EF"), 0, kLimits.elements);
    if (!streams.ok()) return Error{streams.error().code, streams.error().what, document.start()};
    const pdf::Object stream = TRY(resolved(document, streams->get("F")));
    const std::uint64_t size = TRY(document.stream_size(stream));
    std::string bytes = TRY(document.stream(stream));
    TRY(add_whole(out, std::move(bytes), {stream.stream.value_or(0), size}));
  }
  return found(std::move(out));
}

}  // namespace assay::label
