// SPDX-License-Identifier: Apache-2.0
#include "base/strings.h"
#include "document/document.h"
#include "document/html.h"
#include "document/packages.h"
#include "document/pdf.h"
#include "document/plain.h"

namespace assay::document {

Result<Document> read_document(const fs::path& path, const ReadLimits& limits) {
  FileReader file = TRY(FileReader::open(path));
  std::string head(std::min<std::uint64_t>(file.size(), 4096), '\0');
  const std::size_t n = TRY(file.read_at(0, std::as_writable_bytes(std::span(head))));
  head.resize(n);
  if (head.substr(0, 1024).find("%PDF-") != head.npos) return read_pdf(path, limits);
  if (std::optional<Document> packed = TRY(read_package(path, limits))) return std::move(*packed);
  const std::string bytes = TRY(read_file(path, limits.file_bytes));
  const std::string text = TRY(to_utf8(bytes));
  if (looks_like_html(text)) return read_html(text);
  const std::string ending = to_lower(path.extension().string());
  if (ending == ".md" || ending == ".markdown") return read_markdown(text);
  return read_plain(text);
}

}  // namespace assay::document
