// SPDX-License-Identifier: Apache-2.0
//
// make_record RECORD N: adds a sealed attempt with N findings to the first check of the record's
// first run, so that a report over many findings can be measured. What the check measured stays.
#include <cstdio>
#include <string>

#include "base/strings.h"
#include "evidence/record.h"

namespace {

using namespace assay;

constexpr std::uint64_t kKinds = 20;  // ids of findings among which they are spread

Finding make_finding(const Measurement& about, std::uint64_t i) {
  const std::string id = "bench-" + std::to_string(i % kKinds);
  const std::string line = std::to_string(i + 1);
  return {about.check,
          id,
          Severity::medium,
          "bank.csv:" + line,
          {"第 " + line + " 行的问题与前面的一行相同", "the question of line " + line + " repeats"},
          {"删除或改写这一行", "remove or rewrite the line"},
          about.name};
}

Status add_findings(const std::string& path, std::uint64_t count) {
  const auto record = TRY(evidence::Record::open(path, evidence::Access::write));
  const auto runs = TRY(record->runs());
  if (runs.empty()) return Error{Code::not_found, "the record holds no run", 0, path};
  const std::string run = runs.front().run;
  const auto measurements = TRY(record->measurements(run));
  if (measurements.empty()) return Error{Code::not_found, "the run measured nothing", 0, path};
  const std::string check = measurements.front().check;
  const std::uint64_t attempt = TRY(record->begin_check(run, check));
  for (const Measurement& m : measurements)
    if (m.check == check) TRY(record->add(run, check, attempt, m));
  for (std::uint64_t i = 0; i < count; ++i)
    TRY(record->add(run, check, attempt, make_finding(measurements.front(), i)));
  CheckEnd end;
  end.check = check;
  end.finished = true;
  end.findings = static_cast<double>(count);
  return record->end_check(run, attempt, end);
}

}  // namespace

int main(int argc, char** argv) {
  const auto count = argc == 3 ? to_number<std::uint64_t>(argv[2]) : std::nullopt;
  if (!count) {
    std::fputs("usage: make_record RECORD N\n", stderr);
    return exit_code(Code::invalid);
  }
  const Status done = add_findings(argv[1], *count);
  if (done.ok()) return 0;
  std::fprintf(stderr, "make_record: %s\n", done.error().text().c_str());
  return exit_code(done.error().code);
}
