// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "formats/item_list.h"
#include "formats/matroska/ebml.h"
#include "formats/matroska/write.h"
#include "formats/names_label.h"
#include "formats/patches.h"

namespace assay::formats::matroska {
namespace {

constexpr std::uint64_t kWholeFile = 50;  // TargetTypeValue of an album, film or episode

class Reader {
 public:
  Reader(Elements& elements, const MediaLimits& limits)
      : elements_(elements), limits_(limits), found_(limits) {}

  Status tag(const Element& tag);
  Metadata& found() { return found_.metadata; }

 private:
  Result<bool> whole_file(const Element& targets);
  Status simple_tag(const Element& tag, bool agreed, std::uint32_t depth);
  Result<std::string> text(const Element& element);

  Elements& elements_;
  const MediaLimits& limits_;
  ItemList found_;
};

// Is that what the tags are about, and no track, edition, chapter or attachment?
Result<bool> Reader::whole_file(const Element& targets) {
  for (const Element& child : TRY(elements_.all(targets.data, targets.end))) {
    if (child.id == id::kTargetType || child.id == id::kVoid || child.id == id::kCrc32) continue;
    const std::uint64_t value = TRY(number(elements_.in(), child));
    if (value != (child.id == id::kTargetTypeValue ? kWholeFile : 0)) return false;
  }
  return true;
}

Result<std::string> Reader::text(const Element& element) {
  if (element.end - element.data > limits_.value_bytes)
    return Error{Code::limit, "value is too long", element.offset};
  const std::string bytes = TRY(elements_.in().copy(element.data, element.end - element.data));
  return std::string(before_nul(bytes));
}

Status Reader::simple_tag(const Element& tag, bool agreed, std::uint32_t depth) {
  if (depth == 0) return Error{Code::limit, "too deep", tag.offset};
  const std::vector<Element> children = TRY(elements_.all(tag.data, tag.end));
  std::string name;
  std::optional<std::string> value;
  for (const Element& child : children) {
    if (child.id == id::kTagName) name = TRY(text(child));
    if (child.id == id::kTagString) value = TRY(text(child));
  }
  const bool label = name == "AIGC";
  if (label || names_label(name) || (value.has_value() && names_label(*value))) {
    Item item = text_item("SimpleTag at byte " + std::to_string(tag.offset), tag.offset, name,
                          value.value_or(""), label && agreed);
    if (!value.has_value()) item.broken = "the value is no text";
    TRY(found_.add(std::move(item)));
  }
  for (const Element& child : children)
    if (child.id == id::kSimpleTag) TRY(simple_tag(child, false, depth - 1));
  return Done{};
}

Status Reader::tag(const Element& tag) {
  const std::vector<Element> children = TRY(elements_.all(tag.data, tag.end));
  bool agreed = true;
  for (const Element& child : children)
    if (child.id == id::kTargets) agreed = TRY(whole_file(child));
  for (const Element& child : children)
    if (child.id == id::kSimpleTag) TRY(simple_tag(child, agreed, limits_.depth));
  return Done{};
}

Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  Elements elements(in, limits);
  TRY(doc_type(elements));
  const Layout frame = TRY(layout(elements));
  Reader reader(elements, limits);
  for (const Element& child : frame.children) {
    if (child.id != id::kTags) continue;
    for (const Element& tag : TRY(elements.all(child.data, child.end)))
      if (tag.id == id::kTag) TRY(reader.tag(tag));
  }
  return std::move(reader.found());
}

Result<bool> is_doc_type(std::string_view type, Bytes head, ByteSource& in) {
  if (!as_text(head).starts_with("\x1a\x45\xdf\xa3")) return false;
  Elements elements(in, {});
  const auto found = doc_type(elements);
  return found.ok() && *found == type;
}

Result<bool> sniff_matroska(Bytes head, ByteSource& in) {
  return is_doc_type("matroska", head, in);
}
Result<bool> sniff_webm(Bytes head, ByteSource& in) { return is_doc_type("webm", head, in); }

constexpr StaticText kPlace = {"全文件 Tag 中名为 AIGC 的 SimpleTag",
                               "SimpleTag AIGC of a Tag for the whole file"};
constexpr std::array<MediaFormat, 2> kRows = {{
    {.name = "Matroska",
     .place = kPlace,
     .adds = ItemKind::text,
     .sniff = sniff_matroska,
     .read = read,
     .write = write},
    {.name = "WebM",
     .place = kPlace,
     .adds = ItemKind::text,
     .sniff = sniff_webm,
     .read = read,
     .write = write},
}};

}  // namespace

extern const std::span<const MediaFormat> kMedia;
const std::span<const MediaFormat> kMedia = kRows;

}  // namespace assay::formats::matroska
