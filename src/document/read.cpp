// SPDX-License-Identifier: Apache-2.0
#include "base/byte_source.h"
#include "base/strings.h"
#include "document/document.h"
#include "document/html.h"
#include "document/packages.h"
#include "document/pdf.h"
#include "document/plain.h"

namespace assay::document {

namespace {

constexpr std::uint64_t kHead = 1024;  // where the mark of a PDF stands, as its readers look for it

Result<Document> read_any(const fs::path& path, FileSource& in, const ReadLimits& limits) {
  const std::string head = TRY(in.copy(0, kHead));
  const bool named_pdf = to_lower(path.extension().string()) == ".pdf";
  const std::size_t mark = head.find("%PDF-");
  if (mark == 0 || (mark != head.npos && named_pdf)) return read_pdf(path, limits);
  if (std::optional<Document> packed = TRY(read_package(in))) return std::move(*packed);
  const std::string bytes = TRY(read_file(path, limits.file_bytes));
  const std::string text = TRY(to_utf8(bytes));
  if (looks_like_html(text)) return read_html(text);
  const std::string ending = to_lower(path.extension().string());
  if (ending == ".md" || ending == ".markdown") return read_markdown(text);
  return read_plain(text);
}

}  // namespace

Result<Document> read_document(const fs::path& path, const ReadLimits& limits) {
  FileReader file = TRY(FileReader::open(path));
  if (file.size() > limits.file_bytes)
    return Error{Code::limit, "the document is too large", 0, path.string()};
  FileSource in(std::move(file), 1 << 16);
  Document document = TRY(read_any(path, in, limits));
  if (document.cut) return Error{Code::limit, "the document has too much text", 0, path.string()};
  return document;
}

}  // namespace assay::document
