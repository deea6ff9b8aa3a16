// SPDX-License-Identifier: Apache-2.0
//
// Risks, structure, time, cross-walks and search over the small content.
#include <gmock/gmock.h>

#include "catalog/crosswalk.h"
#include "catalog/explain.h"
#include "catalog/risks.h"
#include "catalog/search.h"
#include "catalog/test_content.h"
#include "catalog/timeline.h"
#include "catalog/tree.h"

namespace assay::catalog {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Framework& edition(const Content& content, std::string_view name) {
  return *framework_of_edition(content, name);
}

TEST(Risks, DirectRowsHaveNoRoute) {
  const Content content = small_content();
  const RiskMatrix matrix = risk_matrix(content, edition(content, "1.0"), day("2025-12-01"));
  EXPECT_FALSE(matrix.through_concordance);
  ASSERT_THAT(matrix.rows, SizeIs(3));
  EXPECT_THAT(matrix.rows[0].links, SizeIs(2));
  EXPECT_TRUE(matrix.rows[0].links[0]->via.empty());
  EXPECT_THAT(matrix.rows[2].links, IsEmpty());  // R3: missing stays missing
}

TEST(Risks, OtherEditionsAreReachedThroughTheConcordanceAndMarked) {
  const Content content = small_content();
  const RiskMatrix matrix = risk_matrix(content, edition(content, "2.0"), day("2025-12-01"));
  EXPECT_TRUE(matrix.through_concordance);
  ASSERT_THAT(matrix.rows, SizeIs(2));
  ASSERT_THAT(matrix.rows[0].links, SizeIs(3));
  for (const RiskLink* link : matrix.rows[0].links) {
    EXPECT_FALSE(link->via.empty());
    EXPECT_EQ(link->confidence, Confidence::derived);
  }
  EXPECT_THAT(matrix.rows[1].links, IsEmpty());  // noMatch is no way
}

TEST(Risks, GapsSayTheBestThereIs) {
  const Content content = small_content();
  auto gaps = risk_gaps(content, edition(content, "1.0"), day("2026-07-01"));
  ASSERT_THAT(gaps, SizeIs(3));
  EXPECT_EQ(gaps[0].state(), "in-force");
  EXPECT_EQ(gaps[1].state(), "in-development");
  EXPECT_EQ(gaps[2].state(), "not-mapped");
  gaps = risk_gaps(content, edition(content, "1.0"), day("2024-01-01"));
  EXPECT_EQ(gaps[0].state(), "none");
}

TEST(Risks, ReportsAndLawsAreNoStandardsInForce) {
  for (const Kind kind : {Kind::research_report, Kind::law, Kind::framework}) {
    Content content = small_content();
    for (Standard& standard : content.standards)
      if (standard.id == "gbt-45654") standard.kind = kind;
    const auto gaps = risk_gaps(content, edition(content, "1.0"), day("2026-07-01"));
    EXPECT_EQ(gaps[0].state(), "none") << word(kind);
    EXPECT_THAT(gaps[0].others, SizeIs(1)) << word(kind);
    const RiskMatrix matrix = risk_matrix(content, edition(content, "1.0"), day("2026-07-01"));
    EXPECT_EQ(matrix.documents.back()->id, "gbt-45654") << word(kind);
  }
}

TEST(Risks, GapsOfPartsLeaveOutWhatIsNotInTheDiagram) {
  const Content content = small_content();
  std::vector<std::string> ids;
  for (const Gap& gap : part_gaps(content, day("2025-12-01"))) ids.push_back(gap.id);
  EXPECT_THAT(ids, ElementsAre("B", "C", "C.n1"));
}

TEST(Tree, CountsComeUpFromTheNodes) {
  const Content content = small_content();
  const auto tree = structure(content, day("2025-12-01"));
  ASSERT_THAT(tree, SizeIs(3));
  EXPECT_EQ(tree[1].part->id, "C");
  EXPECT_EQ(tree[1].counts.at(DocumentStatus::in_force), 1U);
  EXPECT_EQ(tree[1].counts.at(DocumentStatus::superseded), 1U);
  EXPECT_EQ(tree[2].part, nullptr);
  EXPECT_THAT(tree[2].documents, SizeIs(2));  // the frameworks
}

TEST(Tree, SlotsAreMemberCandidatesOrUnnamed) {
  const Content content = small_content();
  const EditionView view = edition_view(content, *first_edition(content), day("2026-11-22"));
  ASSERT_THAT(view.slots, SizeIs(4));
  EXPECT_EQ(view.slots[0].filling, Filling::member);
  EXPECT_EQ(view.slots[1].filling, Filling::unnamed);
  EXPECT_EQ(view.slots[3].filling, Filling::candidates);
  EXPECT_EQ(view.count(SlotState::in_development, Kind::recommended_standard), 2U);
  EXPECT_EQ(view.count(SlotState::published, Kind::law), 0U);
  EXPECT_EQ(view.counts[2].now.at(DocumentStatus::in_force), 1U);
  EXPECT_EQ(view.counts[2].candidates_now.at(DocumentStatus::planned), 1U);
}

TEST(Timeline, GeneralEventsThatRepeatADocumentAreLeftOut) {
  const Content content = small_content();
  std::vector<std::string> said;
  for (const DatedEvent& event :
       timeline(content, {.from = day("2025-01-01"), .to = day("2025-12-31")}))
    said.push_back(event.general != nullptr ? event.general->event.en : event.standard->id);
  EXPECT_THAT(said, ElementsAre("gbt-45654", "A meeting", "frame-2", "gbt-45654", "t-003"));
}

TEST(Timeline, FiltersByDocumentAndStatus) {
  const Content content = small_content();
  const auto events =
      timeline(content, {.document = "gbt-45654", .status = DocumentStatus::in_force});
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].date, day("2025-11-01"));
}

