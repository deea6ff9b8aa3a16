// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "formats/isobmff/offsets.h"
#include "formats/isobmff/write.h"

namespace assay::formats::isobmff {
namespace {

enum class Family : std::uint8_t { none, avif, heif, m4a, quicktime, mp4 };

struct Brand {
  std::string_view brand;
  Family family;
};

// Major brands; all others are MP4. mif1 and msf1 leave the codec to the compatible brands.
constexpr auto kBrands = std::to_array<Brand>({
    {"avif", Family::avif},      {"avis", Family::avif}, {"heic", Family::heif},
    {"heix", Family::heif},      {"heim", Family::heif}, {"heis", Family::heif},
    {"hevc", Family::heif},      {"hevx", Family::heif}, {"hevm", Family::heif},
    {"hevs", Family::heif},      {"heif", Family::heif}, {"mif1", Family::heif},
    {"mif2", Family::heif},      {"msf1", Family::heif}, {"miaf", Family::heif},
    {"M4A ", Family::m4a},       {"M4B ", Family::m4a},  {"M4P ", Family::m4a},
    {"qt  ", Family::quicktime},
});

// The first boxes of a QuickTime file from before there was ftyp.
constexpr std::array<std::string_view, 5> kFirst = {"moov", "mdat", "wide", "free", "skip"};

bool has_brand(std::string_view brands, std::string_view brand) {
  for (std::size_t at = 0; at + 4 <= brands.size(); at += 4)
    if (brands.substr(at, 4) == brand) return true;
  return false;
}

Family family_of(Bytes head) {
  ByteReader in(head);
  const auto size = in.be<std::uint32_t>();
  const auto type = in.take(4);
  if (!type.ok()) return Family::none;
  const std::string_view name = as_text(*type);
  if (name != "ftyp") {
    const bool first = std::find(kFirst.begin(), kFirst.end(), name) != kFirst.end();
    return first && (*size <= 1 || *size >= 8) ? Family::quicktime : Family::none;
  }
  const auto major = in.take(4);
  if (*size < 16 || !major.ok()) return Family::none;
  const auto* const known = std::find_if(kBrands.begin(), kBrands.end(), [&](const Brand& one) {
    return one.brand == as_text(*major);
  });
  if (known == kBrands.end()) return Family::mp4;
  const std::string_view all = as_text(head).substr(0, *size);
  const bool codec_named = known->brand.starts_with("he");
  if (known->family == Family::heif && !codec_named &&
      (has_brand(all.substr(8), "avif") || has_brand(all.substr(8), "avis")))
    return Family::avif;
  return known->family;
}

template <Family F>
Result<bool> sniff(Bytes head, ByteSource&) {
  return family_of(head) == F;
}

template <bool Still>
Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  BoxReader boxes(in, limits);
  Scan found = TRY(scan(boxes, Still));
  Metadata out;
  for (Found& one : found.found) out.items.push_back(std::move(one.item));
  return out;
}

// Lets a free box behind the movie's header give or take the difference, so that the media data
// stays where it is. A box is nothing or has its 8 bytes of header.
void absorb(const std::vector<Box>& top, Patches& patches) {
  const std::int64_t growth = patches.growth();
  for (std::size_t i = 0; i + 1 < top.size(); ++i) {
    const Box& box = top[i + 1];
    if (top[i].type != "moov" || (box.type != "free" && box.type != "skip")) continue;
    const auto left = static_cast<std::int64_t>(box.size) - growth;
    if (box.header != 8 || box.open || growth == 0 || (left != 0 && left < 8) || left >> 32 != 0)
      return;
    if (left == 0) return patches.replace({}, box.offset, box.size, "");
    const auto taken = static_cast<std::uint64_t>(std::max<std::int64_t>(growth, 0));
    const auto given = static_cast<std::size_t>(std::max<std::int64_t>(-growth, 0));
    return patches.replace(
        {}, box.offset, 8 + taken,
        big_endian(static_cast<std::uint64_t>(left), 4) + box.type + std::string(given, '\0'));
  }
}

bool edits_image(const Scan& scan, const Change& change) {
  return std::any_of(change.edits.begin(), change.edits.end(), [&](const Edit& edit) {
    return scan.found[edit.item].shape == Shape::image_item;
  });
}

template <bool Still>
Result<Splice> write(ByteSource& in, const Metadata& have, const Change& change,
                     const MediaLimits& limits) {
  BoxReader reader(in, limits);
  const Scan found = TRY(scan(reader, Still));
  for (const Edit& edit : change.edits)
    if (edit.item >= found.found.size() || found.found.size() != have.items.size())
      return Error{Code::internal, "these items are not the file's", 0};
  BoxReader boxes(in, limits);  // with a budget of its own
  Patches patches;
  Change keys = change;
  Change image = change;
  (Still ? keys : image).add.reset();
  TRY(edit_boxes(found, change, patches));
  TRY(write_keys(boxes, found, keys, patches));
  std::optional<std::uint64_t> iloc;
  if (image.add || edits_image(found, image)) {
    TRY(write_image(found, image, in.size(), patches));
    iloc = found.image->locations.box.offset;
  } else {
    absorb(found.top, patches);
  }
  TRY(move_offsets(boxes, found.top, patches, iloc));
  return patches.splice(in.size());
}

constexpr StaticText kMovie = {"moov/udta/meta 中名为 AIGC 的键", "key AIGC of moov/udta/meta"};
constexpr StaticText kImage = {"meta 中的 XMP 项", "XMP item of meta"};

constexpr std::array<MediaFormat, 5> kRows = {{
    {"AVIF", kImage, ItemKind::xmp, sniff<Family::avif>, read<true>, write<true>},
    {"HEIF", kImage, ItemKind::xmp, sniff<Family::heif>, read<true>, write<true>},
    {"M4A", kMovie, ItemKind::text, sniff<Family::m4a>, read<false>, write<false>},
    {"QuickTime", kMovie, ItemKind::text, sniff<Family::quicktime>, read<false>, write<false>},
    {"MP4", kMovie, ItemKind::text, sniff<Family::mp4>, read<false>, write<false>},
}};

}  // namespace

extern const std::span<const MediaFormat> kMedia;
const std::span<const MediaFormat> kMedia = kRows;

}  // namespace assay::formats::isobmff
