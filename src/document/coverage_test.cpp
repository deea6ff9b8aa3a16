// SPDX-License-Identifier: Apache-2.0
#include "document/coverage.h"

#include <gtest/gtest.h>

#include "document/outline.h"
#include "document/plain.h"
#include "document/sentences.h"

namespace assay::document {
namespace {

CoverageReader reader() {
  return {{{"privacy", {"privacy", "personal data", "个人信息"}, {"consent", "anonymi*", "匿名"}},
           {"bias", {"discriminat*", "歧视"}, {"gender"}}},
          {{"shall", "must", "应", "不得"},
           {"响应", "应用"},
           {"does not apply to", "不适用于"},
           {"不适用本", "is out of scope"},
           2,
           {2, 0, 1},
           {3, 1, 2},
           {{0.0, 0.1}, {0.5, 0.8}}}};
}

std::vector<TopicCoverage> read(std::string_view text) { return reader().read(read_plain(text)); }

TEST(Coverage, CountsSentencesThatNameATopic) {
  const auto out = read("Privacy matters. It rains.\n\nPersonal data shall be kept safe.\n");
  EXPECT_EQ(out[0].passages, 2U);
  EXPECT_EQ(out[0].duties, 1U);
  EXPECT_EQ(out[0].words, 2U);
  EXPECT_EQ(out[0].level, CoverageLevel::minimal);
  EXPECT_EQ(out[1].level, CoverageLevel::none);
  EXPECT_EQ(out[1].score, 0);
}

TEST(Coverage, IsGoodWithEnoughSentencesDutiesAndWords) {
  const std::string three = "个人信息应当保护。不得泄露隐私和个人信息。处理个人信息须经同意。\n";
  EXPECT_EQ(read(three)[0].level, CoverageLevel::minimal) << "one word only";
  EXPECT_EQ(read(three + "\nThe privacy of people counts.\n")[0].level, CoverageLevel::good);
}

TEST(Coverage, CuesSpeakOnlyTogether) {
  EXPECT_EQ(read("Consent was given.\n")[0].hints, 0U);
  const std::string hint = "Consent was given for anonymised records. ";
  const auto out = read(hint + "\n");
  EXPECT_EQ(out[0].passages, 0U);
  EXPECT_EQ(out[0].hints, 1U);
  EXPECT_FALSE(out[0].best[0].named);
  EXPECT_EQ(read(hint + hint + hint + "\n")[0].level, CoverageLevel::none);
  EXPECT_EQ(read(hint + hint + hint + hint + "\n")[0].level, CoverageLevel::minimal);
}

TEST(Coverage, WhatADocumentLeavesOutIsNotCovered) {
  EXPECT_EQ(read("This Act does not apply to privacy of firms.\n")[0].passages, 0U);
  EXPECT_EQ(read("Privacy law does not apply to weather.\n")[0].passages, 1U);
  EXPECT_EQ(read("本办法不适用于个人信息的存档。\n")[0].passages, 0U);
  EXPECT_EQ(read("因家庭事务处理个人信息的，不适用本法。\n")[0].passages, 0U);
  EXPECT_EQ(read("The privacy of firms is out of scope.\n")[0].passages, 0U);
}

TEST(Coverage, ADutyWordWithinAnotherWordIsNone) {
  EXPECT_EQ(read("及时响应个人信息的请求。\n")[0].duties, 0U);
  EXPECT_EQ(read("个人信息的应用。\n")[0].duties, 0U);
  EXPECT_EQ(read("应保护个人信息并及时响应。\n")[0].duties, 1U);
}

TEST(Coverage, HeadingsWeighMoreAndTheWeightiestPassagesAreKept) {
  std::string text = "# Privacy\n\n";
  for (int i = 0; i < 30; ++i) text += "Privacy is nice. ";
  const Document document = read_markdown(text + "\n\nPrivacy must be kept.\n");
  const TopicCoverage out = reader().read(document)[0];
  EXPECT_EQ(out.passages, 32U);
  ASSERT_EQ(out.best.size(), kMostPassages);
  EXPECT_EQ(document.at(out.best.front().span), "Privacy");
  EXPECT_EQ(document.at(out.best.back().span), "Privacy must be kept.");
}

TEST(Coverage, EveryPassageIsASentenceOfTheText) {
  const Document document = read_plain(
      "1. Scope\n\nDiscrimination must be avoided; e.g. by No. 5 tests. Gender is data.\n\n"
      "禁止歧视；不得泄露个人信息。其他。\n");
  const auto out = reader().read(document);
  ASSERT_EQ(out[1].best.size(), 2U);
  EXPECT_EQ(document.at(out[1].best[1].span), "禁止歧视；");
  for (const TopicCoverage& topic : out)
    for (const Passage& passage : topic.best) {
      EXPECT_LE(passage.span.end, document.text.size());
      for (const Span word : passage.words) {
        EXPECT_GE(word.begin, passage.span.begin);
        EXPECT_LE(word.end, passage.span.end);
      }
    }
}

TEST(Coverage, SaysWhatTheNextLevelLacks) {
  const auto out = read("Privacy matters.\n");
  const LevelRule lacks = lacking(out[0], reader().rules());
  EXPECT_EQ(lacks.passages, 1U);
  EXPECT_EQ(lacks.duties, 0U);
  const LevelRule more = lacking(read("Privacy. Privacy matters.\n")[0], reader().rules());
  EXPECT_EQ(more.duties, 1U);
  EXPECT_EQ(more.words, 1U);
}

TEST(Coverage, ConfidenceIsTheShareMeasuredAtTheScore) {
  EXPECT_EQ(read("It rains.\n")[0].confidence, 0.1);
  std::string much;
  for (int i = 0; i < 5; ++i) much += "Personal data shall be kept. ";
  EXPECT_EQ(read(much + "\n")[0].confidence, 0.8);
}

TEST(Language, IsToldByLettersAndCommonWords) {
  EXPECT_EQ(language_of("The provider of a system shall keep a record of it."),
            TextLanguage::english);
  EXPECT_EQ(language_of("提供者应当保存记录（AI system）。"), TextLanguage::chinese);
  EXPECT_EQ(language_of("Der Anbieter bewahrt die Aufzeichnungen zehn Jahre lang auf."),
            TextLanguage::other);
  EXPECT_EQ(language_of(""), TextLanguage::other);
  EXPECT_EQ(language_of("We avoid discrimination."), TextLanguage::english);
  EXPECT_EQ(language_of("Az adatkezelő a személyes adatokat megőrzi, és a hatóságot értesíti."),
            TextLanguage::other);
  EXPECT_EQ(language_of("事業者は個人情報を保護しなければならない。"), TextLanguage::other);
  std::string dutch;
  for (int i = 0; i < 20; ++i)
    dutch += "De aanbieder bewaart de gegevens van een systeem in het land. ";
  EXPECT_EQ(language_of(dutch), TextLanguage::other);
}

TEST(Sentences, EndAtMarksOfBothLanguages) {
  const std::string text = "One. Two? 三。四；五";
  std::vector<std::string> out;
  for (const Span span : sentences_of(text, {0, text.size()}))
    out.push_back(text.substr(span.begin, span.end - span.begin));
  EXPECT_EQ(out, (std::vector<std::string>{"One.", "Two?", "三。", "四；", "五"}));
}

TEST(Sentences, LongOnesArePartedAtPauses) {
  std::string text;
  while (text.size() < 5000) text += "个人信息，";
  const auto out = sentences_of(text, {0, text.size()});
  ASSERT_EQ(out.size(), 3U);
  std::size_t at = 0;
  for (const Span span : out) {
    EXPECT_EQ(span.begin, at);
    EXPECT_TRUE(text.substr(0, span.end).ends_with("，"));
    at = span.end;
  }
  EXPECT_EQ(at, text.size());
  EXPECT_EQ(sentences_of("(a) one; (b) two", {0, 16}).size(), 2U);
  const std::string dense(4001, 'x');
  EXPECT_EQ(sentences_of(dense, {0, dense.size()}).size(), 3U);
}

TEST(Outline, TellsWhereAnOffsetStands) {
  const Document document =
      read_plain("Article 1\nScope\n\nText.\n\nArticle 2\nDuties\n\n(1) First.\n\n(2) Second.\n");
  const Outline outline = outline_of(document);
  EXPECT_EQ(place_of(outline, document.text.find("Text")), "Article 1");
  EXPECT_EQ(place_of(outline, document.text.find("Second")), "Article 2 (2)");
  EXPECT_EQ(place_of({}, 5), "");
}

}  // namespace
}  // namespace assay::document
