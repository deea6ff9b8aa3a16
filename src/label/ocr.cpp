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

// --- pages, as TIFF 6.0: each an uncompressed strip of gray, and its directory

struct Field {
  std::uint16_t tag;
  std::uint32_t value;
};
constexpr std::uint16_t kLong = 4;  // the type of a field: 32 bits

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
}

void set_long(std::string& out, std::size_t at, std::size_t value) {
  for (std::size_t i = 0; i < 4; ++i) out[at + i] = static_cast<char>(value >> (8 * i));
}

std::string write_tiff(const std::vector<Plane>& pages) {
  std::string out("II*\0\0\0\0\0", 8);
  std::size_t next = 4;  // where the place of the next directory is told
  for (const Plane& page : pages) {
    const std::size_t pixels = out.size();
    out.append(page.at.begin(), page.at.end());
    out.resize(out.size() + out.size() % 2);
    set_long(out, next, out.size());
    const auto width = static_cast<std::uint32_t>(page.width);
    const auto height = static_cast<std::uint32_t>(page.height);
    const std::array fields = {Field{256, width},
                               Field{257, height},
                               Field{258, 8},  // bits
                               Field{259, 1},  // not compressed
                               Field{262, 1},  // 0 is black
                               Field{273, static_cast<std::uint32_t>(pixels)},
                               Field{277, 1},  // a value a pixel
                               Field{278, height},
                               Field{279, width * height}};
    put(out, fields.size(), 2);
    for (const Field& field : fields) {
      put(out, field.tag, 2);
      put(out, kLong, 2);
      put(out, 1, 4);
      put(out, field.value, 4);
    }
    next = out.size();
    put(out, 0, 4);
  }
  return out;
}

}  // namespace

std::vector<Line> parse_tsv(std::string_view tsv, std::size_t pages) {
  std::vector<Line> lines(pages);
  for (const std::string_view row : split(tsv, '\n')) {
    const std::vector<std::string_view> columns = split(row, '\t');
    if (columns.size() != kColumns || columns[kLevel] != kLevelOfWord) continue;
    std::optional<Word> word = word_of(columns);
    const std::size_t number = to_number<std::size_t>(columns[kPage]).value_or(0);
    if (!word || number < 1 || number > pages) continue;
    word->page = number - 1;
    lines[word->page].push_back(*word);
  }
  return lines;
}

Result<std::vector<Line>> read_lines(const std::vector<Plane>& pages) {
  if (pages.empty()) return std::vector<Line>();
  Confined job{"tesseract",
               {"stdin", "stdout", "-l", "chi_sim", "--dpi", "150", "--psm", "7", "-c",
                "tessedit_do_invert=0", "tsv"}};
  job.standard_input = write_tiff(pages);
  job.max_output = 8 << 20;
  job.timeout = std::chrono::seconds(60);
  const Ended ended = TRY(run_confined(job));
  if (ended.exit_code != 0)
    return Error{Code::io, "tesseract says: " + printable(trim(ended.err)), 0, "",
                 "install tesseract-ocr-chi-sim"};
  return parse_tsv(ended.out, pages.size());
}

}  // namespace assay::label
