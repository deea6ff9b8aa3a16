// SPDX-License-Identifier: Apache-2.0
//
// Any bytes give rows and faults that end, in lines that do not go back, with values inside the
// limits and in UTF-8.
#include <algorithm>
#include <cstdlib>

#include "base/strings.h"
#include "formats/table/table.h"

namespace {

using namespace assay::formats::table;

constexpr std::array<Column, 3> kColumns = {{
    {"id", {}, Need::required},
    {"text", "question|问题", Need::optional},
    {"risk", {}, Need::optional},
}};
constexpr Limits kTight{.row_bytes = 512, .fields = 8};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view left(reinterpret_cast<const char*>(data), size);
  // The first byte says how large the reads are.
  const std::size_t piece = left.empty() ? 1 : 1 + static_cast<std::size_t>(data[0]) * 16;
  if (!left.empty()) left.remove_prefix(1);
  auto reader = Reader::open(
      [&](std::span<char> into) -> assay::Result<std::size_t> {
        const std::size_t n = std::min({into.size(), piece, left.size()});
        std::copy_n(left.begin(), n, into.begin());
        left.remove_prefix(n);
        return n;
      },
      kColumns, kTight);
  if (!reader.ok()) {
    if (reader.error().code == assay::Code::internal) std::abort();
    return 0;
  }
  std::uint64_t line = 0;
  for (std::size_t steps = 0;; ++steps) {
    if (steps > size + 1) std::abort();
    auto step = reader->next();
    if (!step.ok()) {
      if (step.error().code == assay::Code::internal) std::abort();
      return 0;
    }
    if (*step == Step::end) return 0;
    const std::uint64_t at = *step == Step::row ? reader->row().line() : reader->fault().line;
    if (at <= line) std::abort();
    line = at;
    if (*step != Step::row) continue;
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      const std::string_view value = reader->row()[i];
      // GB18030 and JSON arrays can grow on their way to UTF-8, by less than four times.
      if (value.size() > 4 * kTight.row_bytes || !assay::valid_utf8(value)) std::abort();
      if (value.find('\0') != std::string_view::npos) std::abort();
    }
  }
}
