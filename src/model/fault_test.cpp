// SPDX-License-Identifier: Apache-2.0
#include "model/fault.h"

#include <gmock/gmock.h>

#include <set>

#include "base/files.h"
#include "model/fault_table.h"
#include "model/from_node.h"

namespace assay {
namespace {

using testing::HasSubstr;

TEST(FaultTable, HasAWordAndBothLanguagesForEach) {
  std::set<std::string_view> words;
  for (const FaultRow& row : fault_table()) {
    EXPECT_TRUE(words.insert(row.word).second) << row.word;
    const Fault fault{"f", {1, 1}, row.id, {"a", "b", "c", "d"}};
    EXPECT_TRUE(has_chinese(fault_message(fault).zh)) << row.word;
    EXPECT_TRUE(has_chinese(fault_mend(fault).zh)) << row.word;
    EXPECT_FALSE(fault_message(fault).en.empty() || fault_mend(fault).en.empty()) << row.word;
    EXPECT_FALSE(has_chinese(fault_message(fault).en + fault_mend(fault).en)) << row.word;
  }
}

TEST(FaultPrint, ShowsTheLineAndACaretUnderIt) {
  const fs::path path = fs::path(testing::TempDir()) / "fault_print.yaml";
  ASSERT_TRUE(write_file_atomic(path, "a: 1\n标题: 2\n").ok());
  const Fault fault{path.string(), {2, 5}, FaultId::misspelt_key, {"kee", "key"}};
  EXPECT_EQ(print_faults(std::vector{fault}, Language::en),
            path.string() +
                ":2:5: unknown key `kee` — did you mean `key`?\n"
                "  标题: 2\n"
                "        ^\n");
  EXPECT_THAT(print_faults(std::vector{fault}, Language::zh), HasSubstr("是否想写 `key`？"));
}

TEST(FaultPrint, KeepsALongLineShortAndControlBytesOut) {
  const fs::path path = fs::path(testing::TempDir()) / "fault_long.yaml";
  ASSERT_TRUE(
      write_file_atomic(path, std::string(5000, 'x') + "\x1b[31m" + std::string(5000, 'y')).ok());
  const Fault fault{path.string(), {1, 5001}, FaultId::control_byte, {"\x1b"}};
  const std::string out = print_faults(std::vector{fault}, Language::en);
  EXPECT_LT(out.size(), 600);
  EXPECT_EQ(out.find('\x1b'), std::string::npos);
  EXPECT_THAT(out, HasSubstr("x\\x1b[31m"));
}

TEST(FaultSort, OrdersByPlaceAndDropsRepetitions) {
  std::vector<Fault> faults = {{"b", {1, 1}, FaultId::bom, {}},
                               {"a", {10, 1}, FaultId::bom, {}},
                               {"a", {9, 1}, FaultId::bom, {}},
                               {"a", {10, 1}, FaultId::bom, {}}};
  sort_faults(faults);
  ASSERT_EQ(faults.size(), 3);
  EXPECT_EQ(faults[0].at.line, 9);
  EXPECT_EQ(faults[2].file, "b");
}

TEST(FaultJson, IsOneObjectWithBothLanguages) {
  const Fault fault{"a\"b", {3, 5}, FaultId::bad_date, {"issued", "x\n"}};
  EXPECT_THAT(fault_json(fault),
              testing::AllOf(HasSubstr(R"("file":"a\"b","line":3,"column":5,"id":"bad-date")"),
                             HasSubstr("message_zh"), HasSubstr("mend_en")));
}

}  // namespace
}  // namespace assay
