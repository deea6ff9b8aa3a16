// SPDX-License-Identifier: Apache-2.0
//
// Where a file's metadata lies, and what is needed to write it anew.
#pragma once

#include "formats/isobmff/locations.h"

namespace assay::formats::isobmff {

// What surrounds the value in the stretch that is replaced with it.
enum class Shape : std::uint8_t {
  plain,
  data_box,    // all of a `data` box
  counted,     // QuickTime: length and language before it
  terminated,  // 3GPP: a zero byte behind it
  image_item,  // the stretch is named by iloc
};

struct Found {
  Item item;
  Path around;  // what holds the element
  Box element;  // taken out with the item
  Shape shape{};
  std::uint64_t at = 0;  // the stretch, in the element
  std::uint64_t size = 0;
  std::string language = {};  // of a counted text
  std::uint64_t id = 0;       // of an image item
};

struct Key {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::string name_space;
  std::string name;
};

// The metadata of a `meta` box with keys: an entry of `ilst` has as type the number of its key.
struct KeyList {
  Path meta;           // with the box itself
  bool sound = false;  // in the agreed place, and a key can be added
  Box keys;
  std::vector<Key> names;
  std::uint64_t end = 0;  // of the last box in `meta`
  std::optional<Box> ilst;
  BoxList entries;
};

struct Info {
  Box box;
  std::uint64_t id = 0;
  std::string type;
  std::string content_type;
  std::string encoding;
};

struct Reference {
  Box box;
  std::uint64_t from = 0;
  std::vector<std::uint64_t> to;
};

// The items of an image file's `meta` box (ISO/IEC 14496-12, 8.11).
struct Image {
  Box meta;
  std::uint64_t end = 0;  // of its last box
  Box iinf;
  std::uint64_t count_width = 0;  // of the number of entries behind version and flags
  std::uint64_t count = 0;
  std::uint64_t infos_end = 0;
  std::vector<Info> infos;
  Locations locations;
  std::optional<std::uint64_t> primary;
  std::optional<Box> idat;
  std::optional<Box> iref;
  std::uint64_t id_width = 2;  // of iref
  std::vector<Reference> references;
};

struct Scan {
  std::vector<Box> top;
  std::vector<Found> found;
  std::vector<KeyList> keys;
  std::optional<Image> image;
};

// Of `still` images the agreed place is an item of `meta`, of others the keys in moov/udta.
Result<Scan> scan(BoxReader& boxes, bool still);

// Parts of it.
Status scan_tags(BoxReader& boxes, const Path& meta, const std::string& place, bool agreed,
                 Scan& out);
Status scan_image(BoxReader& boxes, const Box& meta, bool agreed, Scan& out);
std::string place_of(const std::string& place, std::uint64_t offset);
bool looks_like_label(std::string_view key, std::string_view value);

}  // namespace assay::formats::isobmff
