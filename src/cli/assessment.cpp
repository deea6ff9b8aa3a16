// SPDX-License-Identifier: Apache-2.0
#include "cli/assessment.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/digest.h"
#include "base/strings.h"
#include "checks/checks.h"
#include "model/fault.h"
#include "model/json.h"
#include "model/system_file.h"
#include "report/report.h"

namespace assay::cli {
namespace {

constexpr std::uint64_t kMaxDescription = 1 << 20;

// Name, size and time of modification of every file below what the description names.
void fingerprint(Sha256& hash, const fs::path& path) {
  std::vector<std::string> unread;
  for (const fs::path& file : list_files(path, unread)) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) continue;
    hash.update(as_raw(fmt::format("{}\n{} {} {}\n", file.string(), status.st_size,
                                   status.st_mtim.tv_sec, status.st_mtim.tv_nsec)));
  }
}

}  // namespace

Result<Described> read_description(Session& session, const std::string& path) {
  Described out;
  const std::string bytes = TRY(read_file(path, kMaxDescription));
  out.digest = hex(sha256(as_raw(bytes)));
  out.root = fs::path(path).parent_path();
  std::vector<Fault> faults;
  Result<System> system = read_system(path, faults);
  if (!faults.empty()) session.note(print_faults(faults, session.language()));
  if (!system.ok() && !faults.empty()) return fault_error(faults, session.language());
  if (!system.ok()) return std::move(system).error();
  out.system = std::move(system).value();
  return out;
}

std::string run_key(const Described& described, const RunHeader& header) {
  Sha256 hash;
  for (const std::string& part : {header.system_digest, header.content_digest,
                                  header.engine_version, header.as_of.text(), header.seed})
    hash.update(as_raw(part + "\n"));
  for (const Word<Input>& input : Words<Input>::table) {
    if (input.value == Input::service) continue;
    for (const std::string& path : paths(described.system, input.value))
      fingerprint(hash, described.root / path);
  }
  return hex(hash.finish());
}

Result<std::string> choose_run(const evidence::Record& record, const std::string& key) {
  const auto runs = TRY(record.runs());
  for (std::size_t i = 0;; ++i) {
    const std::string id = uuid5(fmt::format("run {} {}", key, i));
    const auto at = std::ranges::find(runs, id, &evidence::RunInfo::run);
    if (at == runs.end() || !at->reported) return id;
  }
}

// Results of one attempt; the first write that fails is kept and told at the end.
class RecordJournal::RecordSink : public Sink {
 public:
  RecordSink(evidence::Record& record, std::string run, std::string check, std::uint64_t attempt)
      : record_(record), run_(std::move(run)), check_(std::move(check)), attempt_(attempt) {}

  void measurement(Measurement m) override { keep(record_.add(run_, check_, attempt_, m)); }
  void finding(Finding f) override { keep(record_.add(run_, check_, attempt_, f)); }
  void attested(Attested a) override { keep(record_.add(run_, check_, attempt_, a)); }
  void evidence(Evidence e, std::string_view bytes) override {
    keep(record_.add(run_, check_, attempt_, e, bytes));
  }
  void progress(std::uint64_t, std::uint64_t) override {}

  const std::optional<Error>& error() const { return error_; }

 private:
  void keep(const Status& status) {
    if (!status.ok() && !error_) error_ = status.error();
  }

  evidence::Record& record_;
  std::string run_;
  std::string check_;
  std::uint64_t attempt_;
  std::optional<Error> error_;
};

namespace {

std::map<std::string, Text, std::less<>> measurement_titles() {
  std::map<std::string, Text, std::less<>> out;
  for (const Check* check : all_checks())
    for (const CheckMeasurement& m : check->measurements)
      out[fmt::format("{}.{}", check->id, m.name)] = m.title.text();
  return out;
}

bool unchanged(const Evidence& evidence, const fs::path& root) {
  const Result<Digest> digest = sha256_file(root / evidence.name);
  return digest.ok() && hex(*digest) == evidence.digest;
}

}  // namespace

Result<std::unique_ptr<RecordJournal>> RecordJournal::make(evidence::Record& record,
                                                           std::string run, const fs::path& root) {
  auto out = std::unique_ptr<RecordJournal>(new RecordJournal(record, std::move(run)));
  out->ends_ = TRY(record.ends(out->run_));
  if (out->ends_.empty()) return out;
  for (const Evidence& evidence : TRY(record.evidence(out->run_)))
    if (evidence.media_type != kListingType && !evidence.drawn && !unchanged(evidence, root))
      out->ends_.erase(evidence.check);
  return out;
}

bool RecordJournal::finished(std::string_view check) const {
  const auto at = ends_.find(std::string(check));
  return at != ends_.end() && at->second.finished;
}

