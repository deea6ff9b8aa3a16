// SPDX-License-Identifier: Apache-2.0
#include "engine/run.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace assay {
namespace {

// Hands everything on to the journal's sink and tells the watcher of progress; counts findings.
class WatchedSink : public Sink {
 public:
  WatchedSink(Sink& inner, const Check& check, Watcher& watcher)
      : inner_(inner), check_(check), watcher_(watcher) {}
  void measurement(Measurement m) override { inner_.measurement(std::move(m)); }
  void finding(Finding f) override {
    ++findings;
    inner_.finding(std::move(f));
  }
  void evidence(Evidence e, std::string_view bytes) override {
    inner_.evidence(std::move(e), bytes);
  }
  void attested(Attested a) override { inner_.attested(std::move(a)); }
  void progress(std::uint64_t done, std::uint64_t total) override {
    watcher_.progress(check_, done, total);
  }

  std::uint64_t findings = 0;

 private:
  Sink& inner_;
  const Check& check_;
  Watcher& watcher_;
};

Status guarded(const Check& check, const CheckInput& input, Sink& sink) {
  try {
    return check.run(input, sink);
  } catch (const std::exception& error) {
    return Error{Code::internal, error.what()};
  }
}

Status run_one(const Check& check, const CheckInput& input, Journal& journal, Watcher& watcher) {
  if (journal.finished(check.id)) {
    watcher.step(check, Step::reused);
    return Done{};
  }
  watcher.step(check, Step::started);
  const std::unique_ptr<Sink> inner = TRY(journal.begin(check.id));
  WatchedSink sink(*inner, check, watcher);
  const Status status = guarded(check, input, sink);
  if (!status.ok() && status.error().code == Code::interrupted) return status.error();
  CheckEnd end{std::string(check.id), status.ok(), {}, {}, {}, static_cast<double>(sink.findings)};
  if (!status.ok()) {
    end.error = status.error().what;
    end.where = status.error().where;
    end.mend = status.error().mend;
  }
  TRY(journal.end(end));
  watcher.step(check, status.ok() ? Step::finished : Step::failed);
  return Done{};
}

}  // namespace

Status run_checks(const Plan& plan, const CheckInput& input, unsigned threads, Journal& journal,
                  Watcher& watcher) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::optional<Error> first_error;
  const auto work = [&] {
    while (!input.stop.stop_requested()) {
      const std::size_t at = next++;
      if (at >= plan.checks.size()) return;
      const Status status = run_one(*plan.checks[at], input, journal, watcher);
      if (status.ok()) continue;
      const std::scoped_lock lock(mutex);
      if (!first_error) first_error = status.error();
      next = plan.checks.size();
    }
  };
  {
    std::vector<std::jthread> pool;
    const auto wanted = std::min<std::size_t>(std::max(1U, threads), plan.checks.size());
    for (std::size_t i = 1; i < wanted; ++i) pool.emplace_back(work);
    work();
  }
  if (first_error) return *first_error;
  if (input.stop.stop_requested()) return Error{Code::interrupted, "stopped by the user"};
  return Done{};
}

}  // namespace assay