TEST(Timeline, ChangesCarryWhatWasBefore) {
  const Content content = small_content();
  const auto found = changes(content, day("2025-04-25"), day("2025-11-01"));
  ASSERT_THAT(found, SizeIs(3));  // the day of --from itself is not in it, that of --to is
  EXPECT_EQ(found[0].event->status, DocumentStatus::published);
  EXPECT_EQ(found[1].standard->id, "gbt-45654");
  EXPECT_EQ(found[1].before, DocumentStatus::published);
  EXPECT_EQ(found[2].event->status, DocumentStatus::superseded);
}

TEST(Crosswalk, RowsReadFromEitherEnd) {
  const Content content = small_content();
  const auto rows = crosswalk(content, "frame-2", "frame-1");
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].subject, "frame-2:S1");
  EXPECT_EQ(rows[0].predicate, "skos:closeMatch");
  EXPECT_EQ(rows[1].predicate, "skos:narrowMatch");  // broadMatch seen from the other side
  EXPECT_THAT(rows[0].path, IsEmpty());
}

TEST(Crosswalk, OverOneFrameworkScoresMultiplyAndThePathIsShown) {
  const Content content = small_content();
  const auto rows = crosswalk_via(content, "frame-1", "frame-2", "owasp");
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_DOUBLE_EQ(rows[0].score.value_or(0), 0.4);
  EXPECT_THAT(rows[0].path, ElementsAre("frame-2:S1"));
  EXPECT_EQ(rows[0].confidence, Confidence::derived);  // though both steps are sourced
  EXPECT_EQ(rows[0].predicate, "skos:closeMatch");
  EXPECT_THAT(crosswalk_bridges(content, "frame-1", "owasp"), ElementsAre("frame-2"));
}

TEST(Crosswalk, AScoreThatIsNotKnownStaysUnknown) {
  const Content content = small_content();
  const auto rows = crosswalk_via(content, "standard:gbt-45654", "frame-1", "frame-2");
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_FALSE(rows[0].score.has_value());
  EXPECT_EQ(rows[0].predicate, "assay:mitigates");
}

TEST(Search, NumberWrittenAnyWayComesFirst) {
  const Content content = small_content();
  for (const char* query : {"GB/T45654", "gbt 45654", "45654-2025", "ｇｂｔ４５６５４"}) {
    const auto hits = search(content, query, 5);
    ASSERT_FALSE(hits.empty()) << query;
    EXPECT_EQ(hits[0].id, "gbt-45654") << query;
  }
}

