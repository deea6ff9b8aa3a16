// SPDX-License-Identifier: Apache-2.0
#include "catalog/documents.h"

#include <gmock/gmock.h>

#include "catalog/test_content.h"

namespace assay::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> ids(const std::vector<const Standard*>& documents) {
  std::vector<std::string> out;
  for (const Standard* standard : documents) out.push_back(standard->id);
  return out;
}

TEST(Documents, StageTellsIssuedFromInForce) {
  const Content content = small_content();
  const Standard& next = *find_standard(content, "gbt-45654");
  EXPECT_EQ(stage(next, day("2024-01-01")), Stage::not_started);
  EXPECT_EQ(stage(next, day("2024-12-31")), Stage::in_development);
  EXPECT_EQ(stage(next, day("2025-06-01")), Stage::issued);
  EXPECT_EQ(stage(next, day("2025-11-01")), Stage::in_force);
  // A technical document has no day of effect: published is in force.
  EXPECT_EQ(stage(*find_standard(content, "t-003"), day("2024-03-01")), Stage::in_force);
  EXPECT_EQ(stage(*find_standard(content, "t-003"), day("2025-11-01")), Stage::ended);
}

TEST(Documents, AreFoundByNumberHoweverItIsWritten) {
  const Content content = small_content();
  for (const char* word : {"GB/T 45654-2025", "GB/T45654", "gbt 45654", "45654-2025", "gbt-45654",
                           "ＧＢ／Ｔ　４５６５４", "standard:gbt-45654"})
    EXPECT_THAT(ids(documents_named(content, word)), ElementsAre("gbt-45654")) << word;
  EXPECT_THAT(ids(documents_named(content, "智能体安全要求")), ElementsAre("plan-x"));
  EXPECT_THAT(documents_named(content, "2025"), IsEmpty());
  EXPECT_THAT(documents_named(content, ""), IsEmpty());
}

TEST(Documents, FiltersAreAnded) {
  const Content content = small_content();
  Filter filter;
  filter.as_of = day("2025-12-01");
  filter.part = "C";
  EXPECT_THAT(ids(list_documents(content, filter)), ElementsAre("gbt-45654", "t-003"));
  filter.status = DocumentStatus::superseded;
  EXPECT_THAT(ids(list_documents(content, filter)), ElementsAre("t-003"));
  filter.as_of = day("2025-01-26");
  EXPECT_THAT(list_documents(content, filter), IsEmpty());
}

TEST(Documents, FilterByTextReadsBothLanguages) {
  const Content content = small_content();
  EXPECT_THAT(ids(list_documents(content, {.text = "智能体"})), ElementsAre("plan-x"));
  EXPECT_THAT(ids(list_documents(content, {.text = "AGENT require"})), ElementsAre("plan-x"));
}

TEST(Documents, FilterByRiskReachesOtherEditions) {
  const Content content = small_content();
  EXPECT_THAT(ids(list_documents(content, {.risk = "frame-1:R2"})), ElementsAre("plan-x"));
  EXPECT_THAT(ids(list_documents(content, {.risk = "S1", .as_of = day("2025-12-01")})),
              ElementsAre("plan-x", "gbt-45654", "t-003"));
  EXPECT_THAT(list_documents(content, {.risk = "S2"}), IsEmpty());
}

TEST(Documents, NumbersInNamesSortAsNumbers) {
  Content content;
  for (const char* number : {"PG-202510A", "PG-20257A", "PG-20252A"})
    content.standards.push_back(document(number, number, {}, Kind::practice_guide, {}));
  EXPECT_THAT(ids(list_documents(content, {})),
              ElementsAre("PG-20252A", "PG-20257A", "PG-202510A"));
}

TEST(Documents, ARingOfPartsEnds) {
  Content content = small_content();
  content.parts[1].parent = "C.n1";  // C is below C.n1 is below C
  EXPECT_TRUE(within_part(content, "C.n1", "C"));
  EXPECT_FALSE(within_part(content, "C.n1", "B"));
}

TEST(Documents, ShortTitleDropsTheSeries) {
  const Content content = small_content();
  const Text title = short_title(*find_standard(content, "gbt-45654"));
  EXPECT_EQ(title.zh, "生成式人工智能服务安全基本要求");
  EXPECT_EQ(title.en, "Basic security requirements");
}

TEST(Documents, NearestOffersOnlyWhatIsNear) {
  EXPECT_THAT(nearest("gbt-45645", {"gbt-45654", "gb-45438", "aisgf-1"}, 1),
              ElementsAre("gbt-45654"));
  EXPECT_THAT(nearest("qqqqqqqq", {"gbt-45654", "gb-45438"}, 3), IsEmpty());
}

}  // namespace
}  // namespace assay::catalog
