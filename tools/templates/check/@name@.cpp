// SPDX-License-Identifier: Apache-2.0
//
// Says how many of the records that the description names are there. Replace what it measures.
#include <array>

#include "checks/common.h"

namespace assay::checks::@name@ {
namespace {

constexpr std::string_view kId = "@name@";
constexpr std::string_view kPresent = "present";

Status run(const CheckInput& input, Sink& sink) {
  const auto& records = input.system.subjects.records;
  std::uint64_t present = 0;
  for (const std::string& record : records) {
    const Status evidence = add_evidence(input, sink, kId, record, "");
    if (evidence.ok()) {
      ++present;
    } else if (evidence.error().code == Code::not_found) {
      sink.finding({std::string(kId),
                    "record-missing",
                    Severity::medium,
                    record,
                    {"描述所列的记录不存在", "a record that the description names is not there"},
                    {"补充该文件，或从描述中删去", "add the file, or take it out of the description"},
                    std::string(kPresent)});
    } else {
      return evidence;
    }
  }
  measure_share(sink, kId, kPresent, present, records.size());
  return Done{};
}

constexpr std::array<CheckMeasurement, 1> kMeasurements = {
    {{kPresent, Input::records, {"记录数", "records"}}}};

}  // namespace

extern const Check kCheck;
const Check kCheck = {
    kId, {"记录齐全", "records that are there"}, 1, kMeasurements, run};

}  // namespace assay::checks::@name@
