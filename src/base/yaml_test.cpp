// SPDX-License-Identifier: Apache-2.0
#include "base/yaml.h"

#include <gmock/gmock.h>

#include <chrono>

namespace assay {
namespace {

struct Read {
  std::optional<Node> tree;
  std::vector<Fault> faults;
};

Read read(std::string_view bytes) {
  Read out;
  out.tree = read_yaml(bytes, Faults("x.yaml", out.faults));
  return out;
}

std::vector<FaultId> ids(std::string_view bytes) {
  std::vector<FaultId> out;
  for (const Fault& fault : read(bytes).faults) out.push_back(fault.id);
  return out;
}

TEST(Yaml, KeepsTextOrderAndPlaces) {
  const Read got = read("b: yes\na:\n  - 标题: 'it''s'\n  - |\n    two\n    lines\n");
  ASSERT_TRUE(got.tree && got.faults.empty());
  const Node& root = *got.tree;
  ASSERT_EQ(root.entries.size(), 2);
  EXPECT_EQ(root.entries[0].key, "b");
  EXPECT_EQ(root.entries[0].value.text, "yes");
  EXPECT_FALSE(root.entries[0].value.quoted);
  const Node& list = root.find("a")->value;
  EXPECT_EQ(list.items.at(1).text, "two\nlines\n");
  const Entry& title = list.items.at(0).entries.at(0);
  EXPECT_EQ(title.key, "标题");
  EXPECT_EQ(title.value.text, "it's");
  EXPECT_TRUE(title.value.quoted);
  EXPECT_EQ(title.value.at, (Place{3, 9}));  // columns count code points
}

TEST(Yaml, HasNoImplicitTypes) {
  for (const char* word : {"yes", "1.0", "0x1F", "2025-01-26", "1_000", "off", ".inf"}) {
    const Read got = read(std::string("a: ") + word + "\n");
    ASSERT_TRUE(got.tree) << word;
    EXPECT_EQ(got.tree->find("a")->value.text, word);
  }
}

TEST(Yaml, AnAbsentValueTakesThePlaceOfItsKey) {
  const Read got = read("a: 1\nb:\nc: 2\n");
  ASSERT_TRUE(got.tree);
  EXPECT_EQ(got.tree->find("b")->value.kind, NodeKind::null);
  EXPECT_EQ(got.tree->find("b")->value.at, (Place{2, 1}));
}

TEST(Yaml, ReadsWindowsLineEnds) {
  const Read got = read("a: b\r\nc: \"d\"\r\n");
  ASSERT_TRUE(got.tree && got.faults.empty());
  EXPECT_EQ(got.tree->find("c")->value.text, "d");
  EXPECT_EQ(got.tree->find("c")->at, (Place{2, 1}));
}

TEST(Yaml, ReportsSeveralFaultsOfOneFile) {
  EXPECT_EQ(ids("a: &x 1\na: 2\nb: !t 3\n"),
            (std::vector{FaultId::anchor, FaultId::duplicate_key, FaultId::tag}));
}

// yaml-cpp 0.7 takes the end of the file for a closing quote.
TEST(Yaml, FindsQuotesThatNeverClose) {
  EXPECT_EQ(ids("a: \"b\n"), std::vector{FaultId::unclosed_quote});
  EXPECT_EQ(ids("a: 'b''\n"), std::vector{FaultId::unclosed_quote});
  EXPECT_EQ(ids("a: \"b\\\"\n"), std::vector{FaultId::unclosed_quote});
  EXPECT_TRUE(ids("a: \"b\\\"\"\nb: ''\nc: ''''\n").empty());
}

TEST(Yaml, RefusesPlainTextOverSeveralLines) {
  EXPECT_EQ(ids("a: b\n  c\n"), std::vector{FaultId::folded_plain});
  EXPECT_EQ(ids("- a\n   - b\n"), std::vector{FaultId::folded_plain});
  EXPECT_TRUE(ids("a: \"b\n  c\"\n").empty());
}

// Each took up to 7 s or 1.9 GB in yaml-cpp alone.
TEST(Yaml, HostileShapesEndSoon) {
  const auto times = [](std::string_view piece, std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += piece;
    return out;
  };
  for (const std::string& bytes :
       {times("[", 8'000'000), times("[\n", 240'000), times("{a: ", 2'000'000),
        times("- ", 4'000'000), times("? ", 240'000), times("a:\n ", 200'000),
        times("[", 499'000)}) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(read(bytes).faults.empty());
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  }
}

TEST(Yaml, NamesAFileThatCannotBeRead) {
  std::vector<Fault> faults;
  EXPECT_FALSE(read_yaml_file("/nonexistent/x.yaml", Faults("x.yaml", faults)));
  ASSERT_EQ(faults.size(), 1);
  EXPECT_EQ(faults[0].id, FaultId::unreadable);
}

}  // namespace
}  // namespace assay
