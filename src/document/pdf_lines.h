// SPDX-License-Identifier: Apache-2.0
//
// The lines of a PDF as pdftotext places them, and what is made of them.
#pragma once

#include <optional>

#include "document/document.h"

namespace assay::document {

struct RawLine {
  int page = 1;
  Area area;
  std::string text;
};

struct RawPages {
  std::vector<Page> pages;
  std::vector<RawLine> lines;  // in reading order
};

// The output of "pdftotext -tsv" (poppler 22): rows of pages, flows, lines and words. Rows that are
// not of this form are passed over.
RawPages parse_pdf_tsv(std::string_view tsv);

// Text of the lines: headers, footers and page numbers left out, footnotes behind the paragraph
// they interrupt, lines joined to paragraphs, cells side by side to rows.
Document compose(RawPages raw);

}  // namespace assay::document
