// SPDX-License-Identifier: Apache-2.0
//
// An ID3v2 tag; README.md has the bytes.
#pragma once

#include <string>
#include <vector>

#include "base/byte_source.h"
#include "formats/id3/text.h"
#include "formats/media.h"

namespace assay::formats::id3 {

struct Frame {
  std::string id;
  std::uint64_t offset = 0;  // in the file; of the tag where it was unsynchronised as a whole
  std::size_t begin = 0;     // of its header in Tag::body
  std::size_t data = 0;      // of what follows the header there
  std::size_t end = 0;
  std::uint16_t flags = 0;
};

struct Tag {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  // with header and footer
  int version = 0;         // 2, 3 or 4 of ID3v2
  std::uint8_t flags = 0;
  std::string body = {};  // between header and footer; below 2.4 with unsynchronisation undone
  std::vector<Frame> frames = {};
  bool restricted = false;  // its extended header says more than a check sum
  std::string broken = {};  // why it could not be read to its end
};

// The tag at `offset`, of which id3v2_size() said `size`.
Result<Tag> read_tag(ByteSource& in, std::uint64_t offset, std::uint64_t size,
                     const MediaLimits& limits);

// What stands in a frame, with compression and unsynchronisation undone.
Result<std::string> frame_data(const Tag& tag, const Frame& frame, const MediaLimits& limits);

Result<Content> read_frame(const Tag& tag, const Frame& frame, const MediaLimits& limits);

// A frame for `tag`, with its header.
Result<std::string> frame_bytes(const Tag& tag, std::string_view id, const Content& content);

// `tag` with these frames, as long as it was where they have room.
Result<std::string> tag_bytes(const Tag& tag, std::string frames);

}  // namespace assay::formats::id3
