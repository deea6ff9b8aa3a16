// SPDX-License-Identifier: Apache-2.0
//
// All tags of a file of MP3 or ADTS and the items in them.
#pragma once

#include <optional>
#include <vector>

#include "formats/id3/ape.h"
#include "formats/id3/tag.h"
#include "formats/item_list.h"
#include "formats/media.h"

namespace assay::formats::id3 {

inline constexpr std::uint64_t kMaxTags = 1000;  // in front

// What an item was read from: a frame of a tag, or an item of the APE tag; nothing where the whole
// could not be read.
struct Source {
  static constexpr std::size_t kApe = ~std::size_t{0};
  std::size_t tag = 0;
  std::optional<std::size_t> part = {};
};

struct Tags {
  explicit Tags(const MediaLimits& limits) : items(limits) {}
  std::vector<Tag> tags;  // as they stand in the file
  std::size_t in_front = 0;
  std::optional<ApeTag> ape;
  ItemList items;
  std::vector<Source> sources;  // of each item
};

Result<Tags> scan(ByteSource& in, const MediaLimits& limits);

}  // namespace assay::formats::id3
