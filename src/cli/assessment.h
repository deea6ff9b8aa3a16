// SPDX-License-Identifier: Apache-2.0
//
// What assess, plan and report share: the described system, the record as a journal, the facts it
// holds, and the writing of reports.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/files.h"
#include "cli/command.h"
#include "engine/run.h"
#include "engine/verdict.h"
#include "evidence/record.h"
#include "model/system.h"
#include "report/report.h"

namespace assay::cli {

// A description as read, and where it stands.
struct Described {
  System system;
  fs::path root;       // its folder
  std::string digest;  // of its bytes
};

// Reads system.yaml; every fault goes to standard error with its line before the Error returns.
Result<Described> read_description(Session& session, const std::string& path);

// Identifies what is assessed: description, content, engine, date, seed, and the names, sizes and
// times of the input files.
std::string run_key(const Described& described, const RunHeader& header);

// The run that an interrupted assessment of the same key left open, or a new one.
Result<std::string> choose_run(const evidence::Record& record, const std::string& key);

// Passes what checks report to the record.
class RecordJournal : public Journal {
 public:
  // A check that finished in an earlier attempt is not run again, unless a file it kept as evidence
  // is no longer the same below `root`.
  static Result<std::unique_ptr<RecordJournal>> make(evidence::Record& record, std::string run,
                                                     const fs::path& root);
  bool finished(std::string_view check) const override;
  Result<std::unique_ptr<Sink>> begin(std::string_view check) override;
  Status end(const CheckEnd& end) override;

 private:
  class RecordSink;
  RecordJournal(evidence::Record& record, std::string run)
      : record_(record), run_(std::move(run)) {}
  evidence::Record& record_;
  std::string run_;
  std::map<std::string, CheckEnd> ends_;  // of earlier, interrupted attempts
  mutable std::mutex mutex_;
  std::map<std::string, std::pair<std::uint64_t, RecordSink*>, std::less<>> open_;
};

Result<Facts> gather_facts(const evidence::Record& record, const std::string& run);

// SHA-256 over the run's results in canonical order: no times, no run id, no order of threads.
Result<std::string> results_digest(const evidence::Record& record, const std::string& run,
                                   const RunHeader& header,
                                   const std::vector<ClauseResult>& results);

// A concluded run, read back for a report.
struct ReadRun {
  RunHeader header;
  System system;
  std::vector<ClauseResult> results;
  std::map<std::string, CheckEnd> ends;
  std::vector<Evidence> evidence;
  std::vector<FindingGroup> groups;
  std::string digest;
};
Result<ReadRun> read_run(const evidence::Record& record, const RunHeader& header);

// The writer of that name, or an Error that lists those there are.
Result<const report::Writer*> find_writer(std::string_view name);

// Writes one report of the run with the writer of that name into `out`.
Status write_report(const evidence::Record& record, const ReadRun& run, const Content& content,
                    std::string_view writer, Language language,
                    const std::function<Status(std::string_view)>& out);

// The same into a file, through a temporary one.
Status write_report_file(const evidence::Record& record, const ReadRun& run, const Content& content,
                         std::string_view writer, Language language, const fs::path& path);

}  // namespace assay::cli
