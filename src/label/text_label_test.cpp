// SPDX-License-Identifier: Apache-2.0
//
// Looks at every src/label/text_cases/<what>.<sign>[-<place>].<txt|md|html>, with the words of the
// content's lexicon.
#include "label/text_label.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "base/files.h"
#include "base/strings.h"

namespace assay::label {
namespace {

using formats::prose::Kind;

TextRules rules() {
  TextRules out;
  const auto text =
      read_file(fs::path(ASSAY_SOURCE_DIR) / "content/lexicons/label-words.yaml", 1 << 20);
  std::string value;
  for (const std::string_view line : split(text.value(), '\n')) {
    if (line.starts_with("  - value: ")) value = line.substr(11);
    std::erase(value, '"');
    if (line.starts_with("    argument: ") && !line.starts_with("    argument: other-")) {
      EXPECT_TRUE(out.add(line.substr(14), value)) << line;
    }
  }
  return out;
}

TextLook look(std::string_view text, Kind kind = Kind::plain, const TextRules& by = rules()) {
  MemorySource in(as_raw(text));
  const auto prose = formats::prose::read(in, kind, {});
  EXPECT_TRUE(prose.ok()) << (prose.ok() ? "" : prose.error().text());
  return prose.ok() ? look_at_text(*prose, by) : TextLook{};
}

std::string said(const TextLook& look) {
  constexpr std::array kSigns = {"none", "mention", "mark", "label"};
  constexpr std::array kPlaces = {"start", "middle", "end"};
  std::string out = kSigns.at(static_cast<std::size_t>(look.sign));
  if (look.found) out += std::string("-") + kPlaces.at(static_cast<std::size_t>(look.found->place));
  return out;
}

fs::path folder() { return fs::path(ASSAY_SOURCE_DIR) / "src/label/text_cases"; }

class TextCase : public testing::TestWithParam<fs::path> {};

TEST_P(TextCase, IsWhatItsNameSays) {
  const std::string ending = GetParam().extension().string();
  const Kind kind = ending == ".md" ? Kind::markdown : ending == ".html" ? Kind::html : Kind::plain;
  const std::string text = read_file(GetParam(), 1 << 20).value();
  const TextLook seen = look(text, kind);
  EXPECT_EQ(said(seen), GetParam().stem().extension().string().substr(1))
      << (seen.found ? seen.found->text : "");
  if (seen.found && kind != Kind::html) {
    EXPECT_EQ(text.substr(seen.found->offset, seen.found->text.size()), seen.found->text);
    EXPECT_EQ(std::count(text.begin(),
                         text.begin() + static_cast<std::ptrdiff_t>(seen.found->offset), '\n') +
                  1,
              static_cast<std::ptrdiff_t>(seen.found->line));
  }
}

std::vector<fs::path> cases() {
  std::vector<std::string> unread;
  return list_files(folder(), unread);
}

std::string case_name(const testing::TestParamInfo<fs::path>& one) {
  std::string out = one.param.filename().string();
  std::ranges::replace_if(
      out, [](char c) { return c == '.' || c == '-'; }, '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(All, TextCase, testing::ValuesIn(cases()), case_name);

// Whatever a text holds, what is said of it stands in it; one byte more or less is no crash.
TEST(TextLabels, EveryTruncationEndsSoundlyAndNamesItsPlace) {
  const TextRules by = rules();
  for (const fs::path& path : cases()) {
    const std::string text = read_file(path, 1 << 20).value();
    for (std::size_t n = 0; n <= text.size(); n += 3) {
      const std::string_view some = std::string_view(text).substr(0, n);
      for (const Kind kind : {Kind::plain, Kind::markdown, Kind::html}) {
        MemorySource in(as_raw(some));
        const auto prose = formats::prose::read(in, kind, {});
        if (!prose.ok()) continue;  // cut within a character
        const TextLook seen = look_at_text(*prose, by);
        ASSERT_EQ(seen.sign == TextSign::none, !seen.found) << path << n;
        if (seen.found) {
          ASSERT_LT(seen.found->offset, n) << path;
        }
      }
    }
  }
}

// Invisible characters and full width change nothing for a reader, so nothing here.
TEST(TextLabels, DisguisesThatReadersDoNotSeeChangeNothing) {
  for (const fs::path& path : cases()) {
    if (path.extension() != ".txt") continue;
    const std::string text = read_file(path, 1 << 20).value();
    std::string padded;
    for (std::size_t at = 0; at < text.size();) {
      char32_t c = next_code_point(text, at);
      if (c >= U'A' && c <= U'Z') c += 0xFEE0;
      append_utf8(padded, c);
      if (c != U'\n') append_utf8(padded, 0x200B);
    }
    EXPECT_EQ(said(look(padded)), said(look(text))) << path;
  }
}

TEST(TextLabels, TellLettersOfOtherScripts) {
  EXPECT_TRUE(look("本文由АІ生成\n今天很好。\n").found->disguised);
  EXPECT_FALSE(look("本文由AI生成\n今天很好。\n").found->disguised);
}

TEST(TextLabels, KnowTheFormatsThatHoldText) {
  EXPECT_EQ(text_kind("DOCX"), Kind::docx);
  EXPECT_EQ(text_kind("Markdown"), Kind::markdown);
  EXPECT_EQ(text_kind("PNG"), std::nullopt);
}

}  // namespace
}  // namespace assay::label
