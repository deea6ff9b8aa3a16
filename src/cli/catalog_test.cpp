// SPDX-License-Identifier: Apache-2.0
//
// `assay catalog` and `assay explain` as a user calls them, on the project's own content.
#include <gmock/gmock.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/strings.h"
#include "catalog/risks.h"
#include "catalog/tree.h"
#include "cli/command.h"
#include "content/source.h"

namespace assay::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const fs::path kContentFolder = fs::path(ASSAY_SOURCE_DIR) / "content";

const Content& real_content() {
  static const content::LoadResult kLoaded = content::load_source({kContentFolder}, {});
  EXPECT_THAT(kLoaded.faults, IsEmpty());
  return kLoaded.content;
}

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;

  std::vector<json> lines() const {
    std::vector<json> rows;
    for (const std::string_view line : split(out, '\n'))
      if (!line.empty()) rows.push_back(json::parse(line));
    return rows;
  }
};

Outcome assay(const std::vector<std::string>& words) {
  setenv("ASSAY_CONTENT", kContentFolder.c_str(), 1);
  setenv("LC_ALL", "en_US.UTF-8", 1);
  Outcome outcome;
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  outcome.code = run(words);
  outcome.out = testing::internal::GetCapturedStdout();
  outcome.err = testing::internal::GetCapturedStderr();
  return outcome;
}

std::vector<std::string> ids(const Outcome& outcome) {
  std::vector<std::string> out;
  for (const json& row : outcome.lines()) out.push_back(row.at("id"));
  return out;
}

TEST(Content, HoldsAllDocumentsAndClauses) {
  const Content& content = real_content();
  EXPECT_GE(content.standards.size(), 55U);
  std::size_t clauses = 0;
  for (const Standard& standard : content.standards) clauses += standard.clauses.size();
  EXPECT_GE(clauses, 213U);
}

