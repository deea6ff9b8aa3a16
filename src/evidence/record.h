// SPDX-License-Identifier: Apache-2.0
//
// The record (档案): everything about a system over time, in one SQLite file. Append-only; each
// entry is chained to the one before by digest. docs/formats/record.md says what stands where.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/files.h"
#include "model/result_types.h"

namespace assay::evidence {

inline constexpr int kRecordVersion = 2;

struct RunInfo {
  std::string run;
  std::string time;  // UTC, when it was first begun
  RunHeader header;
  bool concluded = false;  // verdicts stand in the record
  bool reported = false;   // and its reports have been written
};

// What verification found. A fault names the entry and what is wrong with it.
struct Verification {
  std::uint64_t entries = 0;
  std::string head;                       // digest of the last entry; 64 zeros for an empty record
  std::optional<std::uint64_t> noted_at;  // the entry whose digest is the noted one
  std::vector<Text> faults;
};

enum class Access : std::uint8_t { read, write };

class Record {
 public:
  // Opens, or for Access::write creates. A record of a newer version is Code::unsupported; one of
  // an older version is refused with the migrate command as the mend. Access::write takes the
  // record's lock, held until destruction: a second writer gets Code::io at once, naming the
  // holder.
  static Result<std::unique_ptr<Record>> open(const fs::path& path, Access access);
  ~Record();
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  // All writing calls may come from several threads. After one has failed all fail with its Error:
  // the record must be opened anew.
  Status begin_run(const RunHeader& header);  // no effect when the run is already there
  // A new attempt at a check; returns its number within the run.
  Result<std::uint64_t> begin_check(const std::string& run, std::string_view check);
  Status add(const std::string& run, std::string_view check, std::uint64_t attempt,
             const Measurement& m);
  Status add(const std::string& run, std::string_view check, std::uint64_t attempt,
             const Finding& f);
  Status add(const std::string& run, std::string_view check, std::uint64_t attempt,
             const Attested& a);
  Status add(const std::string& run, std::string_view check, std::uint64_t attempt,
             const Evidence& e, std::string_view bytes);
  // Seals the attempt: from now on its entries count. Durable when it returns.
  Status end_check(const std::string& run, std::uint64_t attempt, const CheckEnd& end);
  // The verdicts of a run whose checks have ended, with the digest of the results. Durable.
  Status conclude(const std::string& run, const std::vector<ClauseResult>& results,
                  const std::string& results_digest);

  // Notes that the reports of a concluded run have been written. Durable.
  Status reported(const std::string& run, const fs::path& folder);

  Result<std::vector<RunInfo>> runs() const;
  // The sealed check ends of a run; an unfinished end is kept so that it can be told and tried
  // again.
  Result<std::map<std::string, CheckEnd>> ends(const std::string& run) const;
  // Sealed results in canonical order: by check, then as the check reported them.
  Result<std::vector<Measurement>> measurements(const std::string& run) const;
  Result<std::vector<Evidence>> evidence(const std::string& run) const;
  Result<std::vector<Attested>> attested(const std::string& run) const;
  Result<std::vector<ClauseResult>> verdicts(const std::string& run) const;
  // The digest given with the last conclusion.
  Result<std::string> results_digest(const std::string& run) const;
  // Findings as the JSON they are stored as, streamed; of one group only when it is given.
  Status each_finding(const std::string& run, const FindingGroup* group, std::uint64_t limit,
                      const std::function<void(std::string_view)>& visit) const;
  Result<std::vector<FindingGroup>> finding_groups(const std::string& run) const;
  Result<std::string> evidence_bytes(const std::string& digest) const;

  // `noted` is a digest that was the head once, as written beside a report.
  Result<Verification> verify(const std::optional<Digest>& noted = {}) const;
  // Code::invalid with the first fault where verify() finds any.
  Status require_whole() const;
  Result<std::string> head() const;

  // A consistent copy, made while others may write.
  Status backup(const fs::path& to) const;

 private:
  struct Database;
  explicit Record(std::unique_ptr<Database> database);
  struct Row;
  Status insert(const Row& row);
  Status append(const Row& row);
  Status append_soon(const Row& row);
  Status append_committed(const Row& row);
  Status commit();
  Status commit_if_due();
  Error fail(const Error& error);
  Result<std::int64_t> run_number(const std::string& run) const;
  template <class T>
  Result<std::vector<T>> sealed(const std::string& run, std::string_view kind) const;

  std::unique_ptr<Database> db_;
  mutable std::mutex mutex_;
};

// Verifies `from` and puts it in the place of `to`, which must not exist.
Status restore(const fs::path& from, const fs::path& to);

// Writes a copy of the record in the present version to `to`; `from` is left as it is.
Status migrate(const fs::path& from, const fs::path& to);

}  // namespace assay::evidence
