// SPDX-License-Identifier: Apache-2.0
#include "formats/gif/blocks.h"

#include <algorithm>

namespace assay::formats::gif {
namespace {

constexpr std::uint64_t kHeader = 13;  // with the logical screen descriptor

constexpr std::uint8_t kExtension = 0x21;
constexpr std::uint8_t kImage = 0x2c;
constexpr std::uint8_t kTrailer = 0x3b;

}  // namespace

Result<std::optional<Block>> Blocks::next() {
  if (at_ == 0) TRY(begin());
  if (at_ == in_.size()) return std::optional<Block>();
  Block out{at_, TRY(byte(at_)), 0, 0};
  if (out.kind == kTrailer) return std::optional<Block>();
  if (++count_ > limits_.elements) return Error{Code::limit, "too many blocks", at_};
  if (out.kind == kExtension) {
    out.kind = TRY(byte(at_ + 1));
    out.blocks = at_ + 2;
  } else if (out.kind == kImage) {
    const std::uint64_t table = TRY(colour_table(at_ + 9));
    out.blocks = at_ + 10 + table + 1;  // behind the LZW code size
  } else {
    return Error{Code::invalid, "neither an image nor an extension", at_};
  }
  out.end = TRY(behind_sub_blocks(out.blocks));
  at_ = out.end;
  return std::optional<Block>(out);
}

Result<std::uint8_t> Blocks::byte(std::uint64_t at) {
  return std::to_integer<std::uint8_t>(TRY(in_.exactly(at, 1))[0]);
}

// Bytes of the table that the flags at `at` tell of.
Result<std::uint64_t> Blocks::colour_table(std::uint64_t at) {
  const std::uint8_t flags = TRY(byte(at));
  return (flags & 0x80) == 0 ? std::uint64_t{0} : std::uint64_t{3} << ((flags & 7) + 1);
}

Status Blocks::begin() {
  const std::string_view start = as_text(TRY(in_.view(0, kOld.size())));
  if (start != kOld && start != kNew) return Error{Code::invalid, "not a GIF", 0};
  at_ = kHeader + TRY(colour_table(10));
  return Done{};
}

Result<std::uint64_t> Blocks::behind_sub_blocks(std::uint64_t at) {
  while (true) {
    const std::uint8_t size = TRY(byte(at));
    at += std::uint64_t{size} + 1;
    if (size == 0) return at;
  }
}

std::string joined(std::string_view blocks) {
  std::string out;
  while (!blocks.empty()) {
    const auto size = static_cast<std::uint8_t>(blocks.front());
    out += blocks.substr(1, size);
    blocks.remove_prefix(std::min<std::size_t>(blocks.size(), std::size_t{size} + 1));
  }
  return out;
}

std::string sub_blocks(std::string_view data) {
  std::string out;
  for (; !data.empty(); data.remove_prefix(std::min<std::size_t>(data.size(), 255))) {
    const std::string_view part = data.substr(0, 255);
    out += static_cast<char>(part.size());
    out += part;
  }
  return out + '\0';
}

}  // namespace assay::formats::gif
