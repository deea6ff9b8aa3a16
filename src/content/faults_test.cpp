// SPDX-License-Identifier: Apache-2.0
//
// Every fault as a file: tests/cases/content/faults/<what>.<fault>[+<fault>].<ending>. The first
// line says where in tests/cases/content/base the file stands; the line that ends with `# here` is
// the one that must be blamed.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/strings.h"
#include "content/source.h"
#include "content/test_tree.h"
#include "model/fault_table.h"
#include "model/system_file.h"

namespace assay::content {
namespace {

const std::vector<std::string> kMeasurements = {
    "keyword_library/total", "keyword_library/min_per_risk_a1", "keyword_library/min_per_risk_a2"};

struct Case {
  fs::path path;
  std::string bytes;
  std::string at;                  // "sources.yaml"
  std::set<std::string> expected;  // words of faults
  std::uint32_t blamed = 0;        // line, 0: any
};

std::string read(const fs::path& path) {
  Result<std::string> bytes = read_file(path, 1 << 20);
  EXPECT_TRUE(bytes.ok()) << path;
  return bytes.ok() ? *bytes : std::string();
}

Case read_case(const fs::path& path) {
  Case out{.path = path, .bytes = read(path), .at = {}, .expected = {}};
  const std::size_t mark = out.bytes.find("# at: ");
  out.at = out.bytes.substr(mark + 6, out.bytes.find('\n') - mark - 6);
  const std::string stem = path.stem().string();
  const std::string words = stem.substr(stem.rfind('.') + 1);
  for (const std::string_view word : split(words, '+')) out.expected.emplace(word);
  std::uint32_t line = 0;
  for (const std::string_view text : split(out.bytes, '\n'))
    if (++line; text.ends_with("# here")) out.blamed = line;
  return out;
}

std::vector<Case> cases() {
  std::vector<std::string> unread;
  std::vector<Case> out;
  for (const fs::path& path : list_files(kCases / "faults", unread)) out.push_back(read_case(path));
  return out;
}

std::vector<Fault> faults_of(const Case& one) {
  if (one.at == "system.yaml") {
    std::vector<Fault> faults;
    EXPECT_FALSE(read_system_text(one.bytes, one.at, faults).ok());
    return faults;
  }
  const TestTree tree;
  tree.copy(kCases / "base");
  tree.write(one.at, one.bytes);
  return load_source({tree.path()}, {.measurements = kMeasurements}).faults;
}

TEST(Faults, EveryCaseFindsWhatItsNameSays) {
  for (const Case& one : cases()) {
    const std::vector<Fault> faults = faults_of(one);
    std::set<std::string> found;
    bool blamed = one.blamed == 0;
    for (const Fault& fault : faults) {
      found.emplace(fault_word(fault.id));
      blamed = blamed || fault.at.line == one.blamed;
    }
    EXPECT_EQ(found, one.expected) << one.path << "\n" << print_faults(faults, Language::en);
    EXPECT_TRUE(blamed) << one.path << "\n" << print_faults(faults, Language::en);
  }
}

// Faults that need a file too large to keep, a folder, or a file that cannot be read: tested below.
const std::set<std::string> kMade = {"unreadable", "too-large", "too-long", "too-dense"};

TEST(Faults, EveryFaultHasACase) {
  std::set<std::string> shown = kMade;
  for (const Case& one : cases()) shown.insert(one.expected.begin(), one.expected.end());
  for (const FaultRow& row : fault_table())
    EXPECT_TRUE(shown.contains(std::string(row.word))) << "no case for " << row.word;
}

std::set<std::string> words_of(const fs::path& folder) {
  std::set<std::string> out;
  for (const Fault& fault : load_source({folder}, {}).faults) out.emplace(fault_word(fault.id));
  return out;
}

TEST(Faults, MadeFilesAreRefused) {
  const TestTree tree;
  tree.copy(kCases / "base");
  std::string lines = read(kCases / "base" / "sources.yaml");
  for (int i = 0; i < 2000; ++i) lines += "\n";
  tree.write("sources.yaml", lines);
  EXPECT_EQ(words_of(tree.path()), std::set<std::string>{"too-long"});
  tree.write("sources.yaml", "sources:\n  - id: " + std::string(9 << 20, 'x') + "\n");
  EXPECT_EQ(words_of(tree.path()), std::set<std::string>{"too-large"});
  tree.write("sources.yaml", "sources: " + std::string(600'000, '[') + "\n");
  EXPECT_EQ(words_of(tree.path()), std::set<std::string>{"too-dense"});
  fs::remove(tree.path() / "sources.yaml");
  fs::create_symlink("/dev/zero", tree.path() / "sources.yaml");
  EXPECT_EQ(words_of(tree.path()), std::set<std::string>{"unreadable"});
}

TEST(Faults, AllOfAllFilesComeAtOnce) {
  const std::set<std::string> chosen = {
      "one_letter.misspelt-key.yaml",   "slashes.bad-date.yaml",
      "later_first.history-order.yaml", "not_a_predicate.bad-predicate.tsv",
      "a_level.bad-word.yaml",          "no_such_field.condition-field.yaml",
      "no_such_part.unknown-part.yaml", "on_a_value.anchor.yaml"};
  const TestTree tree;
  tree.copy(kCases / "base");
  std::map<std::string, std::string> expected;  // the last case of a file stands
  for (const Case& one : cases()) {
    if (!chosen.contains(one.path.filename().string())) continue;
    tree.write(one.at, one.bytes);
    expected[one.at] = *one.expected.begin();
  }
  std::map<std::string, std::string> found;
  for (const Fault& fault : load_source({tree.path()}, {.measurements = kMeasurements}).faults)
    found[fs::path(fault.file).lexically_relative(tree.path()).string()] = fault_word(fault.id);
  EXPECT_EQ(found, expected);
  EXPECT_EQ(found.size(), 6);
}

// A file that is no YAML may hold what other files name: their references are not to blame.
TEST(Faults, ABrokenFileDoesNotMakeFaultsElsewhere) {
  const TestTree tree;
  tree.copy(kCases / "base");
  tree.write("structure.yaml", "parts: [\n");
  tree.write("controls/keywords.yaml", "controls:\n\t- id: x\n");
  tree.write("timeline.yaml",
             "events:\n  - date: 2019-13\n    event: {zh: 某事, en: x}\n    confidence: sourced\n");
  EXPECT_EQ(words_of(tree.path()), (std::set<std::string>{"syntax", "bad-date"}));
}

}  // namespace
}  // namespace assay::content
