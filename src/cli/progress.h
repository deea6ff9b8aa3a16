// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "cli/command.h"
#include "engine/run.h"

namespace assay::cli {

// Progress on standard error: one line redrawn in place on a terminal, plain lines elsewhere.
class TerminalWatcher : public Watcher {
 public:
  TerminalWatcher(Session& session, std::size_t checks);
  ~TerminalWatcher() override;
  void step(const Check& check, Step step) override;
  void progress(const Check& check, std::uint64_t done, std::uint64_t total) override;

 private:
  struct Line {
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::chrono::steady_clock::time_point started;
  };
  void draw();
  void clear();

  Session& session_;
  std::mutex mutex_;
  std::map<std::string, Line> running_;
  std::size_t checks_;
  std::size_t ended_ = 0;
  bool terminal_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point last_draw_{};
};

}  // namespace assay::cli
