// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "engine/check.h"
#include "engine/plan.h"

namespace assay {

// Where results go as soon as they exist. Implementations are called from several threads.
class Journal {
 public:
  virtual ~Journal() = default;
  // A check that an earlier, interrupted run finished is not run again.
  virtual bool finished(std::string_view check) const = 0;
  // A new attempt; what an unfinished attempt has reported does not count.
  virtual Result<std::unique_ptr<Sink>> begin(std::string_view check) = 0;
  // Seals the attempt. An Error (disk full) stops the run; nothing recorded is lost.
  virtual Status end(const CheckEnd& end) = 0;
};

enum class Step : std::uint8_t { started, reused, finished, failed };

// Told what happens, from several threads.
class Watcher {
 public:
  virtual ~Watcher() = default;
  virtual void step(const Check& check, Step step) = 0;
  virtual void progress(const Check& check, std::uint64_t done, std::uint64_t total) = 0;
};

// Runs the plan's checks on up to `threads` threads. A check's own Error becomes its CheckEnd, as
// does being over its budget (`budget` where it is given, else that of its row); an Error of the
// journal, or the stop token (Code::interrupted), ends the run.
Status run_checks(const Plan& plan, const CheckInput& input, unsigned threads, Journal& journal,
                  Watcher& watcher, std::optional<std::chrono::milliseconds> budget = std::nullopt);

}  // namespace assay
