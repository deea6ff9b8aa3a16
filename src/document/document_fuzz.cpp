// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a package, a web page, Markdown, a plain text and rows of pdftotext: spans stay in
// order and within the text, and outlines in their tree.
#include <cstdint>
#include <cstdlib>

#include "base/strings.h"
#include "document/against.h"
#include "document/compare.h"
#include "document/coverage.h"
#include "document/html.h"
#include "document/outline.h"
#include "document/packages.h"
#include "document/pdf_lines.h"
#include "document/plain.h"
#include "document/references.h"

namespace {

using namespace assay::document;

void within(const Document& document, Span outer, Span inner) {
  if (inner.begin < outer.begin || inner.end < inner.begin || inner.end > outer.end ||
      inner.end > document.text.size())
    std::abort();
}

// What is read out of a document stands in its text, and a document is the same as itself.
void check_reading(const Document& document, const Outline& outline) {
  static const CoverageReader reader(
      {{"topic", {"privacy", "个人信息"}, {"data", "consent", "同意"}}},
      {{"shall", "应"}, {"应用"}, {"except"}, {"不适用"}, 2, {}, {}, {}});
  const Span all = {0, document.text.size()};
  for (const TopicCoverage& topic : reader.read(document))
    for (const Passage& passage : topic.best) {
      within(document, all, passage.span);
      for (const Span word : passage.words) within(document, passage.span, word);
    }
  for (const Reference& reference : references_of(document)) within(document, all, reference.first);
  for (const Answer& answer :
       answers(document,
               {{"the data shall have 3 parts 应", {{NumberRule::at_least, 3, {"parts"}}}}}, {}))
    for (const OtherNumber& number : answer.numbers) within(document, all, number.span);
  const auto pieces = pieces_of(document, outline);
  for (const Change& change : compare(document, pieces, document, pieces))
    if (change.kind != ChangeKind::same || change.moved) std::abort();
}

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
  check_reading(document, outline);
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
