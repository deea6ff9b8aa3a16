// SPDX-License-Identifier: Apache-2.0
//
// Runs every src/checks/<check>/cases/<what>.<outcome>/ : see cases.md beside this file.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <ostream>

#include "base/files.h"
#include "base/strings.h"
#include "checks/checks.h"
#include "checks/fixture_content.h"

namespace assay::checks {
namespace {

struct Case {
  const Check* check;
  fs::path folder;
  std::string outcome() const { return folder.extension().string().substr(1); }
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.folder.string(); }

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const Check* check : all_checks()) {
    const fs::path root = fs::path(ASSAY_SOURCE_DIR) / "src/checks" / check->id / "cases";
    if (!fs::is_directory(root)) continue;
    for (const auto& entry : fs::directory_iterator(root))
      if (entry.is_directory()) cases.push_back({check, entry.path()});
  }
  std::ranges::sort(cases, {}, &Case::folder);
  return cases;
}

// The lines of a text file that are neither empty nor comments; none where there is no file.
std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  const auto text = read_file(path, 1 << 20);
  if (!text.ok()) return lines;
  for (const std::string_view line : split(*text, '\n'))
    if (!trim(line).empty() && !line.starts_with('#')) lines.emplace_back(trim(line));
  return lines;
}

// "key: value" and "key = value" lines, in order of key.
std::multimap<std::string, std::string> entries(const fs::path& path, std::string_view mark) {
  std::multimap<std::string, std::string> out;
  for (const std::string& line : lines_of(path)) {
    const std::size_t at = line.find(mark);
    EXPECT_NE(at, std::string::npos) << path << ": " << line;
    if (at == std::string::npos) continue;
    out.emplace(trim(std::string_view(line).substr(0, at)),
                trim(std::string_view(line).substr(at + mark.size())));
  }
  return out;
}

class Collected final : public Sink {
 public:
  void measurement(Measurement m) override {
    lines.emplace("measure " + m.name, json_number_text(m.value));
  }
  void finding(Finding f) override {
    EXPECT_FALSE(f.message.zh.empty()) << f.id;
    EXPECT_FALSE(f.message.en.empty()) << f.id;
    EXPECT_FALSE(f.where.empty()) << f.id;
    EXPECT_EQ(f.message.zh.find('{'), std::string::npos) << f.message.zh;
    EXPECT_EQ(f.message.en.find('{'), std::string::npos) << f.message.en;
    faulty = faulty || f.severity > Severity::info;
    ++findings[f.id];
  }
  void evidence(Evidence e, std::string_view) override {
    EXPECT_EQ(e.digest.size(), 64U) << e.name;
    lines.emplace("evidence", e.name);
  }
  void attested(Attested a) override {
    lines.emplace(a.refused.empty() ? "attested" : "attestation refused", a.target);
  }
  void progress(std::uint64_t, std::uint64_t) override {}

  std::vector<std::string> text() const {
    std::vector<std::string> out;
    for (const auto& [key, value] : lines) out.push_back(key + " = " + value);
    for (const auto& [id, count] : findings)
      out.push_back("finding " + id + " = " + std::to_string(count));
    std::ranges::sort(out);
    return out;
  }

  std::multimap<std::string, std::string> lines;
  std::map<std::string, std::uint64_t> findings;
  bool faulty = false;  // a finding that is no mere information

 private:
  static std::string json_number_text(double value) {
    const std::string text = std::to_string(value);
    const std::size_t end = text.find_last_not_of('0');
    return text.substr(0, text[end] == '.' ? end : end + 1);
  }
};

void set_input(System& system, const std::string& key, const std::string& value) {
  Subjects& s = system.subjects;
  if (key == "subjects.model_files") s.model_files.push_back(value);
  if (key == "subjects.training_data.paths") s.training_data.paths.push_back(value);
  if (key == "subjects.training_data.ledger") s.training_data.ledger = value;
  if (key == "subjects.media_outputs") s.media_outputs.push_back(value);
  if (key == "subjects.keyword_library") s.keyword_library = value;
  if (key == "subjects.question_banks.generation") s.question_banks.generation = value;
  if (key == "subjects.question_banks.must_refuse") s.question_banks.must_refuse = value;
  if (key == "subjects.question_banks.must_not_refuse") s.question_banks.must_not_refuse = value;
  if (key == "subjects.annotation.annotators") s.annotation.annotators = value;
  if (key == "subjects.annotation.items") s.annotation.items = value;
  if (key == "subjects.annotation.batches") s.annotation.batches = value;
  if (key == "subjects.annotation.rules") s.annotation.rules = value;
  if (key == "subjects.documents") s.documents.push_back(value);
  if (key == "subjects.records") s.records.push_back(value);
  if (key == "subjects.attestations") s.attestations.push_back(value);
  if (key == "subjects.media_sample.files") s.media_sample.files = to_number<double>(value).value();
  if (key == "subjects.media_sample.seed") s.media_sample.seed = value;
  if (key == "subjects.label_keys") s.label_keys.push_back(value);
  if (key == "subjects.posts") s.posts = value;
  if (key == "provider.credit_code") system.provider.credit_code = value;
  if (key == "languages") system.languages.push_back(value);
  if (key == "modalities") system.modalities.push_back(from_word<Modality>(value).value());
  if (key == "features") system.features.push_back(from_word<Feature>(value).value());
}

