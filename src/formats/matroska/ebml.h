// SPDX-License-Identifier: Apache-2.0
//
// EBML elements and the frame of a Matroska file; README.md has the bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "formats/media.h"

namespace assay::formats::matroska {

namespace id {
inline constexpr std::uint32_t kEbml = 0x1a45dfa3;
inline constexpr std::uint32_t kDocType = 0x4282;
inline constexpr std::uint32_t kVoid = 0xec;
inline constexpr std::uint32_t kCrc32 = 0xbf;
inline constexpr std::uint32_t kSegment = 0x18538067;
inline constexpr std::uint32_t kSeekHead = 0x114d9b74;
inline constexpr std::uint32_t kSeek = 0x4dbb;
inline constexpr std::uint32_t kSeekId = 0x53ab;
inline constexpr std::uint32_t kSeekPosition = 0x53ac;
inline constexpr std::uint32_t kInfo = 0x1549a966;
inline constexpr std::uint32_t kTracks = 0x1654ae6b;
inline constexpr std::uint32_t kCluster = 0x1f43b675;
inline constexpr std::uint32_t kCues = 0x1c53bb6b;
inline constexpr std::uint32_t kAttachments = 0x1941a469;
inline constexpr std::uint32_t kChapters = 0x1043a770;
inline constexpr std::uint32_t kTags = 0x1254c367;
inline constexpr std::uint32_t kTag = 0x7373;
inline constexpr std::uint32_t kTargets = 0x63c0;
inline constexpr std::uint32_t kTargetTypeValue = 0x68ca;
inline constexpr std::uint32_t kTargetType = 0x63ca;
inline constexpr std::uint32_t kSimpleTag = 0x67c8;
inline constexpr std::uint32_t kTagName = 0x45a3;
inline constexpr std::uint32_t kTagString = 0x4487;
inline constexpr std::uint32_t kTagBinary = 0x4485;
}  // namespace id

struct Element {
  std::uint32_t id = 0;
  std::uint64_t offset = 0;
  std::uint64_t size_at = 0;
  std::uint64_t data = 0;
  std::uint64_t end = 0;  // where the size is unknown: what holds it ends there
  bool unknown = false;   // its size is
};

// Elements one after another, counted over all of a reading.
class Elements {
 public:
  Elements(ByteSource& in, const MediaLimits& limits) : in_(in), left_(limits.elements) {}

  // The one at `at` of a parent that ends at `end`; its own end may lie beyond.
  Result<Element> at(std::uint64_t at, std::uint64_t end);

  // Those in [from, to), which they must fill.
  Result<std::vector<Element>> all(std::uint64_t from, std::uint64_t to);

  ByteSource& in() { return in_; }

 private:
  ByteSource& in_;
  std::uint64_t left_;
};

Result<std::uint64_t> number(ByteSource& in, const Element& element);

std::string element_bytes(std::uint32_t id, std::string_view data);
std::string number_bytes(std::uint64_t value);  // as data of an element, as short as can be

// A Void element of `room` bytes, which are none or at least 2.
std::string void_bytes(std::uint64_t room);

// The element and what fills `room` up, or nothing where they do not fit.
std::optional<std::string> fitted(std::uint32_t id, std::string_view data, std::uint64_t room);

// A size in `width` bytes, or in eight where that is too narrow.
std::string size_bytes(std::uint64_t size, unsigned width);

struct Layout {
  Element segment;
  std::vector<Element> children;  // of the segment
  std::uint64_t end = 0;          // of the last of them
  bool cut = false;               // the end of the film is missing

  const Element* first(std::uint32_t id) const;
};

Result<std::string> doc_type(Elements& elements);
Result<Layout> layout(Elements& elements);

}  // namespace assay::formats::matroska
