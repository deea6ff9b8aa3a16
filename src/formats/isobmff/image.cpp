// SPDX-License-Identifier: Apache-2.0
//
// The items of a `meta` box: iinf, iloc, iref, pitm, idat.
#include <algorithm>

#include "formats/isobmff/scan.h"

namespace assay::formats::isobmff {
namespace {

constexpr std::uint64_t kTiffOffset = 4;  // before the TIFF structure of an Exif item

std::uint64_t content(const Box& box) { return box.end() - box.start(); }

// infe of version 2 or 3; an older one has no type.
Result<Info> read_info(BoxReader& boxes, const Box& box) {
  const std::string bytes = TRY(boxes.bytes(box.start(), content(box)));
  ByteReader in(as_raw(bytes), box.start());
  Info out;
  out.box = box;
  const std::uint32_t version = TRY(in.be<std::uint32_t>()) >> 24;
  out.id = TRY(take_number(in, version == 3 ? 4 : 2));
  TRY(in.take(2));  // protection
  if (version < 2) return out;
  out.type = as_text(TRY(in.take(4)));
  if (out.type != "mime") return out;
  TRY(in.until(std::byte{0}));  // name
  out.content_type = as_text(TRY(in.until(std::byte{0})));
  if (in.empty()) return out;
  out.encoding = as_text(TRY(in.until(std::byte{0})));
  return out;
}

Status read_infos(BoxReader& boxes, Image& image) {
  const std::string head = TRY(boxes.bytes(image.iinf.start(), 4));
  image.count_width = head[0] == 0 ? 2 : 4;
  const std::string count = TRY(boxes.bytes(image.iinf.start() + 4, image.count_width));
  ByteReader in(as_raw(count));
  image.count = TRY(take_number(in, image.count_width));
  const BoxList list =
      TRY(boxes.inside(image.iinf.start() + 4 + image.count_width, image.iinf.end(), true));
  if (image.count != list.boxes.size())
    return Error{Code::invalid, "the number of items is wrong", image.iinf.offset};
  for (const Box& box : list.boxes) image.infos.push_back(TRY(read_info(boxes, box)));
  image.infos_end = list.end;
  return Done{};
}

Status read_references(BoxReader& boxes, const Box& iref, Image& image) {
  const std::string head = TRY(boxes.bytes(iref.start(), 4));
  image.iref = iref;
  image.id_width = head[0] == 0 ? 2 : 4;
  const BoxList list = TRY(boxes.inside(iref.start() + 4, iref.end(), true));
  for (const Box& box : list.boxes) {
    const std::string bytes = TRY(boxes.bytes(box.start(), content(box)));
    ByteReader in(as_raw(bytes), box.start());
    Reference reference{box, TRY(take_number(in, image.id_width)), {}};
    const std::uint16_t count = TRY(in.be<std::uint16_t>());
    for (std::uint16_t i = 0; i < count; ++i)
      reference.to.push_back(TRY(take_number(in, image.id_width)));
    image.references.push_back(std::move(reference));
  }
  return Done{};
}

// Does it describe the primary item, or nothing in particular?
bool describes_primary(const Image& image, std::uint64_t id) {
  bool other = false;
  for (const Reference& reference : image.references) {
    if (reference.from != id || reference.box.type != "cdsc") continue;
    const auto& to = reference.to;
    if (image.primary && std::find(to.begin(), to.end(), *image.primary) != to.end()) return true;
    other = true;
  }
  return !other;
}

// The item's bytes, or what is wrong with its place.
Result<std::string> item_bytes(BoxReader& boxes, const Image& image, std::uint64_t id) {
  const Location* at = image.locations.find(id);
  if (at == nullptr) return Error{Code::invalid, "the item has no location"};
  if (!at->here() || (at->method == 1 && !image.idat))
    return Error{Code::invalid, "the item's bytes lie in another place than file or idat"};
  const std::uint64_t from = at->method == 1 ? image.idat->start() : 0;
  const std::uint64_t size = at->method == 1 ? content(*image.idat) : boxes.size();
  std::string out;
  for (const Extent& extent : at->extents) {
    const std::uint64_t start = at->base + extent.offset;
    if (start < at->base || start > size || extent.length > size - start)
      return Error{Code::invalid, "the item's bytes lie outside the file"};
    out += TRY(boxes.bytes(from + start, extent.length == 0 ? size - start : extent.length));
  }
  return out;
}

// Takes the offset field and what it skips from an Exif item's bytes; gives how much that is.
Result<std::uint64_t> tiff_start(std::string_view bytes) {
  ByteReader in(as_raw(bytes));
  const std::uint32_t skipped = TRY(in.be<std::uint32_t>());
  TRY(in.take(skipped));
  return kTiffOffset + skipped;
}

Status read_item(BoxReader& boxes, const Image& image, const Info& info, bool still, Scan& out) {
  // Both are searched below, for each such item.
  TRY(boxes.count(image.locations.items.size() + image.references.size(), info.box.offset));
  const bool exif = info.type == "Exif";
  Found found;
  found.item = {.kind = exif ? ItemKind::exif : ItemKind::xmp,
                .place = place_of("meta item " + std::to_string(info.id), info.box.offset),
                .offset = info.box.offset,
                .agreed = still && describes_primary(image, info.id)};
  found.around = {image.meta, image.iinf};
  found.element = info.box;
  found.shape = Shape::image_item;
  found.id = info.id;
  auto bytes = item_bytes(boxes, image, info.id);
  if (!bytes.ok() && bytes.error().code != Code::invalid) return bytes.error();
  if (!bytes.ok()) {
    found.item.broken = bytes.error().what;
  } else if (!info.encoding.empty()) {
    found.item.broken = "the item is compressed";
  } else {
    const auto skipped = exif ? tiff_start(*bytes) : Result<std::uint64_t>(0);
    if (skipped.ok()) found.at = *skipped;
    if (skipped.ok()) found.item.value = bytes->substr(static_cast<std::size_t>(*skipped));
    if (!skipped.ok()) found.item.broken = skipped.error().what;
  }
  out.found.push_back(std::move(found));
  return Done{};
}

Status read_parts(BoxReader& boxes, const BoxList& list, Image& image) {
  if (const Box* pitm = list.find("pitm")) {
    const std::string bytes = TRY(boxes.bytes(pitm->start(), content(*pitm)));
    ByteReader in(as_raw(bytes), pitm->start());
    const std::uint32_t version = TRY(in.be<std::uint32_t>()) >> 24;
    image.primary = TRY(take_number(in, version == 0 ? 2 : 4));
  }
  if (const Box* idat = list.find("idat")) image.idat = *idat;
  if (const Box* iref = list.find("iref")) TRY(read_references(boxes, *iref, image));
  TRY(read_infos(boxes, image));
  return Done{};
}

}  // namespace

Status scan_image(BoxReader& boxes, const Box& meta, bool agreed, Scan& out) {
  if (out.image || content(meta) < 4) return Done{};
  const BoxList list = TRY(boxes.inside(meta.start() + 4, meta.end(), agreed));
  const Box* iinf = list.find("iinf");
  const Box* iloc = list.find("iloc");
  if (iinf == nullptr || iloc == nullptr) return Done{};
  Image image;
  image.meta = meta;
  image.end = list.end;
  image.iinf = *iinf;
  image.locations = TRY(read_locations(boxes, *iloc));
  TRY(read_parts(boxes, list, image));
  for (const Info& info : image.infos)
    if (info.type == "Exif" || info.content_type == "application/rdf+xml")
      TRY(read_item(boxes, image, info, agreed, out));
  out.image = std::move(image);
  return Done{};
}

}  // namespace assay::formats::isobmff
