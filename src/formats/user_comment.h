// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::formats {

// Bytes at the start of Exif's UserComment that name the character code (Exif 3.0, 4.6).
inline constexpr std::uint64_t kCharacterCode = 8;

// The text of a UserComment as UTF-8, without its character code and padding. `little` is the byte
// order of the structure, of which UNICODE text is too.
std::string user_comment(std::string_view raw, bool little);

}  // namespace assay::formats
