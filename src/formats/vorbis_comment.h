// SPDX-License-Identifier: Apache-2.0
//
// Lists of comments as Vorbis has them (Vorbis I, section 5), which FLAC and the codecs in Ogg
// share:
//
//   length  u32 little-endian, and so many bytes: the vendor
//   count   u32 little-endian
//   count times: a length like the first, and so many bytes of UTF-8, "KEY=value"
#pragma once

#include <string>
#include <vector>

#include "formats/item_list.h"
#include "formats/media.h"

namespace assay::formats {

struct CommentList {
  std::string vendor;
  std::vector<std::string> entries;  // as they stand
  std::string rest;                  // what follows: a framing bit, padding
  bool readable = true;

  std::string bytes() const;
};

// The lists of a file, in its order, and the items in them.
struct Comments {
  struct Source {
    std::size_t list = 0;
    std::size_t entry = 0;
  };
  // Where a list stands.
  struct Place {
    std::string name;
    std::uint64_t offset = 0;
    bool damaged = false;
  };

  explicit Comments(const MediaLimits& limits) : items(limits) {}

  // Adds the list in `in`, and an item for each entry that is or may be a label: one of the key
  // AIGC in any case is in the agreed place. A list that cannot be followed is one broken item.
  Status add(ByteReader in, const Place& place, const MediaLimits& limits);
  Status add_broken(std::string why, const Place& place);

  // `change` done to the lists. Its addition goes to the first one, which must be there.
  Status apply(const Change& change);

  std::vector<CommentList> lists;
  ItemList items;
  std::vector<Source> sources;  // of each item
};

}  // namespace assay::formats
