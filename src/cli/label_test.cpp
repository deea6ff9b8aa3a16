// SPDX-License-Identifier: Apache-2.0
//
// What the program holds of the label's form is what the content says.
#include <gtest/gtest.h>

#include "base/files.h"
#include "base/strings.h"
#include "content/source.h"
#include "label/standard.h"

namespace assay::cli {
namespace {

const Content& real_content() {
  static const content::LoadResult kLoaded =
      content::load_source({fs::path(ASSAY_SOURCE_DIR) / "content"}, {});
  return kLoaded.content;
}

TEST(LabelFormat, IsThatOfTheContent) {
  const Lexicon* lexicon = find_lexicon(real_content(), "label-format");
  ASSERT_NE(lexicon, nullptr);
  ASSERT_EQ(lexicon->entries.size(), label::kFormat.size());
  for (std::size_t i = 0; i < label::kFormat.size(); ++i) {
    EXPECT_EQ(lexicon->entries[i].argument, label::kFormat[i].argument);
    EXPECT_EQ(lexicon->entries[i].value, label::kFormat[i].value);
  }
}

TEST(LabelFormat, AgreesWithTheClauses) {
  const auto threshold = [](std::string_view id) {
    const Clause* clause = find_clause(real_content(), id);
    EXPECT_NE(clause, nullptr) << id;
    return clause == nullptr ? Threshold{} : clause->threshold;
  };
  EXPECT_EQ(threshold("pg-20252a/LBL-CODE-001").value, static_cast<double>(label::code::kLength));
  EXPECT_EQ(threshold("pg-20252a/LBL-CODE-002").text, label::code::kFormatId);
  EXPECT_EQ(threshold("pg-20252a/LBL-CODE-003").text, label::code::kSubject);
  EXPECT_EQ(join(threshold("pg-20252a/LBL-CODE-005").values, ""), label::code::kServices);
}

}  // namespace
}  // namespace assay::cli
