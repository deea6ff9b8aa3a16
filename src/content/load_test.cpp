// SPDX-License-Identifier: Apache-2.0
#include "content/load.h"

#include <gmock/gmock.h>

#include "content/compiled.h"
#include "content/source.h"
#include "content/test_tree.h"

namespace assay::content {
namespace {

using testing::HasSubstr;

class Load : public testing::Test {
 protected:
  void SetUp() override {
    tree_.write("share/assay.content", compile(load_source({kCases / "base"}, {}).content));
    overlay_.write("sources.yaml", "sources:\n  - id: src-2\n    quality: from the overlay\n");
    places_ = {{tree_.path() / "nowhere", tree_.path() / "share/assay.content"},
               tree_.path() / "cache"};
  }
  std::size_t cached() const {
    std::vector<std::string> unread;
    return list_files(tree_.path() / "cache", unread).size();
  }
  Content load_well() {
    Result<Content> content = load({overlay_.path()}, places_);
    EXPECT_TRUE(content.ok()) << content.error().text();
    return content.ok() ? std::move(content).value() : Content{};
  }

  TestTree tree_;
  TestTree overlay_;
  Places places_;
};

TEST_F(Load, OpensTheFirstCompiledFileThatIsThere) {
  const Result<Content> content = load({}, places_);
  ASSERT_TRUE(content.ok()) << content.error().text();
  EXPECT_EQ(content->standards.size(), 2);
  EXPECT_EQ(content->digest.size(), 64);
  EXPECT_EQ(cached(), 0);
}

TEST_F(Load, OverlaysAreCompiledOnceAndKept) {
  const Content first = load_well();
  EXPECT_EQ(first.sources.at(1).quality, "from the overlay");
  EXPECT_EQ(cached(), 1);
  const Content second = load_well();
  EXPECT_EQ(second.digest, first.digest);
  EXPECT_EQ(cached(), 1);
  overlay_.write("sources.yaml", "sources:\n  - id: src-2\n    quality: changed\n");
  EXPECT_EQ(load_well().sources.at(1).quality, "changed");
  EXPECT_EQ(cached(), 2);
}

TEST_F(Load, ADamagedOrUnwritableCacheIsPassedOver) {
  const std::string digest = load_well().digest;
  std::vector<std::string> unread;
  for (const fs::path& path : list_files(places_.cache, unread))
    ASSERT_TRUE(write_file_atomic(path, "rubbish").ok());
  EXPECT_EQ(load_well().digest, digest);
  places_.cache = "/proc/no-such-folder";
  EXPECT_EQ(load_well().digest, digest);
  places_.cache.clear();
  EXPECT_EQ(load_well().digest, digest);
}

TEST_F(Load, AFolderOfSourcesMayStandForTheCompiledFile) {
  const std::string digest = load({}, places_)->digest;
  places_.compiled = {kCases / "base"};
  EXPECT_EQ(load({}, places_)->digest, digest);
  EXPECT_EQ(load_well().sources.at(1).quality, "from the overlay");
}

TEST_F(Load, SaysWhatIsWrongAndWhatToDo) {
  places_.compiled = {tree_.path() / "nowhere"};
  EXPECT_THAT(load({}, places_).error().text(),
              testing::AllOf(HasSubstr("nowhere"), HasSubstr("ASSAY_CONTENT")));
  places_.compiled = {tree_.path() / "share/assay.content"};
  EXPECT_THAT(load({tree_.path() / "no-overlay"}, places_).error().text(), HasSubstr("no-overlay"));
  overlay_.write("sources.yaml", "sources:\n  - id: src-2\n    qualty: x\n    ulr: y\n");
  EXPECT_THAT(load({overlay_.path()}, places_).error().text(),
              testing::AllOf(HasSubstr("sources.yaml:3:5"), HasSubstr("did you mean `quality`"),
                             HasSubstr("1 more"), HasSubstr("content lint")));
  tree_.write("share/assay.content", "rubbish");
  EXPECT_THAT(load({}, places_).error().text(), HasSubstr("share/assay.content"));
}

}  // namespace
}  // namespace assay::content
