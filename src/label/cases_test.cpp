// SPDX-License-Identifier: Apache-2.0
//
// Reads and judges every src/label/cases/<what>.<ids>.hex, a whole PNG or JPEG: the ids of all its
// flaws in alphabetical order, joined by +, or `right` where there are none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/hex_case.h"
#include "base/messages.h"
#include "formats/media_soundness.h"
#include "label/label.h"

namespace assay::label {
namespace {

fs::path folder() { return fs::path(ASSAY_SOURCE_DIR) / "src/label/cases"; }

Result<Judgement> judge_bytes(std::string_view bytes, Writer writer = Writer::first) {
  MemorySource in(as_raw(bytes));
  const Reading reading = TRY(read(in, {}));
  return judge(reading, writer);
}

Judgement judge_case(std::string_view name, Writer writer = Writer::first) {
  const auto bytes = read_hex_case(folder() / name);
  EXPECT_TRUE(bytes.ok());
  const auto judgement = judge_bytes(bytes.ok() ? *bytes : "", writer);
  EXPECT_TRUE(judgement.ok());
  return judgement.ok() ? *judgement : Judgement{};
}

class LabelCase : public testing::TestWithParam<fs::path> {};

TEST_P(LabelCase, HasTheFlawsItsNameSays) {
  const auto bytes = read_hex_case(GetParam());
  ASSERT_TRUE(bytes.ok()) << bytes.error().text();
  const auto judgement = judge_bytes(*bytes);
  ASSERT_TRUE(judgement.ok()) << judgement.error().text();
  std::set<std::string> ids;
  for (const Flaw& flaw : judgement->flaws) {
    ids.insert(flaw.id);
    EXPECT_FALSE(flaw.message.zh.empty() || flaw.message.en.empty()) << flaw.id;
    EXPECT_FALSE(flaw.mend.zh.empty() || flaw.mend.en.empty()) << flaw.id;
    if (flaw.id != "label-missing") {
      EXPECT_NE(flaw.where.find("at byte"), std::string::npos) << flaw.id;
      const std::string told = in(flaw.where, Language::zh);
      EXPECT_EQ(formats::english_in(told), "") << flaw.id;
    }
  }
  const std::string have = join({ids.begin(), ids.end()}, "+");
  EXPECT_EQ(have.empty() ? "right" : have, outcome_of(GetParam()));
}

TEST_P(LabelCase, EveryTruncationAndBitFlipEndsSoundly) {
  const auto text = read_hex_case(GetParam());
  ASSERT_TRUE(text.ok());
  std::string bytes = *text;
  const auto sound = [&](std::string_view some) {
    const auto judgement = judge_bytes(some);
    return judgement.ok() ||
           (judgement.error().code != Code::internal && judgement.error().offset <= some.size());
  };
  for (std::size_t n = 0; n < bytes.size(); ++n)
    ASSERT_TRUE(sound(std::string_view(bytes).substr(0, n))) << n;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const auto mask = static_cast<char>(1 << bit % 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    ASSERT_TRUE(sound(bytes)) << bit;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
  }
}

std::string case_name(const testing::TestParamInfo<fs::path>& one) {
  std::string out = one.param.stem().string();
  for (char& c : out)
    if (c == '.' || c == '-' || c == '+') c = '_';
  return out;
}

INSTANTIATE_TEST_SUITE_P(Labels, LabelCase, testing::ValuesIn(hex_cases(folder())), case_name);

TEST(Labels, CasesHoldEachFlawOnce) {
  std::set<std::string> ids;
  for (const fs::path& file : hex_cases(folder())) {
    const std::string outcome = outcome_of(file);
    for (const std::string_view id : split(outcome, '+')) ids.emplace(id);
  }
  EXPECT_THAT(ids, testing::SizeIs(testing::Ge(27u)));
  EXPECT_TRUE(ids.contains("right"));
}

TEST(Labels, AreGivenWithTheirPlaceAndKeys) {
  const Judgement judgement = judge_case("png_element.right.hex");
  ASSERT_EQ(judgement.labels.size(), 1u);
  EXPECT_EQ(judgement.labels[0].form, Form::bare);
  EXPECT_EQ(judgement.labels[0].text("Label"), "1");
  EXPECT_EQ(judgement.labels[0].text("ProduceID"), "a1");
  EXPECT_EQ(judgement.labels[0].fields.size(), 7u);
  EXPECT_EQ(judgement.min_keys, 7u);
  EXPECT_EQ(judgement.in_place, 1u);
  EXPECT_EQ(judgement.codes, 1u);
}

TEST(Labels, MisspeltKeysNameTheRightOne) {
  const auto messages = [](std::string_view name) {
    std::vector<std::string> out;
    for (const Flaw& flaw : judge_case(name).flaws)
      if (flaw.id == "key-misspelt") out.push_back(flaw.message.en);
    return out;
  };
  EXPECT_THAT(messages("png_reserve_code.key-misspelt.hex"),
              testing::ElementsAre("the key ReserveCode1 should be ReservedCode1"));
  EXPECT_THAT(messages("png_propagator.first-write-empty+key-misspelt.hex"),
              testing::ElementsAre("the key Propagator should be ContentPropagator",
                                   "the key PropatorID should be PropagateID"));
}

TEST(Labels, CountsMeanWhatTheyAreCalled) {
  EXPECT_EQ(judge_case("png_chinese_name.bad-character.hex").bad_characters, 8u);
  EXPECT_EQ(judge_case("png_numeric_label.number-for-string.hex").label_value_invalid, 1u);
  EXPECT_EQ(judge_case("png_numeric_label.number-for-string.hex").min_keys, 6u);
  EXPECT_EQ(judge_case("png_keys_out_of_order.key-order.hex").min_keys, 6u);
  EXPECT_EQ(judge_case("png_not_json.not-json.hex").required_missing, 3u);
  EXPECT_EQ(judge_case("png_empty_producer.required-empty.hex").required_missing, 1u);
  EXPECT_EQ(judge_case("png_two_labels.two-labels+wrong-carrier.hex").labels.size(), 2u);
  EXPECT_EQ(judge_case("png_text_chunk.wrong-carrier.hex").in_place, 0u);
  EXPECT_EQ(judge_case("png_base64.base64.hex").base64_values, 1u);
  EXPECT_EQ(judge_case("png_a_name_instead_of_a_code.right.hex").codes, 0u);
  EXPECT_EQ(judge_case("png_code_too_short.code-length.hex").code_bad_length, 1u);
  EXPECT_EQ(judge_case("png_other_propagator.first-write-mismatch.hex").first_write_mismatch, 1u);
}

TEST(Labels, ALaterWriterMayDifferFromTheProducer) {
  const Judgement judgement =
      judge_case("png_other_propagator.first-write-mismatch.hex", Writer::later);
  EXPECT_TRUE(judgement.flaws.empty());
  EXPECT_EQ(judgement.first_write_mismatch, 0u);
}

TEST(Labels, OtherContainersAreUnsupported) {
  const auto judgement =
      judge_bytes(std::string_view("\x7f"
                                   "ELF\0\0\0\0",
                                   8));
  ASSERT_FALSE(judgement.ok());
  EXPECT_EQ(judgement.error().code, Code::unsupported);
}

TEST(Labels, DeepJsonIsNoLabelAndNoCrash) {
  EXPECT_EQ(parse(std::string(1'000'000, '{')).form, Form::none);
  EXPECT_EQ(parse("{\"Label\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}").form,
            Form::bare);
}

}  // namespace
}  // namespace assay::label
