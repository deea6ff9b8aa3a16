// SPDX-License-Identifier: Apache-2.0
//
// Office documents and electronic books: ZIP archives with XML parts; README.md has the places.
#include <algorithm>
#include <array>
#include <optional>

#include "formats/media.h"
#include "formats/office/places.h"
#include "formats/office/rewrite.h"

namespace assay::formats::office {
namespace {

constexpr std::uint64_t kMaxTypeBytes = 128;  // of the member `mimetype`

struct MainPart {
  std::string_view word;  // in the content type of the main part
  Kind kind;
};

constexpr std::array<MainPart, 6> kMainParts = {{{"wordprocessingml", Kind::docx},
                                                 {"ms-word", Kind::docx},
                                                 {"spreadsheetml", Kind::xlsx},
                                                 {"ms-excel", Kind::xlsx},
                                                 {"presentationml", Kind::pptx},
                                                 {"ms-powerpoint", Kind::pptx}}};

std::optional<Kind> kind_of_main_part(std::string_view type) {
  if (!type.ends_with("main+xml") && !type.ends_with("macroEnabled.main")) return std::nullopt;
  for (const MainPart& row : kMainParts)
    if (type.find(row.word) != std::string_view::npos) return row.kind;
  return std::nullopt;
}

std::optional<Kind> kind_of_type(std::string_view type) {
  if (type.starts_with("application/vnd.oasis.opendocument.")) return Kind::odf;
  if (type.starts_with("application/epub+zip")) return Kind::epub;
  return std::nullopt;
}

std::optional<Kind> kind_of(const Package& package) {
  if (const zip::Entry* entry = package.entry("mimetype")) {
    const auto type = zip::unpack(package.in(), *entry, kMaxTypeBytes);
    return type.ok() ? kind_of_type(*type) : std::nullopt;
  }
  const auto types = package.part(kContentTypes);
  if (!types.ok() || !*types) return std::nullopt;
  for (const pugi::xml_node node : (*types)->xml.document_element().children())
    if (const auto kind = kind_of_main_part(node.attribute("ContentType").value())) return kind;
  return std::nullopt;
}

template <Kind kind>
Result<bool> sniff(Bytes head, ByteSource& in) {
  if (!as_text(head).starts_with("PK\x03\x04")) return false;
  const MediaLimits limits;
  const auto package = Package::open(in, limits);
  if (package.ok()) return kind_of(*package) == kind;
  if (package.error().code == Code::io) return package.error();
  return false;
}

template <Kind kind>
Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  Package package = TRY(Package::open(in, limits));
  const std::vector<Found> found = TRY(find(package, kind, limits));
  Metadata out;
  std::uint64_t total = 0;
  for (const Found& one : found) {
    total += one.item.value.size();
    if (total > limits.total_bytes || out.items.size() >= limits.elements)
      return Error{Code::limit, "too much metadata", one.item.offset};
    out.items.push_back(one.item);
  }
  return out;
}

template <Kind kind>
Result<Splice> write(ByteSource& in, const Metadata& /*have*/, const Change& change,
                     const MediaLimits& limits) {
  Package package = TRY(Package::open(in, limits));
  std::vector<Found> found = TRY(find(package, kind, limits));
  for (const Edit& edit : change.edits) {
    if (edit.item >= found.size())
      return Error{Code::unsupported, "this part cannot be changed", 0};
    TRY(set(found[edit.item], edit.value));
  }
  if (change.add) {
    const Status added = add(package, kind, *change.add);
    if (!added.ok() && added.error().code == Code::invalid)
      return Error{Code::unsupported, added.error().what, added.error().offset};
    TRY(added);
  }
  return rewrite(in, package.archive(), package.changed());
}

template <Kind kind>
constexpr MediaFormat row(std::string_view name, StaticText place) {
  return {name, place, ItemKind::text, sniff<kind>, read<kind>, write<kind>};
}

constexpr StaticText kOoxmlPlace = {"docProps/custom.xml 中名为 AIGC 的自定义属性",
                                    "the custom property AIGC in docProps/custom.xml"};
constexpr std::array<MediaFormat, 5> kRows = {
    row<Kind::docx>("DOCX", kOoxmlPlace), row<Kind::xlsx>("XLSX", kOoxmlPlace),
    row<Kind::pptx>("PPTX", kOoxmlPlace), row<Kind::odf>("ODF", {}), row<Kind::epub>("EPUB", {})};

}  // namespace

extern const std::span<const MediaFormat> kMedia;
const std::span<const MediaFormat> kMedia = kRows;

}  // namespace assay::formats::office
