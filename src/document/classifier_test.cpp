// SPDX-License-Identifier: Apache-2.0
#include "document/classifier.h"

#include <gtest/gtest.h>

namespace assay::document {
namespace {

std::vector<std::string> found(const Cues& cues, std::string_view text) {
  std::vector<std::string> out;
  for (const CueHit& hit : cues.find(text))
    out.emplace_back(text.substr(hit.span.begin, hit.span.end - hit.span.begin));
  return out;
}

TEST(Cues, MatchWholeWordsInAnyCaseAndChineseAnywhere) {
  Cues cues;
  for (const char* cue : {"bias", "discriminat*", "self harm", "over rel*", "隐私", "ai系统"})
    cues.add(cue);
  EXPECT_EQ(found(cues, "Bias, biased; DISCRIMINATION"),
            (std::vector<std::string>{"Bias", "DISCRIMINATION"}));
  EXPECT_EQ(found(cues, "self-harm and over-reliance"),
            (std::vector<std::string>{"self-harm", "over-reliance"}));
  EXPECT_EQ(found(cues, "保护个人隐私权"), (std::vector<std::string>{"隐私"}));
  EXPECT_EQ(found(cues, "使用AI系统；系统"), (std::vector<std::string>{"AI系统"}));
  EXPECT_TRUE(found(cues, "").empty());
  EXPECT_TRUE(found(cues, "\xFF\xC3 self").empty());
}

std::vector<Label> labels() {
  return {{"privacy", "Privacy. Personal data is leaked.", {"privacy", "personal data", "隐私"}},
          {"weapons", "Weapons. AI builds weapons.", {"weapon*", "malware", "武器"}},
          {"energy", "Energy. AI uses energy.", {"energy", "carbon", "能耗"}}};
}

std::vector<TrainingText> texts() {
  std::vector<TrainingText> out;
  const char* words[][3] = {
      {"privacy", "leak of records about patients", "users did not consent"},
      {"weapons", "missiles and toxins for an army", "code that breaks into plants"},
      {"energy", "centres burn power and water", "emissions of training runs"}};
  for (int n = 0; n < 30; ++n) {
    const auto* row = words[n % 3];
    out.push_back({std::string(row[1 + n / 6 % 2]) + " number " + std::to_string(n), row[0],
                   "paper " + std::to_string(n % 6)});
  }
  return out;
}

std::string best(const Classifier& classifier, std::string_view text) {
  return classifier.labels()[classifier.rank(text)[0].label].id;
}

TEST(Classifier, GoesByCuesWithoutTexts) {
  const Classifier classifier(labels());
  EXPECT_EQ(best(classifier, "Malware that steals"), "weapons");
  EXPECT_EQ(best(classifier, "用户隐私"), "privacy");
  double sum = 0;
  for (const Ranked& one : classifier.rank("anything")) sum += one.probability;
  EXPECT_NEAR(sum, 1, 1e-9);
}

TEST(Classifier, LearnsWordsThatAreNoCues) {
  const auto trained = Classifier::train(labels(), texts());
  ASSERT_TRUE(trained.ok());
  EXPECT_EQ(best(*trained, "records about patients"), "privacy");
  EXPECT_EQ(best(*trained, "burn power"), "energy");
  EXPECT_EQ(best(*trained, "malware"), "weapons");
}

TEST(Classifier, IsTheSameAfterItIsWrittenAndRead) {
  const auto trained = Classifier::train(labels(), texts());
  ASSERT_TRUE(trained.ok());
  const std::string model = trained->write_model();
  Classifier again(labels());
  ASSERT_TRUE(again.read_model(model).ok());
  for (const TrainingText& text : texts()) {
    const Ranked before = trained->rank(text.text)[0], after = again.rank(text.text)[0];
    EXPECT_EQ(before.label, after.label) << text.text;
    EXPECT_NEAR(before.probability, after.probability, 0.02) << text.text;
  }
  EXPECT_EQ(again.write_model().size(), model.size());
}

TEST(Classifier, RefusesAModelOfOtherLabelsAndABrokenOne) {
  const auto trained = Classifier::train(labels(), texts());
  ASSERT_TRUE(trained.ok());
  const std::string model = trained->write_model();
  std::vector<Label> other = labels();
  other[0].cues.push_back("secret");
  EXPECT_FALSE(Classifier(other).read_model(model).ok());
  for (std::size_t size = 0; size < model.size(); size += 97)
    EXPECT_FALSE(Classifier(labels()).read_model(std::string_view(model).substr(0, size)).ok())
        << size;
}

TEST(Classifier, EvaluatesOnSourcesItHasNotSeen) {
  const auto figures = Classifier::evaluate(labels(), texts());
  ASSERT_TRUE(figures.ok());
  EXPECT_EQ(figures->texts, 30U);
  EXPECT_EQ(figures->groups, 6U);
  EXPECT_GE(figures->accuracy, 0.9);
  EXPECT_EQ(figures->top3, 1) << "of three labels";
  EXPECT_LT(figures->calibration_error, 0.2);
  EXPECT_FALSE(Classifier::evaluate(labels(), {{"text", "unknown", "g"}}).ok());
}

}  // namespace
}  // namespace assay::document
