// SPDX-License-Identifier: Apache-2.0
#include "model/system_file.h"

#include <gmock/gmock.h>

#include "model/from_node.h"

namespace assay {
namespace {

const fs::path kSystem = fs::path(ASSAY_SOURCE_DIR) / "tests" / "cases" / "content" / "system.yaml";

TEST(SystemFile, ReadsADescription) {
  std::vector<Fault> faults;
  const Result<System> system = read_system(kSystem, faults);
  ASSERT_TRUE(system.ok()) << print_faults(faults, Language::en);
  EXPECT_TRUE(faults.empty());
  EXPECT_EQ(system->kind, SystemKind::generative_service);
  EXPECT_THAT(system->modalities, testing::ElementsAre(Modality::text, Modality::image));
  EXPECT_EQ(system->subjects.question_banks.generation, "bank.jsonl");
  EXPECT_EQ(system->base_model.origin, Origin::open_source);
}

TEST(SystemFile, SaysAllFaultsAtOnce) {
  std::vector<Fault> faults;
  const Result<System> system = read_system_text(
      "id: X\nkind: chat\nmodalities: []\nprovider: {credit_code: 1}\nsubject: {}\n", "s.yaml",
      faults);
  ASSERT_FALSE(system.ok());
  EXPECT_EQ(system.error().code, Code::invalid);
  EXPECT_THAT(system.error().text(), testing::HasSubstr("s.yaml:"));
  EXPECT_GE(faults.size(), 8);
  EXPECT_TRUE(std::ranges::is_sorted(faults));
}

TEST(SystemFile, AMissingFileIsNotFound) {
  std::vector<Fault> faults;
  EXPECT_EQ(read_system("/nonexistent/system.yaml", faults).error().code, Code::not_found);
  EXPECT_TRUE(faults.empty());
}

TEST(ReadList, ReadsTheRowsUnderOneKey) {
  const fs::path path = fs::path(testing::TempDir()) / "list.yaml";
  ASSERT_TRUE(
      write_file_atomic(path, "notes:\n  - {field: a, note: b}\n  - {field: c, note: d}\n").ok());
  std::vector<Fault> faults;
  const auto rows = read_list<FieldNote>(path, "notes", faults);
  ASSERT_TRUE(rows.ok()) << print_faults(faults, Language::en);
  ASSERT_EQ(rows->size(), 2);
  EXPECT_EQ(rows.value()[1].note, "d");
  ASSERT_TRUE(write_file_atomic(path, "notes:\n  - {field: a, nte: b}\n").ok());
  EXPECT_FALSE(read_list<FieldNote>(path, "notes", faults).ok());
  EXPECT_EQ(faults.size(), 2);
}

}  // namespace
}  // namespace assay
