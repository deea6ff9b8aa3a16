// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a package, a web page, Markdown, a plain text and rows of pdftotext: spans stay in
// order and within the text, and outlines in their tree.
#include <cstdint>
#include <cstdlib>

#include "base/strings.h"
#include "document/html.h"
#include "document/outline.h"
#include "document/packages.h"
#include "document/pdf_lines.h"
#include "document/plain.h"

namespace {

using namespace assay::document;

void check(const Document& document) {
  std::size_t at = 0;
  for (const Block& block : document.blocks) {
    if (block.span.begin < at || block.span.end <= block.span.begin ||
        block.span.end > document.text.size())
      std::abort();
    at = block.span.end;
  }
  for (const PlacedLine& line : document.lines)
    if (line.span.end > document.text.size() || line.page < 1) std::abort();
  const Outline outline = outline_of(document);
  for (std::size_t i = 0; i < outline.nodes.size(); ++i) {
    const Node& node = outline.nodes[i];
    if (node.parent >= 0) {
      const Node& parent = outline.nodes[static_cast<std::size_t>(node.parent)];
      if (node.span.begin < parent.span.begin || node.span.end > parent.span.end) std::abort();
    }
    if (node.parent >= static_cast<int>(i) || node.span.end < node.span.begin ||
        node.span.end > document.text.size())
      std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  assay::MemorySource in(std::as_bytes(std::span(data, size)));
  if (const auto packed = read_package(in); packed.ok() && *packed) check(**packed);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto text = to_utf8(bytes);
  if (!text.ok()) return 0;
  check(read_html(*text));
  check(read_markdown(*text));
  check(read_plain(*text));
  check(compose(parse_pdf_tsv(*text)));
  return 0;
}
