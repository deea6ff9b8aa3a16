// SPDX-License-Identifier: Apache-2.0
#include "document/pdf.h"

#include <algorithm>
#include <future>
#include <thread>

#include "base/sandbox.h"
#include "base/strings.h"
#include "document/pdf_lines.h"

namespace assay::document {
namespace {

constexpr std::uint64_t kTextOutput = std::uint64_t{512} << 20;  // of all parts, with their boxes
constexpr int kPagesOfPart = 40;  // fewer are not worth another program

Error says(const Ended& ended, const fs::path& path) {
  const std::string told = printable(trim(ended.err));
  if (told.find("Incorrect password") != told.npos)
    return Error{Code::unsupported, "the document is encrypted", 0, path.string(),
                 "remove the password, for example by: qpdf --decrypt --password=… in.pdf out.pdf"};
  return Error{Code::invalid, "pdftotext cannot read it: " + told, 0, path.string()};
}

struct Facts {
  int pages = 0;
  std::string title;
};

Result<Facts> facts_of(const fs::path& path) {
  Confined job{"pdfinfo", {"-enc", "UTF-8", fs::absolute(path).string()}};
  job.input = path;
  job.max_output = 1 << 20;
  const Ended ended = TRY(run_confined(job));
  if (ended.exit_code != 0) return says(ended, path);
  Facts out;
  for (const std::string_view line : split(ended.out, '\n')) {
    if (line.starts_with("Pages:")) out.pages = to_number<int>(trim(line.substr(6))).value_or(0);
    if (line.starts_with("Title:")) out.title = printable(trim(line.substr(6)));
  }
  return out;
}

Result<RawPages> read_part(const fs::path& path, int from, int to, std::uint64_t most) {
  Confined job{"pdftotext",
               {"-enc", "UTF-8", "-tsv", "-f", std::to_string(from), "-l", std::to_string(to),
                fs::absolute(path).string(), "-"}};
  job.input = path;
  job.max_output = most;
  job.timeout = std::chrono::seconds(300);
  const Ended ended = TRY(run_confined(job));
  if (ended.exit_code != 0) return says(ended, path);
  return parse_pdf_tsv(ended.out);
}

void append(RawPages& all, RawPages part) {
  const int pages = static_cast<int>(all.pages.size());
  for (RawLine& line : part.lines) line.page += pages;
  std::move(part.lines.begin(), part.lines.end(), std::back_inserter(all.lines));
  std::move(part.pages.begin(), part.pages.end(), std::back_inserter(all.pages));
}

Result<RawPages> read_all(const fs::path& path, int pages) {
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const int parts = std::clamp(pages / kPagesOfPart, 1, cores);
  std::vector<std::future<Result<RawPages>>> under_way;
  for (int part = 0; part < parts; ++part)
    under_way.push_back(std::async(std::launch::async, read_part, path, pages * part / parts + 1,
                                   pages * (part + 1) / parts,
                                   kTextOutput / static_cast<std::uint64_t>(parts)));
  RawPages all;
  for (auto& part : under_way) append(all, TRY(part.get()));
  return all;
}

}  // namespace

Result<Document> read_pdf(const fs::path& path, const ReadLimits& limits) {
  Facts facts = TRY(facts_of(path));
  if (facts.pages < 1) return Error{Code::invalid, "the document has no pages", 0, path.string()};
  if (facts.pages > limits.pages)
    return Error{Code::limit, "the document has too many pages", 0, path.string(),
                 "split it, for example by: qpdf in.pdf --pages . 1-2000 -- part.pdf"};
  Document document = compose(TRY(read_all(path, facts.pages)));
  document.title = std::move(facts.title);
  return document;
}

}  // namespace assay::document
