// SPDX-License-Identifier: Apache-2.0
//
// The text of a document in reading order, and where each stretch of it stands on its pages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace assay::document {

// A stretch of Document::text, in bytes; the end is exclusive.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const Span&) const = default;
};

// Points (1/72 inch) from the top left corner of the page.
struct Area {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
};

struct PlacedLine {
  Span span;
  int page = 1;
  Area area;
};

struct Page {
  double width = 0, height = 0;  // points
};

enum class BlockKind : std::uint8_t { heading, paragraph, row, footnote };

struct Block {
  BlockKind kind{};
  int level = 0;  // of a heading that the file itself marks: 1 is the highest
  Span span;
};

// What stands on the pages but is no part of the text.
enum class LeftOutWhy : std::uint8_t { header, footer, page_number };
struct LeftOut {
  int page = 1;
  LeftOutWhy why{};
  std::string text;
};

struct Document {
  std::string format;         // "PDF"
  std::string title;          // as the file's metadata say; mostly empty or wrong
  std::string text;           // UTF-8, a block a line ("\n" between them), cells of a row by "\t"
  std::vector<Block> blocks;  // in the order of the text
  std::vector<Page> pages;    // empty for a format without pages
  std::vector<PlacedLine> lines;
  std::vector<LeftOut> left_out;
  std::size_t pages_without_text = 0;  // of pictures only
  bool cut = false;                    // there was more than kMostText or kMostBlocks

  std::string_view at(Span span) const {
    return std::string_view(text).substr(span.begin, span.end - span.begin);
  }
};

// 1 for a document without pages.
int page_of(const Document& document, std::size_t offset);
// The areas of a quotation, a line each; empty for a document without pages.
std::vector<PlacedLine> areas_of(const Document& document, Span span);

inline constexpr std::size_t kMostText = std::size_t{128} << 20;  // bytes
inline constexpr std::size_t kMostBlocks = 2'000'000;  // a law of 500 pages has some 10,000

struct ReadLimits {
  std::uint64_t file_bytes = std::uint64_t{512} << 20;
  int pages = 5'000;
};

// Reads PDF, DOCX, ODT, EPUB, HTML, Markdown and plain text, which are told apart by content.
// Code::unsupported for other files and for an encrypted one, Code::invalid for a broken one,
// Code::limit for one with more text, bytes or pages than agreed,
// Code::not_found for a PDF without pdftotext (poppler-utils).
Result<Document> read_document(const fs::path& path, const ReadLimits& limits = {});

}  // namespace assay::document
