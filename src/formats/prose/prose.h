// SPDX-License-Identifier: Apache-2.0
//
// The text of a document as people read it, without markup; README.md says what is left out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_source.h"

namespace assay::formats::prose {

enum class Kind : std::uint8_t { plain, markdown, html, docx };

// What stands apart from the rest when it is read: a line, a paragraph, a cell.
struct Block {
  std::string text;  // never only white space
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
  bool raw = false;
  bool heading = false;
};

struct Prose {
  std::vector<Block> blocks;  // as they are read
  bool pictures = false;      // something is shown that is no text
};

struct Limits {
  std::uint64_t bytes = std::uint64_t{64} << 20;  // of the text, unpacked
  std::uint64_t blocks = 1'000'000;
};

// Code::unsupported for text that is not UTF-8, Code::limit where it is too long, Code::invalid
// where a DOCX file cannot be followed.
Result<Prose> read(ByteSource& in, Kind kind, const Limits& limits);

}  // namespace assay::formats::prose
