// SPDX-License-Identifier: Apache-2.0
#include "label/ocr.h"

#include <array>
#include <optional>

#include "base/sandbox.h"
#include "base/strings.h"

namespace assay::label {
namespace {

// Columns of the output, and the level of a row of a word.
enum Column {
  kLevel,
  kPage,
  kBlock,
  kParagraph,
  kLine,
  kWord,
  kLeft,
  kTop,
  kWidth,
  kHeight,
  kConfidence,
  kText,
  kColumns
};
constexpr std::string_view kLevelOfWord = "5";
constexpr int kFarthest = 1 << 16;  // pixels

std::optional<Word> word_of(const std::vector<std::string_view>& columns) {
  Word word;
  std::array<int, 4> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto number = to_number<int>(columns[kLeft + i]);
    if (!number || *number < 0 || *number > kFarthest) return std::nullopt;
    numbers[i] = *number;
  }
  const auto confidence = to_number<double>(columns[kConfidence]);
  word.text = trim(columns[kText]);
  if (!confidence || word.text.empty() || !valid_utf8(word.text)) return std::nullopt;
  word.box = {numbers[0], numbers[1], numbers[2], numbers[3]};
  word.confidence = *confidence;
  return word;
}

}  // namespace

std::vector<Line> parse_tsv(std::string_view tsv) {
  std::vector<Line> lines;
  std::vector<std::string_view> last;
  for (const std::string_view row : split(tsv, '\n')) {
    const std::vector<std::string_view> columns = split(row, '\t');
    if (columns.size() != kColumns || columns[kLevel] != kLevelOfWord) continue;
    const std::optional<Word> word = word_of(columns);
    if (!word) continue;
    const std::vector<std::string_view> line(columns.begin() + kPage, columns.begin() + kWord);
    if (line != last) lines.emplace_back();
    last = line;
    lines.back().push_back(*word);
  }
  return lines;
}

Result<std::vector<Line>> read_text(const Plane& page) {
  Confined job{"tesseract",
               {"stdin", "stdout", "-l", "chi_sim+eng", "--dpi", "150", "--psm", "11", "tsv"}};
  job.standard_input = write_pgm(page);
  job.max_output = 8 << 20;
  job.timeout = std::chrono::seconds(60);
  const Ended ended = TRY(run_confined(job));
  if (ended.exit_code != 0)
    return Error{Code::io, "tesseract says: " + printable(trim(ended.err)), 0, "",
                 "install tesseract-ocr-chi-sim"};
  return parse_tsv(ended.out);
}

}  // namespace assay::label