TEST(Search, FindsWordsOfBothLanguagesInDocumentsClausesAndRisks) {
  const Content content = small_content();
  EXPECT_EQ(search(content, "智能体", 5).at(0).id, "plan-x");
  EXPECT_EQ(search(content, "keyword libraries size", 5).at(0).kind, HitKind::clause);
  std::vector<std::string> ids;
  for (const SearchHit& hit : search(content, "关键词库", 9)) ids.push_back(hit.id);
  EXPECT_THAT(ids, Contains("gbt-45654/GAI-KW-001"));
  EXPECT_THAT(search(content, "全无此词zzz", 5), IsEmpty());
  EXPECT_THAT(search(content, "", 5), IsEmpty());
}

TEST(Search, TermsAreFoldedPairsAndWords) {
  EXPECT_THAT(terms("GB/T 45654"), ElementsAre("gbt", "45654"));
  EXPECT_THAT(terms("Models, 训练数据!"), ElementsAre("model", "训练", "练数", "数据"));
  EXPECT_THAT(terms("AI/ML 库"), ElementsAre("ai", "ml", "库"));
}

std::vector<std::string> named(const Content& content, std::string_view word) {
  const std::vector<CheckInfo> checks = {
      {"keyword_library", {"关键词库", "keyword library"}, {"total"}}};
  std::vector<std::string> out;
  for (const Thing& thing : things_named(content, checks, word)) out.push_back(qualified_id(thing));
  return out;
}

TEST(Explain, FindsEveryKindOfId) {
  const Content content = small_content();
  EXPECT_THAT(named(content, "gai-kw-001"),
              ElementsAre("clause:gbt-45654/GAI-KW-001", "clause:t-003/GAI-KW-001"));
  EXPECT_THAT(named(content, "gbt-45654/GAI-KW-001"), ElementsAre("clause:gbt-45654/GAI-KW-001"));
  EXPECT_THAT(named(content, "R1"), ElementsAre("frame-1:R1", "owasp:R1"));
  EXPECT_THAT(named(content, "owasp:R1"), ElementsAre("owasp:R1"));
  EXPECT_THAT(named(content, "GB/T45654"), ElementsAre("document:gbt-45654"));
  EXPECT_THAT(named(content, "library-size"), ElementsAre("control:library-size"));
  EXPECT_THAT(named(content, "keyword_library"), ElementsAre("check:keyword_library"));
  EXPECT_THAT(named(content, "C.n1"), ElementsAre("part:C.n1"));
  EXPECT_THAT(named(content, "凭记忆"), ElementsAre("confidence:recalled"));
  EXPECT_THAT(named(content, "frame-1"), ElementsAre("document:frame-1", "framework:frame-1"));
  EXPECT_THAT(named(content, "nothing-like-it"), IsEmpty());
  EXPECT_THAT(named(content, " "), IsEmpty());
}

TEST(Explain, AClauseSaysItsCheckItsSiblingsAndHowSure) {
  const Content content = small_content();
  const std::vector<CheckInfo> checks = {
      {"keyword_library", {"关键词库", "keyword library"}, {"total"}}};
  const auto things = things_named(content, checks, "gbt-45654/GAI-KW-001");
  ASSERT_THAT(things, SizeIs(1));
  const Explanation answer = explain(content, checks, things[0], day("2026-01-01"));
  std::map<std::string, std::string> said;
  for (const Fact& fact : answer.facts)
    for (const Text& value : fact.values) said[std::string(fact.key)] += value.en + "\n";
  EXPECT_THAT(said["limit"], testing::HasSubstr("≥ 10000"));
  EXPECT_THAT(said["checked"], testing::HasSubstr("keyword library"));
  EXPECT_THAT(said["used"], testing::HasSubstr("t-003/GAI-KW-001"));
  EXPECT_THAT(said["confidence"], testing::HasSubstr("from memory"));
  EXPECT_THAT(said["why"], testing::HasSubstr("small library"));
}

TEST(Explain, EveryKnownIdIsExplained) {
  const Content content = small_content();
  for (const std::string& id : known_ids(content, {})) {
    const auto things = things_named(content, {}, id);
    ASSERT_FALSE(things.empty()) << id;
    for (const Thing& thing : things)
      EXPECT_FALSE(explain(content, {}, thing, day("2026-01-01")).facts.empty()) << id;
  }
}

}  // namespace
}  // namespace assay::catalog
