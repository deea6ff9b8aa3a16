// SPDX-License-Identifier: Apache-2.0
#include "text/near_duplicates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

#include "base/strings.h"
#include "text/normalise.h"

namespace assay::text {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

NearDuplicateResult find(const std::vector<std::string>& texts, double threshold = 0.8) {
  NearDuplicates near(threshold);
  for (const std::string& text : texts) near.add(canonical(text));
  return near.find();
}

TEST(NearDuplicates, FindsChineseAndEnglishTextsThatDifferALittle) {
  const auto result = find({
      "请问如何在家里用普通材料制作一款好喝的水果茶饮料？",
      "What are the main differences between a savings account and a current account?",
      "请问如何在家里用普通材料制作一款好喝的水果茶饮品",
      "今天天气怎么样",
      "what are the main difference between a savings account, and a current account",
  });
  ASSERT_THAT(result.found, SizeIs(2));
  EXPECT_EQ(result.found[0].text, 2U);
  EXPECT_EQ(result.found[0].like, 0U);
  EXPECT_GE(result.found[0].jaccard, 0.8);
  EXPECT_LT(result.found[0].jaccard, 1.0);
  EXPECT_EQ(result.found[1].text, 4U);
  EXPECT_EQ(result.found[1].like, 1U);
}

TEST(NearDuplicates, TakesNothingForAlikeThatIsNot) {
  EXPECT_THAT(find({"如何评价唐朝的诗歌", "如何评价宋朝的词", "", "？？！", "!!", "a", "b"}).found,
              IsEmpty());
}

TEST(NearDuplicates, NamesAGroupOfNTextsByNMinusOnePairs) {
  std::vector<std::string> texts;
  for (const char* end : {"一", "二", "三", "四", "五"})
    texts.push_back("同一个很长很长的问题只有最后一个字不同所以它们都应当算作近似重复的题目" +
                    std::string(end));
  EXPECT_THAT(find(texts).found, SizeIs(4));
}

// The sets of shingles as the header describes them, computed apart from the code under test.
std::set<std::u32string> shingles(const std::string& text) {
  std::u32string letters;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c != U' ') letters += c;
  }
  std::set<std::u32string> out;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    std::size_t width = 0;
    std::size_t n = 0;
    while (i + n < letters.size() && width < 4) width += letters[i + n++] >= 0x2E80 ? 2 : 1;
    if (width >= 4) out.insert(letters.substr(i, n));
  }
  return out;
}

double jaccard(const std::string& a, const std::string& b) {
  const auto x = shingles(a);
  const auto y = shingles(b);
  std::size_t shared = 0;
  for (const auto& s : x) shared += y.contains(s) ? 1 : 0;
  return static_cast<double>(shared) / static_cast<double>(x.size() + y.size() - shared);
}

class Writer {
 public:
  std::string chinese(std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) append_utf8(out, random_cjk());
    return out;
  }
  std::string english(std::size_t words) {
    std::string out;
    for (std::size_t i = 0; i < words; ++i) {
      if (i > 0) out += ' ';
      for (std::size_t n = 3 + pick(6); n-- > 0;) out += static_cast<char>('a' + pick(26));
    }
    return out;
  }
  // A few characters replaced, dropped or doubled.
  std::string vary(const std::string& text, std::size_t edits) {
    std::u32string letters;
    for (std::size_t at = 0; at < text.size();) letters += next_code_point(text, at);
    while (edits-- > 0) {
      const std::size_t at = pick(letters.size());
      switch (pick(3)) {
        case 0: letters[at] = letters[at] >= 0x2E80 ? random_cjk() : U'a' + pick32(26); break;
        case 1: letters.erase(at, 1); break;
        default: letters.insert(at, 1, letters[at]);
      }
    }
    std::string out;
    for (const char32_t c : letters) append_utf8(out, c);
    return out;
  }
  std::size_t pick(std::size_t n) { return random_() % n; }

 private:
  char32_t pick32(std::size_t n) { return static_cast<char32_t>(pick(n)); }
  // 3,000 characters, the early ones far more often, as in real text.
  char32_t random_cjk() { return 0x4E00 + pick32(1 + pick(3000)); }
  std::mt19937_64 random_{20250126};
};

TEST(NearDuplicates, RecallsPlantedPairsAndVerifiesEachFind) {
  Writer writer;
  std::vector<std::string> texts;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> planted;
  for (int i = 0; i < 4000; ++i) {
    const std::string base =
        i % 2 == 0 ? writer.chinese(12 + writer.pick(50)) : writer.english(6 + writer.pick(20));
    texts.push_back(base);
    if (i % 4 > 1) continue;
    const std::string varied = writer.vary(base, 1 + writer.pick(5));
    if (jaccard(base, varied) < 0.8) continue;
    planted.emplace_back(texts.size(), texts.size() - 1);
    texts.push_back(varied);
  }
  ASSERT_GT(planted.size(), 800U);

  const auto result = find(texts);
  std::set<std::pair<std::uint32_t, std::uint32_t>> found;
  for (const NearDuplicate& pair : result.found) {
    found.emplace(pair.text, pair.like);
    EXPECT_NEAR(jaccard(texts[pair.text], texts[pair.like]), pair.jaccard, 1e-6);
    EXPECT_GE(pair.jaccard, 0.8);
  }
  std::size_t recalled = 0;
  for (const auto& pair : planted) recalled += found.contains(pair) ? 1 : 0;
  EXPECT_GE(static_cast<double>(recalled), 0.95 * static_cast<double>(planted.size()));
  EXPECT_EQ(result.not_compared, 0U);
}

TEST(NearDuplicates, SaysHowManyTextsABudgetLeftOut) {
  NearDuplicates near(0.8, 40);
  Writer writer;
  for (int i = 0; i < 10; ++i) near.add(writer.chinese(20));
  EXPECT_EQ(near.find().not_compared, 8U);
}

// Sentences from few parts share most of their shingles with thousands of others.
TEST(NearDuplicates, EndsOnTextsMadeFromAPattern) {
  std::vector<std::string> texts;
  Writer writer;
  std::vector<std::string> parts;
  for (int i = 0; i < 60; ++i) parts.push_back(writer.chinese(2));
  for (std::size_t i = 0; i < 20'000; ++i)
    texts.push_back("请用" + parts[i % 60] + "的语气向一位从来没有接触过的朋友介绍" +
                    parts[i / 60 % 60] + "这个话题" + parts[i / 3600 % 60]);
  const auto result = find(texts);
  EXPECT_GT(result.found.size(), 1000U);
}

}  // namespace
}  // namespace assay::text
