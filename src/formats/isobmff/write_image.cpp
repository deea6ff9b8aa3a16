// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "formats/isobmff/write.h"

namespace assay::formats::isobmff {
namespace {

constexpr std::string_view kContentType = "application/rdf+xml";

// The stretch of an item's bytes, and the box that holds it.
struct Stretch {
  Path around;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

bool holds(const Box& box, std::uint64_t offset, std::uint64_t size) {
  return offset >= box.start() && offset <= box.end() && size <= box.end() - offset;
}

class ImageWriter {
 public:
  ImageWriter(const Scan& scan, std::uint64_t file_size, Patches& patches)
      : scan_(scan),
        image_(*scan.image),
        file_size_(file_size),
        patches_(patches),
        locations_(image_.locations),
        count_(image_.count) {}

  Status edit(const Found& found, const std::optional<std::string>& value);
  Status add(const std::string& packet);
  Status finish();

 private:
  Result<Stretch> stretch(const Found& found) const;
  bool shared(const Location& location, const Stretch& stretch) const;
  Status forget(const Found& found);
  Result<std::uint64_t> unused_id() const;
  void refer(std::uint64_t id);
  Status append(const std::string& packet);
  std::uint64_t idat() const { return image_.idat ? image_.idat->start() : 0; }
  Error cannot(std::string what) const {
    return {Code::unsupported, std::move(what), image_.meta.offset};
  }

