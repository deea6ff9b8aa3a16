// SPDX-License-Identifier: Apache-2.0
#include "label/ocr.h"

#include <array>
#include <optional>

#include "base/sandbox.h"
#include "base/strings.h"
#include "formats/placed_words.h"

namespace assay::label {
namespace {

constexpr double kFarthest = 1 << 16;  // pixels

std::optional<Word> word_of(const formats::PlacedRow& row) {
  for (const double side : {row.x, row.y, row.width, row.height})
    if (side < 0 || side > kFarthest) return std::nullopt;
  Word word;
  word.text = trim(row.text);
  if (word.text.empty() || !valid_utf8(word.text)) return std::nullopt;
  word.box = {static_cast<int>(row.x), static_cast<int>(row.y), static_cast<int>(row.width),
              static_cast<int>(row.height)};
  word.confidence = row.confidence;
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
  formats::each_placed_row(tsv, [&](const formats::PlacedRow& row) {
    std::optional<Word> word = word_of(row);
    if (row.level != formats::PlacedLevel::word || !word || row.page < 1 || row.page > pages)
      return;
    word->page = row.page - 1;
    lines[word->page].push_back(std::move(*word));
  });
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
  if (ended.exit_code != 0) {
    // Its words where the data of the language are not there.
    const bool no_language = ended.err.find("loading language") != std::string::npos ||
                             ended.err.find("load any languages") != std::string::npos;
    return Error{no_language ? Code::not_found : Code::invalid,
                 "tesseract says: " + printable(trim(ended.err)), 0, "",
                 no_language ? "install tesseract-ocr-chi-sim" : ""};
  }
  return parse_tsv(ended.out, pages.size());
}

}  // namespace assay::label