Result<std::unique_ptr<Sink>> RecordJournal::begin(std::string_view check) {
  const std::uint64_t attempt = TRY(record_.begin_check(run_, check));
  auto sink = std::make_unique<RecordSink>(record_, run_, std::string(check), attempt);
  const std::scoped_lock guard(mutex_);
  open_[std::string(check)] = {attempt, sink.get()};
  return std::unique_ptr<Sink>(std::move(sink));
}

Status RecordJournal::end(const CheckEnd& end) {
  std::unique_lock guard(mutex_);
  const auto [attempt, sink] = open_[end.check];
  guard.unlock();
  if (sink->error()) return *sink->error();
  return record_.end_check(run_, attempt, end);
}

Result<Facts> gather_facts(const evidence::Record& record, const std::string& run) {
  Facts facts;
  for (auto& [check, end] : TRY(record.ends(run))) facts.ends[check] = end;
  for (Measurement& m : TRY(record.measurements(run)))
    facts.measurements[m.check + "." + m.name] = m;
  for (Attested& a : TRY(record.attested(run))) facts.attested[a.target].push_back(a);
  for (Evidence& e : TRY(record.evidence(run))) facts.evidence[e.check].push_back(e);
  facts.titles = measurement_titles();
  for (const FindingGroup& g : TRY(record.finding_groups(run)))
    facts.findings[g.check + "." + g.measurement] += g.count;
  return facts;
}

Result<std::string> results_digest(const evidence::Record& record, const std::string& run,
                                   const RunHeader& header,
                                   const std::vector<ClauseResult>& results) {
  Sha256 hash;
  const auto add = [&hash](std::string_view line) {
    hash.update(as_raw(line));
    hash.update(as_raw("\n"));
  };
  RunHeader stable = header;
  stable.run.clear();
  add(to_json(stable));
  for (const auto& [check, end] : TRY(record.ends(run))) add(to_json(end));
  for (const Measurement& m : TRY(record.measurements(run))) add(to_json(m));
  for (const Attested& a : TRY(record.attested(run))) add(to_json(a));
  for (const Evidence& e : TRY(record.evidence(run))) add(to_json(e));
  TRY(record.each_finding(run, nullptr, UINT32_MAX, add));
  for (const ClauseResult& result : results) add(to_json(result));
  return hex(hash.finish());
}

Result<ReadRun> read_run(const evidence::Record& record, const RunHeader& header) {
  ReadRun out;
  out.header = header;
  out.system = TRY(from_json<System>(header.description));
  out.results = TRY(record.verdicts(header.run));
  out.ends = TRY(record.ends(header.run));
  out.evidence = TRY(record.evidence(header.run));
  out.groups = TRY(record.finding_groups(header.run));
  out.digest = TRY(record.results_digest(header.run));
  return out;
}

Result<const report::Writer*> find_writer(std::string_view name) {
  const auto writers = report::all_writers();
  const auto at = std::ranges::find(writers, name, &report::Writer::id);
  if (at != writers.end()) return *at;
  std::vector<std::string> known;
  for (const report::Writer* one : writers) known.emplace_back(one->id);
  return Error{Code::invalid, fmt::format("no report format '{}'", printable(name)), 0, "--format",
               "one of: " + join(known, ", ")};
}

Status write_report(const evidence::Record& record, const ReadRun& run, const Content& content,
                    std::string_view writer, Language language,
                    const std::function<Status(std::string_view)>& out) {
  const report::Writer* found = TRY(find_writer(writer));
  std::map<std::string, Text> titles;
  for (const Check* check : all_checks()) titles[std::string(check->id)] = check->title.text();
  const auto each = [&](const FindingGroup* group, std::uint64_t limit,
                        const std::function<void(std::string_view)>& visit) {
    return record.each_finding(run.header.run, group, limit, visit);
  };
  const report::Input input{.header = run.header,
                            .system = run.system,
                            .content = content,
                            .results = run.results,
                            .ends = run.ends,
                            .evidence = run.evidence,
                            .groups = run.groups,
                            .check_titles = std::move(titles),
                            .measurement_titles = measurement_titles(),
                            .results_digest = run.digest,
                            .language = language,
                            .each_finding = each,
                            .evidence_bytes = [&record](const std::string& digest) {
                              return record.evidence_bytes(digest);
                            }};
  return found->write(input, out);
}

Status write_report_file(const evidence::Record& record, const ReadRun& run, const Content& content,
                         std::string_view writer, Language language, const fs::path& path) {
  AtomicFile file = TRY(AtomicFile::create(path));
  TRY(write_report(record, run, content, writer, language,
                   [&file](std::string_view bytes) { return file.write(bytes); }));
  return file.commit();
}

}  // namespace assay::cli
