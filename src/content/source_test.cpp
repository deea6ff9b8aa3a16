// SPDX-License-Identifier: Apache-2.0
#include "content/source.h"

#include <gmock/gmock.h>

#include "content/compiled.h"
#include "content/diff.h"
#include "content/test_tree.h"

namespace assay::content {
namespace {

using testing::ElementsAre;

Content load_clean(const std::vector<fs::path>& folders) {
  LoadResult loaded = load_source(folders, {});
  EXPECT_TRUE(loaded.faults.empty()) << print_faults(loaded.faults, Language::en);
  return std::move(loaded.content);
}

TEST(Source, ReadsEveryKindOfFile) {
  const Content content = load_clean({kCases / "base"});
  EXPECT_EQ(content.manifest.version, "0.1.0");
  EXPECT_EQ(content.sources.size(), 2);
  EXPECT_EQ(content.parts.at(1).parent, "A");
  EXPECT_THAT(content.editions.at(0).slots.at(1).candidates, ElementsAre("s-1", "s-2"));
  ASSERT_EQ(content.standards.size(), 2);
  const Standard& standard = content.standards[0];
  EXPECT_EQ(standard.content.en, "Content over two lines.");
  EXPECT_EQ(standard.effective.text(), "2025-09");
  ASSERT_EQ(standard.clauses.size(), 3);
  EXPECT_EQ(standard.clauses[0].id, "s-1/C-001");
  EXPECT_EQ(standard.clauses[0].standard, "s-1");
  EXPECT_EQ(standard.clauses[0].threshold.value, 10000);
  EXPECT_EQ(standard.clauses[1].threshold.parts.at(1).value, 100);
  EXPECT_EQ(standard.clauses[2].confidence, Confidence::recalled);
  EXPECT_EQ(content.controls.size(), 3);
  EXPECT_TRUE(find_condition(content, "any-system")->always);
  EXPECT_THAT(find_item(content.frameworks.at(0), "R1.a")->parents, ElementsAre("R1"));
  ASSERT_EQ(content.mappings.at(0).rows.size(), 2);
  EXPECT_EQ(content.mappings[0].title, "A set: with a colon");
  EXPECT_EQ(content.mappings[0].rows[0].object_label, "Risk \"nine\"");
  EXPECT_EQ(content.mappings[0].rows[0].score, 0.9);
  EXPECT_EQ(content.mappings[0].rows[1].score, std::nullopt);
  EXPECT_EQ(content.lexicons.at(0).entries.at(1).argument, "latin1");
  EXPECT_EQ(content.timeline.size(), 1);
  EXPECT_EQ(content.notes.size(), 1);
}

TEST(Source, ReadsTheSameWithAnyNumberOfThreads) {
  const std::string one = compile(load_source({kRealContent}, {.threads = 1}).content);
  const std::string many = compile(load_source({kRealContent}, {.threads = 7}).content);
  EXPECT_EQ(one, many);
  EXPECT_GT(one.size(), 100'000);
}

TEST(Source, TheContentThatShipsHasNoFaults) {
  const LoadResult loaded = load_source({kRealContent}, {});
  EXPECT_TRUE(loaded.faults.empty()) << print_faults(loaded.faults, Language::en);
}

TEST(Source, AnOverlayCorrectsTheKeysItStatesAndAddsRows) {
  const TestTree overlay;
  overlay.write("standards/s-1/clauses.yaml",
                "clauses:\n"
                "  - code: C-003\n"
                "    confidence: sourced\n"
                "  - code: C-004\n"
                "    place: \"7\"\n"
                "    subject: model\n"
                "    statement: {zh: 新条款。, en: A new clause.}\n"
                "    test: evidence\n"
                "    controls: [in-charge]\n"
                "    confidence: sourced\n"
                "    sources: []\n");
  overlay.write("frameworks/f-1.yaml",
                "id: f-1\nitems:\n  - id: R1.a\n    number: 1.b\n  - id: R1.b\n    kind: risk\n"
                "    title: {zh: 风险乙, en: Risk b}\n    confidence: sourced\n");
  overlay.write("standards/s-2/standard.yaml", "id: s-2\naliases: []\nnumber: S 2\n");
  const Content before = load_clean({kCases / "base"});
  const Content after = load_clean({kCases / "base", overlay.path()});
  const Clause* clause = find_clause(after, "s-1/C-003");
  EXPECT_EQ(clause->confidence, Confidence::sourced);
  EXPECT_EQ(clause->statement.en, "Someone is in charge.");
  EXPECT_EQ(find_clause(after, "s-1/C-004")->standard, "s-1");
  EXPECT_EQ(find_item(after.frameworks[0], "R1.a")->number, "1.b");
  EXPECT_EQ(find_item(after.frameworks[0], "R1.a")->title.en, "Risk a");
  std::vector<std::string> rows;
  for (const RowChange& change : diff(before, after))
    rows.push_back(std::string(word(change.change)) + " " + change.kind + " " + change.id);
  EXPECT_THAT(rows,
              ElementsAre("changed clause s-1/C-003", "added clause s-1/C-004",
                          "changed item f-1:R1.a", "added item f-1:R1.b", "changed standard s-2"));
}

TEST(Source, AnOverlayLiesOverCompiledContentToo) {
  const Content base = *open(as_raw(compile(load_clean({kCases / "base"}))));
  const TestTree overlay;
  overlay.write("sources.yaml", "sources:\n  - id: src-2\n    quality: now known\n");
  LoadResult loaded = load_source({overlay.path()}, {.base = &base});
  EXPECT_TRUE(loaded.faults.empty()) << print_faults(loaded.faults, Language::en);
  EXPECT_EQ(loaded.content.sources.at(1).quality, "now known");
  EXPECT_EQ(compile(loaded.content), compile(load_clean({kCases / "base", overlay.path()})));
}

TEST(Source, AnOverlayThatStatesARowTwiceIsRefused) {
  const TestTree overlay;
  overlay.write("sources.yaml", "sources:\n  - id: src-2\n    url: a\n  - id: src-2\n    url: b\n");
  const LoadResult loaded = load_source({kCases / "base", overlay.path()}, {});
  ASSERT_EQ(loaded.faults.size(), 1);
  EXPECT_EQ(loaded.faults[0].id, FaultId::duplicate_id);
  EXPECT_EQ(loaded.faults[0].at.line, 4);
}

TEST(Source, AnOverlayThatAddsHalfARowIsRefused) {
  const TestTree overlay;
  overlay.write("structure.yaml", "parts:\n  - id: B\n    level: 1\n");
  const LoadResult loaded = load_source({kCases / "base", overlay.path()}, {});
  ASSERT_EQ(loaded.faults.size(), 3);
  for (const Fault& fault : loaded.faults) EXPECT_EQ(fault.id, FaultId::missing_key);
}

TEST(Source, RowsOfACrosswalkAreReplacedOrAdded) {
  const TestTree overlay;
  overlay.write("crosswalks/x.sssom.tsv",
                "#mapping_set_id: urn:test:x\n#mapping_set_title: t\n#license: l\n"
                "#curie_map:\n#  other: \"https://example.org/other/\"\n"
                "subject_id\tpredicate_id\tobject_id\tmapping_justification\tassay_confidence\n"
                "standard:s-1\tassay:mitigates\tf-1:R1.a\tsemapv:UnspecifiedMatching\tsourced\n"
                "standard:s-2\tassay:mitigates\tf-1:R1.a\tsemapv:UnspecifiedMatching\tderived\n");
  const Content content = load_clean({kCases / "base", overlay.path()});
  const std::vector<Mapping>& rows = content.mappings.at(0).rows;
  ASSERT_EQ(rows.size(), 3);
  EXPECT_EQ(rows[1].confidence, Confidence::sourced);
  EXPECT_EQ(rows[2].subject, "standard:s-2");
}

TEST(Source, AFolderThatIsNotThereIsAFault) {
  const LoadResult loaded = load_source({kCases / "nowhere"}, {});
  ASSERT_FALSE(loaded.faults.empty());
  EXPECT_THAT(print_faults(loaded.faults, Language::zh), testing::HasSubstr("nowhere"));
}

}  // namespace
}  // namespace assay::content