// The counts that the consultation of V1.0 gave, and no others.
TEST(CatalogTree, V1CountsAreThoseOfTheConsultation) {
  const Outcome outcome = assay({"catalog", "tree", "--v1", "--as-of", "2025-01-26", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  std::map<std::string, int> counts;
  std::size_t unnamed = 0;
  for (const json& row : outcome.lines()) {
    if (row.at("record") == "count")
      counts[row.at("state").get<std::string>() + " " + row.at("kind").get<std::string>()] =
          row.at("slots");
    else if (row.at("filled_by") == "unnamed")
      ++unnamed;
  }
  const std::map<std::string, int> want = {{"published recommended-standard", 12},
                                           {"published technical-document", 1},
                                           {"published practice-guide", 3},
                                           {"in-development mandatory-standard", 1},
                                           {"in-development recommended-standard", 6},
                                           {"in-development practice-guide", 1}};
  EXPECT_EQ(counts, want);
  EXPECT_EQ(unnamed, 1U);
}

TEST(CatalogTree, StatusOfMembersAgreesWithTheirSlots) {
  const Content& content = real_content();
  const Edition* edition = catalog::first_edition(content);
  ASSERT_NE(edition, nullptr);
  const auto view = catalog::edition_view(content, *edition, edition->date);
  for (const auto& slot : view.slots) {
    if (slot.filling != catalog::Filling::member) continue;
    const auto stage = catalog::stage(*slot.documents.front(), edition->date);
    const auto want = slot.slot->state == SlotState::published ? catalog::Stage::in_force
                                                               : catalog::Stage::in_development;
    EXPECT_EQ(stage, want) << slot.documents.front()->id;
  }
}

TEST(CatalogTree, TodayTheSameQueryShowsWhatBecameOfThem) {
  const Outcome outcome = assay({"catalog", "tree", "--v1", "--as-of", "2026-11-22", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  for (const json& row : outcome.lines()) {
    if (row.at("record") != "count" || row.at("state") != "in-development") continue;
    if (row.at("kind") == "practice-guide") continue;  // a candidate only
    EXPECT_EQ(row.at("now").at("in-force"), row.at("kind") == "mandatory-standard" ? 1 : 4);
  }
  const Outcome people = assay({"catalog", "tree", "--v1", "--as-of", "2026-11-22"});
  EXPECT_THAT(people.out, AllOf(HasSubstr("(name not found)"), HasSubstr("candidate: ")));
}

TEST(CatalogTree, CountsCoverEveryDocument) {
  std::size_t n = 0;
  for (const json& row : assay({"catalog", "tree", "--json"}).lines())
    n += row.at("documents").size();
  EXPECT_EQ(n, real_content().standards.size());
}

TEST(CatalogList, JsonHasTheKeysOfTheMachineInterface) {
  const Outcome outcome = assay({"catalog", "list", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto rows = outcome.lines();
  EXPECT_EQ(rows.size(), real_content().standards.size());
  for (const json& row : rows)
    for (const char* key :
         {"id", "number", "kind", "status", "part", "title_zh", "title_en", "confidence", "in_v1"})
      EXPECT_TRUE(row.contains(key)) << key;
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST(CatalogList, FiltersNarrow) {
  EXPECT_THAT(
      ids(assay({"catalog", "list", "--kind", "mandatory-standard", "--part", "C", "--json"})),
      ElementsAre("gb-45438"));
  EXPECT_THAT(
      ids(assay({"catalog", "list", "--status", "现行", "--json", "--as-of", "2025-08-31"})),
      Not(Contains("gb-45438")));
  EXPECT_THAT(ids(assay({"catalog", "list", "--risk", "V1-3.2.1a", "--json"})),
              Contains("gb-45438"));
  EXPECT_THAT(ids(assay({"catalog", "list", "--text", "人脸", "--json"})), Contains("gbt-41819"));
}

TEST(CatalogList, WrongWordsNameTheRightOnes) {
  const Outcome kind = assay({"catalog", "list", "--kind", "foo"});
  EXPECT_EQ(kind.code, 2);
  EXPECT_THAT(kind.err, HasSubstr("mandatory-standard"));
  EXPECT_EQ(assay({"catalog", "list", "--part", "Z"}).code, 2);
  EXPECT_EQ(assay({"catalog", "list", "--risk", "V9"}).code, 2);
  EXPECT_EQ(assay({"catalog", "list", "--as-of", "2025-02-30"}).code, 2);
}

TEST(CatalogShow, SaysStatusRisksAndSuccessionInBothLanguages) {
  const Outcome en = assay({"catalog", "show", "GB 45438", "--as-of", "2026-11-22"});
  ASSERT_EQ(en.code, 0) << en.err;
  EXPECT_THAT(en.out, AllOf(HasSubstr("in force"), HasSubstr("(derived)"), HasSubstr("supersedes"),
                            HasSubstr("LBL-TXT-001"), HasSubstr("人工智能生成合成内容标识方法")));
  const Outcome zh = assay({"catalog", "show", "gb-45438", "--lang", "zh"});
  EXPECT_THAT(zh.out, AllOf(HasSubstr("现行"), HasSubstr("（推定）"), HasSubstr("条款")));
  const json row = assay({"catalog", "show", "gb-45438", "--json"}).lines().at(0);
  EXPECT_EQ(row.at("clauses").size(),
            catalog::documents_named(real_content(), "gb-45438")[0]->clauses.size());
  EXPECT_EQ(row.at("risks").at(0).at("confidence"), "derived");
}

TEST(CatalogShow, UnknownAndAmbiguousAreErrorsThatHelp) {
  const Outcome unknown = assay({"catalog", "show", "gb-45483"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("gb-45438"));
  const Outcome several = assay({"catalog", "show", "TC260-PG"});
  EXPECT_EQ(several.code, 2);
  EXPECT_THAT(several.err, HasSubstr("pg-20257a"));
}

TEST(CatalogSearch, NumbersAndWordsOfBothLanguages) {
  for (const char* query : {"GB/T45654", "gbt 45654", "45654-2025", "ＧＢ／Ｔ　４５６５４"})
    EXPECT_EQ(ids(assay({"catalog", "search", query, "--json"})).at(0), "gbt-45654") << query;
  EXPECT_THAT(ids(assay({"catalog", "search", "数据标注", "--limit", "3", "--json"})),
              Contains("gbt-45674"));
  EXPECT_THAT(
      ids(assay({"catalog", "search", "data", "annotation", "security", "--limit", "3", "--json"})),
      Contains("gbt-45674"));
  EXPECT_THAT(ids(assay({"catalog", "search", "prompt injection", "--json"})),
              Contains("owasp-llm-2025:LLM01"));
  const Outcome nothing = assay({"catalog", "search", "qqqqqq"});
  EXPECT_EQ(nothing.code, 0);
  EXPECT_THAT(nothing.out, IsEmpty());
}

TEST(CatalogMap, LaterEditionsComeThroughTheConcordanceOnly) {
  std::size_t missing = 0;
  for (const json& row : assay({"catalog", "map", "--edition", "2.0", "--json"}).lines()) {
    missing += row.at("missing").get<bool>() ? 1 : 0;
    for (const json& link : row.at("standards")) {
      EXPECT_THAT(link.at("via"), Not(IsEmpty()));
      EXPECT_EQ(link.at("confidence"), "derived");
    }
  }
  EXPECT_GT(missing, 0U);
  std::size_t links = 0;
  for (const json& row : assay({"catalog", "map", "--json"}).lines())
    links += row.at("standards").size();
  EXPECT_EQ(links, 152U);  // the rows of the mapping of framework 1.0
  EXPECT_EQ(assay({"catalog", "map", "--edition", "9.0"}).code, 2);
}

TEST(CatalogGaps, AskForEveryRiskAndPart) {
  std::map<std::string, std::string> state;
  for (const json& row : assay({"catalog", "gaps", "--as-of", "2026-11-22", "--json"}).lines())
    state[row.at("id")] = row.at("state");
  EXPECT_EQ(state.at("C.n6"), "none");
  EXPECT_EQ(state.at("C.n5"), "in-force");
  EXPECT_EQ(state.at("aisgf-1:V1-3.2.1a"), "in-force");
  EXPECT_EQ(state.size(), 26U + 12U);
}

TEST(CatalogSearch, ADocumentStandsAboveItsOwnClauses) {
  std::vector<std::string> found;
  for (const json& row : assay({"catalog", "search", "标识", "--json", "--limit", "200"}).lines())
    found.push_back(row.at("id"));
  const auto document = std::ranges::find(found, "gb-45438");
  ASSERT_NE(document, found.end());
  EXPECT_TRUE(std::none_of(found.begin(), document,
                           [](const std::string& id) { return id.starts_with("gb-45438/"); }));
}

TEST(CatalogDiff, TellsWhatWasOnlySeenFromWhatHappened) {
  for (const json& row :
       assay({"catalog", "diff", "--from", "2026-11-01", "--to", "2026-11-22", "--json"}).lines())
    EXPECT_EQ(row.at("seen"), row.at("date") == "2026-11-22") << row.at("id");
  const std::string text =
      assay({"catalog", "diff", "--from", "2026-11-02", "--to", "2026-11-22", "--lang", "en"}).out;
  EXPECT_THAT(text, HasSubstr("since when is not known"));
  EXPECT_THAT(text, Not(HasSubstr("came into force")));
}

TEST(CatalogDiff, NamesWhatCameIntoForce) {
  const Outcome outcome =
      assay({"catalog", "diff", "--from", "2025-08-31", "--to", "2025-09-01", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  bool seen = false;
  for (const json& row : outcome.lines())
    seen = seen || (row.at("id") == "gb-45438" && row.at("before") == "published" &&
                    row.at("after") == "in-force");
  EXPECT_TRUE(seen);
  EXPECT_EQ(assay({"catalog", "diff"}).code, 2);
  EXPECT_EQ(assay({"catalog", "diff", "--from", "2026", "--to", "2025"}).code, 2);
}

TEST(CatalogTimeline, APartialYearIsAllOfIt) {
  const auto rows =
      assay({"catalog", "timeline", "--from", "2025", "--to", "2025", "--json"}).lines();
  ASSERT_THAT(rows, Not(IsEmpty()));
  for (const json& row : rows)
    EXPECT_THAT(row.at("date").get<std::string>(), testing::StartsWith("2025"));
}

TEST(CatalogCrosswalk, DirectAndThroughAFramework) {
  EXPECT_THAT(assay({"catalog", "crosswalk", "owasp-llm-2025", "owasp-llm-2026", "--json"}).lines(),
              SizeIs(10));
  const Outcome none = assay({"catalog", "crosswalk", "aisgf-2", "nist-ai-rmf"});
  EXPECT_EQ(none.code, 0);
  EXPECT_THAT(none.err, HasSubstr("--via aisgf-1"));
  const auto rows =
      assay({"catalog", "crosswalk", "aisgf-2", "nist-ai-rmf", "--via", "aisgf-1", "--json"})
          .lines();
  ASSERT_THAT(rows, Not(IsEmpty()));
  for (const json& row : rows) {
    EXPECT_EQ(row.at("confidence"), "derived");
    EXPECT_THAT(row.at("path"), SizeIs(1));
  }
  EXPECT_EQ(assay({"catalog", "crosswalk", "owasp", "aisgf-1"}).code, 2);
}

TEST(CatalogExport, FilesAreWrittenWholeAndStable) {
  const fs::path file = fs::path(testing::TempDir()) / "assay_catalog_export.json";
  const Outcome written =
      assay({"catalog", "export", "--as-of", "2026-11-22", "-o", file.string()});
  ASSERT_EQ(written.code, 0) << written.err;
  EXPECT_THAT(written.out, IsEmpty());
  const auto bytes = read_file(file, 1 << 24);
  ASSERT_TRUE(bytes.ok());
  const json all = json::parse(*bytes);
  EXPECT_EQ(all.at("documents").size(), real_content().standards.size());
  EXPECT_EQ(assay({"catalog", "export", "--as-of", "2026-11-22"}).out, *bytes);
  fs::remove(file);
  EXPECT_EQ(assay({"catalog", "export", "-o", "/nonexistent-folder/x.json"}).code, 4);
  EXPECT_EQ(assay({"catalog", "export", "--format", "xml"}).code, 2);
}

TEST(CatalogDiagram, NamesEveryPartAndNodeInEitherLanguage) {
  const Content& content = real_content();
  for (const char* language : {"zh", "en"}) {
    const Outcome outcome =
        assay({"catalog", "diagram", "--lang", language, "--as-of", "2026-11-22"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    for (const Part& part : content.parts)
      if (part.level <= 1 || catalog::is_v1_node(part)) {
        EXPECT_THAT(outcome.out,
                    HasSubstr(part.title.in(*language == 'z' ? Language::zh : Language::en)));
      }
    for (const Standard& standard : content.standards)
      if (standard.number.size() < 24) {
        EXPECT_THAT(outcome.out, HasSubstr(standard.number));
      }
  }
}

TEST(CatalogMatrix, IsAPictureOfEveryRisk) {
  const Outcome outcome = assay({"catalog", "matrix", "--edition", "3.0"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  for (const Item& item : find_framework(real_content(), "aisgf-3")->items)
    if (catalog::is_risk(item)) {
      EXPECT_THAT(outcome.out, HasSubstr(">" + item.id + "  "));
    }
}

TEST(Explain, AnswersForEveryKindOfId) {
  for (const char* id :
       {"gbt-45654", "GB/T 45654-2025", "gbt-45654/GAI-KW-001", "GAI-KW-001", "V1-3.1.1a",
        "aisgf-1:V1-3.1.1a", "LLM01", "generative-service", "keyword_library", "C.n5", "derived",
        "in-force", "owasp-llm-2025", "v1.0", "keyword-library-size", "pickle-callables"}) {
    const Outcome outcome = assay({"explain", id});
    EXPECT_EQ(outcome.code, 0) << id << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("What it is")) << id;
    EXPECT_THAT(assay({"explain", id, "--lang", "zh"}).out, HasSubstr("是什么")) << id;
    EXPECT_THAT(assay({"explain", id, "--json"}).lines(), Not(IsEmpty())) << id;
  }
}

TEST(Explain, AClauseCodeOfTwoDocumentsAnswersForBoth) {
  EXPECT_THAT(ids(assay({"explain", "GAI-KW-001", "--json"})),
              ElementsAre("gbt-45654/GAI-KW-001", "tc260-003/GAI-KW-001"));
}

TEST(Explain, UnknownIdsOfferTheNearest) {
  const Outcome outcome = assay({"explain", "GAI-KW-0O1"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("GAI-KW-001"));
  EXPECT_THAT(outcome.out, IsEmpty());
}

}  // namespace
}  // namespace assay::cli