class CheckCase : public testing::TestWithParam<Case> {};

TEST_P(CheckCase, MeasuresAndFindsWhatItSays) {
  const auto& [check, folder] = GetParam();
  System system;
  Date as_of{2026, 6, 30};
  for (const auto& [key, value] : entries(folder / "inputs.txt", ":")) {
    if (key == "as_of") as_of = parse_date(value).value();
    set_input(system, key, value);
  }
  Content content = fixture_content();
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".lexicon") continue;
    Lexicon lexicon;
    lexicon.id = entry.path().stem();
    for (const std::string& line : lines_of(entry.path())) {
      const std::size_t tab = std::min(line.find('\t'), line.size());
      LexiconEntry& entry_of_line = lexicon.entries.emplace_back();
      entry_of_line.value = line.substr(0, tab);
      entry_of_line.argument = trim(std::string_view(line).substr(tab));
    }
    content.lexicons.push_back(std::move(lexicon));
  }
  std::ranges::sort(content.lexicons, {}, &Lexicon::id);

  Collected collected;
  const CheckInput input{system, folder, content, as_of, 0, {}};
  const Status status = check->run(input, collected);
  const std::string outcome = GetParam().outcome();
  if (outcome != "ok" && outcome != "findings") {
    ASSERT_FALSE(status.ok()) << folder;
    EXPECT_EQ(name(status.error().code), outcome) << status.error().text();
  } else {
    ASSERT_TRUE(status.ok()) << status.error().text();
    EXPECT_FALSE(outcome == "ok" ? collected.faulty : collected.findings.empty()) << folder;
  }
  std::vector<std::string> actual = collected.text();
  if (!status.ok()) actual.push_back("error = " + status.error().text());
  std::ranges::sort(actual);
  std::vector<std::string> expected;
  for (std::string line : lines_of(folder / "expected.txt")) {
    const std::size_t here = line.find("$CASE");
    if (here != std::string::npos) line.replace(here, 5, folder.string());
    expected.push_back(std::move(line));
  }
  std::ranges::sort(expected);
  EXPECT_EQ(join(actual, "\n"), join(expected, "\n")) << folder;

  for (const auto& entry : collected.lines) {
    const std::string& line = entry.first;
    if (!line.starts_with("measure ")) continue;
    EXPECT_TRUE(std::ranges::any_of(
        check->measurements,
        [&](const CheckMeasurement& m) { return line == "measure " + std::string(m.name); }))
        << line << " is not among the measurements of " << check->id << " (" << entry.second << ")";
  }
}

std::string case_name(const testing::TestParamInfo<Case>& info) {
  std::string name =
      std::string(info.param.check->id) + "_" + info.param.folder.filename().string();
  std::ranges::replace_if(
      name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, CheckCase, testing::ValuesIn(all_cases()), case_name);

TEST(Checks, EveryMeasurementHasATitleForPeople) {
  for (const Check* check : all_checks())
    for (const CheckMeasurement& m : check->measurements) {
      EXPECT_FALSE(m.title.zh.empty()) << check->id << "." << m.name;
      EXPECT_FALSE(m.title.en.empty()) << check->id << "." << m.name;
    }
}

TEST(Checks, EachHasACleanCaseAndOneWithFindings) {
  for (const Check* check : all_checks()) {
    std::map<std::string, int> outcomes;
    for (const Case& c : all_cases())
      if (c.check == check) ++outcomes[c.outcome()];
    EXPECT_GT(outcomes["ok"], 0) << check->id;
    EXPECT_GT(outcomes["findings"], 0) << check->id;
  }
}

}  // namespace
}  // namespace assay::checks
