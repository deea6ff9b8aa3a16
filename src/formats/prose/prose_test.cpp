// SPDX-License-Identifier: Apache-2.0
//
// Reads every cases/<what>.<outcome>.<txt|md|html|docx.hex>; blocks are in <file>.expected, one a
// line: "<line> <offset> <flags> <text>", with h for a heading and r for raw, and a last line
// "pictures" where there are any. With ASSAY_ACCEPT=1 the files are written.
#include "formats/prose/prose.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/hex_case.h"

namespace assay::formats::prose {
namespace {

struct Case {
  fs::path path;
  Kind kind{};
  std::string outcome, bytes;
};

Case load(const fs::path& path) {
  Case out{path, Kind::plain, {}, {}};
  fs::path name = path;
  if (name.extension() == ".hex") {
    out.bytes = read_hex_case(path).value();
    name.replace_extension();
  } else {
    out.bytes = read_file(path, 1 << 20).value();
  }
  const fs::path ending = name.extension();
  if (ending == ".md") out.kind = Kind::markdown;
  if (ending == ".html") out.kind = Kind::html;
  if (ending == ".docx") out.kind = Kind::docx;
  out.outcome = outcome_of(name);
  return out;
}

Result<Prose> read_bytes(std::string_view bytes, Kind kind, const Limits& limits = {}) {
  MemorySource in(as_raw(bytes));
  return read(in, kind, limits);
}

std::string shown(const Prose& prose) {
  std::string out;
  for (const Block& block : prose.blocks)
    out += fmt::format("{} {} {}{} {}\n", block.line, block.offset, block.heading ? "h" : "-",
                       block.raw ? "r" : "-", block.text);
  return out + (prose.pictures ? "pictures\n" : "");
}

class ProseCase : public testing::TestWithParam<fs::path> {};

TEST_P(ProseCase, GivesItsBlocks) {
  const Case one = load(GetParam());
  const auto prose = read_bytes(one.bytes, one.kind);
  if (one.outcome != "ok") {
    ASSERT_FALSE(prose.ok());
    EXPECT_EQ(name(prose.error().code), one.outcome) << prose.error().text();
    return;
  }
  ASSERT_TRUE(prose.ok()) << prose.error().text();
  const fs::path golden = one.path.string() + ".expected";
  if (std::getenv("ASSAY_ACCEPT") != nullptr) {
    ASSERT_TRUE(write_file_atomic(golden, shown(*prose)).ok());
  }
  EXPECT_EQ(shown(*prose), read_file(golden, 1 << 20).value());
}

TEST_P(ProseCase, EveryTruncationAndBitFlipEndsSoundly) {
  Case one = load(GetParam());
  const auto sound = [&](std::string_view bytes) {
    const auto prose = read_bytes(bytes, one.kind);
    if (!prose.ok())
      return prose.error().code != Code::internal && prose.error().offset <= bytes.size();
    return std::ranges::all_of(prose->blocks, [&](const Block& block) {
      return block.line > 0 && block.offset < bytes.size() &&
             (!block.raw || block.offset + block.text.size() <= bytes.size());
    });
  };
  for (std::size_t n = 0; n < one.bytes.size(); ++n)
    ASSERT_TRUE(sound(std::string_view(one.bytes).substr(0, n))) << n;
  for (std::size_t bit = 0; bit < one.bytes.size() * 8; ++bit) {
    char& byte = one.bytes[bit / 8];
    byte = static_cast<char>(byte ^ (1 << bit % 8));
    ASSERT_TRUE(sound(one.bytes)) << bit;
    byte = static_cast<char>(byte ^ (1 << bit % 8));
  }
}

std::vector<fs::path> cases() {
  std::vector<std::string> unread;
  auto out = list_files(fs::path(ASSAY_SOURCE_DIR) / "src/formats/prose/cases", unread);
  std::erase_if(out, [](const fs::path& path) { return path.extension() == ".expected"; });
  return out;
}

std::string case_name(const testing::TestParamInfo<fs::path>& one) {
  std::string out = one.param.filename().string();
  std::ranges::replace(out, '.', '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(All, ProseCase, testing::ValuesIn(cases()), case_name);

TEST(Prose, KeepsToItsLimits) {
  EXPECT_EQ(read_bytes("1\n2\n3\n", Kind::plain, {.bytes = 100, .blocks = 2}).error().code,
            Code::limit);
  EXPECT_EQ(read_bytes("12345", Kind::plain, {.bytes = 4, .blocks = 2}).error().code, Code::limit);
}

}  // namespace
}  // namespace assay::formats::prose
