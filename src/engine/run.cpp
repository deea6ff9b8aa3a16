// SPDX-License-Identifier: Apache-2.0
#include "engine/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
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

using Milliseconds = std::chrono::milliseconds;

// A stop token that follows the run's own and asks for a stop by itself when the time is over.
class Watchdog {
 public:
  Watchdog(const std::stop_token& run, Milliseconds budget)
      : follow_(run, Stop{source_}), timer_([this, budget](const std::stop_token& done) {
          std::mutex mutex;
          std::unique_lock lock(mutex);
          std::condition_variable_any{}.wait_for(lock, done, budget, [] { return false; });
          if (done.stop_requested()) return;
          over_ = true;
          source_.request_stop();
        }) {}
  std::stop_token token() const { return source_.get_token(); }
  bool over() const { return over_; }

 private:
  struct Stop {
    std::stop_source& source;
    void operator()() const { source.request_stop(); }
  };
  std::stop_source source_;
  std::atomic<bool> over_ = false;
  std::stop_callback<Stop> follow_;
  std::jthread timer_;
};

Error over_budget(Milliseconds budget) {
  const double seconds = std::chrono::duration<double>(budget).count();
  return Error{Code::limit,
               fmt::format("over its time budget of {} s", seconds),
               0,
               {},
               "allow more with --check-timeout SECONDS"};
}

Status guarded(const Check& check, const CheckInput& input, Sink& sink) {
  try {
    return check.run(input, sink);
  } catch (const std::exception& error) {
    return Error{Code::internal, error.what()};
  }
}

Status run_in_time(const Check& check, const CheckInput& input, Sink& sink, Milliseconds budget) {
  const Watchdog watchdog(input.stop, budget);
  CheckInput own = input;
  own.stop = watchdog.token();
  Status status = guarded(check, own, sink);
  const bool stopped = !status.ok() && status.error().code == Code::interrupted;
  if (stopped && watchdog.over() && !input.stop.stop_requested()) return over_budget(budget);
  return status;
}

Status run_one(const Check& check, const CheckInput& input, Journal& journal, Watcher& watcher,
               Milliseconds budget) {
  if (journal.finished(check.id)) {
    watcher.step(check, Step::reused);
    return Done{};
  }
  watcher.step(check, Step::started);
  const std::unique_ptr<Sink> inner = TRY(journal.begin(check.id));
  WatchedSink sink(*inner, check, watcher);
  const Status status = run_in_time(check, input, sink, budget);
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
                  Watcher& watcher, std::optional<Milliseconds> budget) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::optional<Error> first_error;
  const auto work = [&] {
    while (!input.stop.stop_requested()) {
      const std::size_t at = next++;
      if (at >= plan.checks.size()) return;
      const Check& check = *plan.checks[at];
      const Status status = run_one(check, input, journal, watcher, budget.value_or(check.budget));
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
