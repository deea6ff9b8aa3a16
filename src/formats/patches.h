// SPDX-License-Identifier: Apache-2.0
//
// What units of media formats share to write: numbers as bytes, and a file told as changes to the
// old one.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/splice.h"
#include "formats/media.h"

namespace assay::formats {

std::string big_endian(std::uint64_t value, unsigned bytes);
std::string little_endian(std::uint64_t value, unsigned bytes);

// `text` up to its first NUL, with which some formats end or fill it.
std::string_view before_nul(std::string_view text);

// An item of kind text with its value, or with why it has none.
Item text_item(std::string place, std::uint64_t offset, std::string_view key,
               std::string_view value, bool agreed);

// The edits of a change by the offsets of their items, which a unit keeps different.
Result<std::map<std::uint64_t, const Edit*>> edits_by_offset(const Metadata& have,
                                                             const Change& change);

// Stretches of an old file and what stands there in the new one.
class Patches {
 public:
  void replace(std::uint64_t offset, std::uint64_t size, std::string bytes);

  // By how much what stands at `offset` moves. What is put at `offset` itself comes before it.
  std::int64_t moved(std::uint64_t offset) const;

  // Code::unsupported where two of them overlap or one lies outside of the `size` old bytes.
  Result<Splice> splice(std::uint64_t size) const;

 private:
  struct Patch {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::string bytes;
  };
  std::vector<Patch> patches_;
};

}  // namespace assay::formats
