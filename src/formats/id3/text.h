// SPDX-License-Identifier: Apache-2.0
//
// The texts of ID3v2 frames: an encoding byte, and strings in it.
#pragma once

#include <string>

#include "base/byte_reader.h"

namespace assay::formats::id3 {

// What a text frame, comment or PRIV frame holds; what its id has no place for is empty.
struct Content {
  std::string language;  // 3 bytes
  std::string key;       // description or owner
  std::string value;
};

// Has a frame of this id (of any version) a Content?
bool has_content(std::string_view id);

Result<Content> read_content(std::string_view id, ByteReader in);

// A file inside of a tag: a frame GEOB (GEO of ID3v2.2).
struct EmbeddedFile {
  std::string media_type;
  std::string data;
};
Result<EmbeddedFile> read_embedded_file(ByteReader in);

// The data of a frame of ID3v2.`version` (3 or 4): there in ASCII or else UTF-16, here in UTF-8.
std::string content_bytes(std::string_view id, const Content& content, int version);

}  // namespace assay::formats::id3
