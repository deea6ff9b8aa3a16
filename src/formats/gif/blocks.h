// SPDX-License-Identifier: Apache-2.0
//
// The blocks of a GIF: images and extensions. README.md has the bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/byte_source.h"
#include "formats/media.h"

namespace assay::formats::gif {

inline constexpr std::string_view kOld = "GIF87a";
inline constexpr std::string_view kNew = "GIF89a";

inline constexpr std::uint8_t kComment = 0xfe;
inline constexpr std::uint8_t kApplication = 0xff;

struct Block {
  std::uint64_t offset = 0;
  std::uint8_t kind = 0;     // of an image, or the label of an extension
  std::uint64_t blocks = 0;  // where its sub-blocks begin
  std::uint64_t end = 0;

  // Comments and application extensions stand before or between what is drawn.
  bool draws() const { return kind != kComment && kind != kApplication; }
};

class Blocks {
 public:
  Blocks(ByteSource& in, const MediaLimits& limits) : in_(in), limits_(limits) {}

  // The next one; nothing at the trailer, which many files go without.
  Result<std::optional<Block>> next();

  std::uint64_t at() const { return at_; }  // behind the last block that was returned

 private:
  Result<std::uint8_t> byte(std::uint64_t at);
  Result<std::uint64_t> colour_table(std::uint64_t at);
  Result<std::uint64_t> behind_sub_blocks(std::uint64_t at);
  Status begin();

  ByteSource& in_;
  const MediaLimits& limits_;
  std::uint64_t at_ = 0;
  std::uint64_t count_ = 0;
};

// The data of sub-blocks, to the one of no bytes.
std::string joined(std::string_view blocks);

std::string sub_blocks(std::string_view data);

}  // namespace assay::formats::gif