  const Scan& scan_;
  const Image& image_;
  std::uint64_t file_size_;
  Patches& patches_;
  Locations locations_;
  std::uint64_t count_;
  std::uint64_t added_ = 0;        // the id of a new item
  std::uint64_t appended_ = 0;     // bytes of it,
  std::uint64_t appended_at_ = 0;  // which end those that are put here
};

// Do other items use these bytes too?
bool ImageWriter::shared(const Location& location, const Stretch& stretch) const {
  for (const Location& other : image_.locations.items) {
    if (other.item == location.item || other.reference != 0) continue;
    if (other.method == 2) return true;  // of which items we do not ask
    const std::uint64_t from = other.method == 1 ? idat() : 0;
    for (const Extent& extent : other.extents) {
      const std::uint64_t start = from + other.base + extent.offset;
      const std::uint64_t end = start + extent.length;
      if (end > file_size_) continue;  // no bytes at all
      if (extent.length == 0 || (start < stretch.offset + stretch.size && end > stretch.offset))
        return true;
    }
  }
  return false;
}

Result<Stretch> ImageWriter::stretch(const Found& found) const {
  const Location* at = image_.locations.find(found.id);
  if (at == nullptr || !at->here() || at->extents.size() != 1 || at->extents[0].length == 0)
    return cannot("the item's bytes are not in one piece");
  Stretch out;
  out.offset = (at->method == 1 ? idat() : 0) + at->base + at->extents[0].offset;
  out.size = at->extents[0].length;
  if (at->method == 1 && image_.idat && holds(*image_.idat, out.offset, out.size))
    out.around = {image_.meta, *image_.idat};
  for (const Box& box : scan_.top)
    if (at->method == 0 && box.type == "mdat" && holds(box, out.offset, out.size))
      out.around = {box};
  if (out.around.empty()) return cannot("the item's bytes lie in an unusual box");
  if (shared(*at, out)) return cannot("another item uses the same bytes");
  return out;
}

// Takes the item out of iinf, iloc and iref.
Status ImageWriter::forget(const Found& found) {
  for (const Reference& reference : image_.references) {
    if (std::find(reference.to.begin(), reference.to.end(), found.id) != reference.to.end())
      return cannot("other items refer to this one");
    if (reference.from == found.id)
      patches_.replace({image_.meta, *image_.iref}, reference.box.offset, reference.box.size, "");
  }
  patches_.replace({image_.meta, image_.iinf}, found.element.offset, found.element.size, "");
  --count_;
  std::erase_if(locations_.items, [&](const Location& one) { return one.item == found.id; });
  return Done{};
}

Status ImageWriter::edit(const Found& found, const std::optional<std::string>& value) {
  Stretch at = TRY(stretch(found));
  if (!value) {
    patches_.replace(at.around, at.offset, at.size, "");
    return forget(found);
  }
  if (!found.item.broken.empty() || value->empty())
    return cannot("this item can only be taken out");
  at.offset += found.at;  // behind the offset field of an Exif item
  at.size -= found.at;
  patches_.replace(at.around, at.offset, at.size, *value);
  for (Location& one : locations_.items)
    if (one.item == found.id) one.extents[0].length = found.at + value->size();
  return Done{};
}

Result<std::uint64_t> ImageWriter::unused_id() const {
  std::set<std::uint64_t> used;
  for (const Info& info : image_.infos) used.insert(info.id);
  for (const Location& one : image_.locations.items) used.insert(one.item);
  for (const Reference& one : image_.references) {
    used.insert(one.from);
    used.insert(one.to.begin(), one.to.end());
  }
  if (used.empty() || *used.rbegin() < 0xffff) return used.empty() ? 1 : *used.rbegin() + 1;
  for (std::uint64_t id = 1; id < 0xffff; ++id)
    if (!used.contains(id)) return id;
  return cannot("no number is free for another item");
}

// "id describes the primary item", in iref or a new one.
void ImageWriter::refer(std::uint64_t id) {
  const auto width = static_cast<unsigned>(image_.iref ? image_.id_width : 4);
  const std::string reference =
      box("cdsc", big_endian(id, width) + big_endian(1, 2) + big_endian(*image_.primary, width));
  if (image_.iref)
    patches_.replace({image_.meta, *image_.iref}, image_.iref->end(), 0, reference);
  else
    patches_.replace({image_.meta}, image_.end, 0,
                     box("iref", big_endian(1, 1) + std::string(3, '\0') + reference));
}

// Puts the packet into the last mdat where that ends the file, else into a new one.
Status ImageWriter::append(const std::string& packet) {
  const Box& last = scan_.top.back();
  if (last.type == "mdat") {
    patches_.replace({last}, file_size_, 0, packet);
  } else if (last.open) {
    return cannot("the last box has no size");
  } else {
    patches_.replace({}, file_size_, 0, box("mdat", packet));
  }
  appended_ = packet.size();
  appended_at_ = file_size_;
  return Done{};
}

Status ImageWriter::add(const std::string& packet) {
  if (!image_.primary || *image_.primary > 0xffff) return cannot("no primary item to describe");
  added_ = TRY(unused_id());
  const std::string info = big_endian(2, 1) + std::string(3, '\0') + big_endian(added_, 2) +
                           big_endian(0, 2) + "mime" + '\0' + std::string(kContentType) + '\0';
  patches_.replace({image_.meta, image_.iinf}, image_.infos_end, 0, box("infe", info));
  ++count_;
  refer(added_);
  Location location;
  location.item = added_;
  location.extents.push_back({0, 0, packet.size()});
  locations_.items.push_back(std::move(location));
  return append(packet);
}

Status ImageWriter::finish() {
  if (count_ >> (8 * image_.count_width) != 0) return cannot("too many items for their counter");
  patches_.overwrite(image_.iinf.start() + 4,
                     big_endian(count_, static_cast<unsigned>(image_.count_width)));
  // iloc's size does not depend on the offsets in it, which depend on all other sizes.
  const Box& iloc = image_.locations.box;
  const std::string before = TRY(locations_.packed());
  Patches all = patches_;
  all.replace({image_.meta}, iloc.offset, iloc.size, before);
  move_locations(locations_, idat(), all);
  for (Location& one : locations_.items) {
    if (one.item != added_ || appended_ == 0) continue;
    const std::uint64_t at = all.moved(appended_at_) - appended_;
    (locations_.offset_width != 0 ? one.extents[0].offset : one.base) = at;
  }
  std::string after = TRY(locations_.packed());
  patches_.replace({image_.meta}, iloc.offset, iloc.size, std::move(after));
  return Done{};
}

}  // namespace

Status write_image(const Scan& scan, const Change& change, std::uint64_t file_size,
                   Patches& patches) {
  if (!scan.image) return Error{Code::unsupported, "no table of items to add one to", 0};
  ImageWriter writer(scan, file_size, patches);
  for (const Edit& edit : change.edits) {
    const Found& found = scan.found[edit.item];
    if (found.shape == Shape::image_item) TRY(writer.edit(found, edit.value));
  }
  if (change.add) TRY(writer.add(*change.add));
  return writer.finish();
}

}  // namespace assay::formats::isobmff
