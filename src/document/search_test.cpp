// SPDX-License-Identifier: Apache-2.0
#include "document/search.h"

#include <gtest/gtest.h>

namespace assay::document {
namespace {

SearchIndex index_of(const std::vector<std::string>& texts) {
  SearchIndex out;
  for (const std::string& text : texts) out.add(text);
  return out;
}

std::vector<std::size_t> found(const SearchIndex& index, std::string_view query) {
  std::vector<std::size_t> out;
  for (const auto& one : index.find(query, 10)) out.push_back(one.passage);
  return out;
}

TEST(Search, RareWordsOutweighCommonOnes) {
  const SearchIndex index = index_of({"the provider shall keep logs", "the provider shall train",
                                      "the provider shall label pictures", "weather"});
  EXPECT_EQ(found(index, "provider label")[0], 2U);
  EXPECT_EQ(found(index, "provider label").size(), 3U);
  EXPECT_TRUE(found(index, "zebra").empty());
  EXPECT_TRUE(found(index, "").empty());
}

TEST(Search, FindsFormsOfAWordAndChineseAnywhere) {
  const SearchIndex index =
      index_of({"Discriminates against women.", "个人信息处理者应当告知用户。", "数据安全"});
  EXPECT_EQ(found(index, "DISCRIMINATION"), (std::vector<std::size_t>{0}));
  EXPECT_EQ(found(index, "处理个人信息")[0], 1U);
}

TEST(Search, GivesAtMostAsManyAsAsked) {
  const SearchIndex index = index_of({"a word", "a word", "a word"});
  const auto out = index.find("word", 2);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out[0].passage, 0U);
  EXPECT_TRUE(SearchIndex().find("word", 2).empty());
}

}  // namespace
}  // namespace assay::document
