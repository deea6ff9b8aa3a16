// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

namespace assay::cli {
namespace {

constexpr auto kRedraw = std::chrono::milliseconds(100);

constexpr StaticText kStepNames[] = {{"开始", "started"},
                                     {"沿用已完成的结果", "already done, kept"},
                                     {"完成", "finished"},
                                     {"未能执行", "could not run"}};

std::string share(std::uint64_t done, std::uint64_t total, double seconds) {
  if (total == 0) return fmt::format("{}", done);
  std::string out = fmt::format("{} %", done * 100 / total);
  if (done > 0 && seconds > 2)
    out += fmt::format(", {:.0f} s",
                       seconds * static_cast<double>(total - done) / static_cast<double>(done));
  return out;
}

}  // namespace

TerminalWatcher::TerminalWatcher(Session& session, std::size_t checks)
    : session_(session), checks_(checks), terminal_(::isatty(2) == 1) {}

TerminalWatcher::~TerminalWatcher() { clear(); }

void TerminalWatcher::clear() {
  if (drawn_) session_.note("\r\x1b[K");
  drawn_ = false;
}

void TerminalWatcher::draw() {
  if (!terminal_) return;
  clear();
  std::string line = fmt::format("[{}/{}]", ended_, checks_);
  const auto now = std::chrono::steady_clock::now();
  for (const auto& [check, state] : running_) {
    const double seconds = std::chrono::duration<double>(now - state.started).count();
    line += fmt::format("  {} {}", check, share(state.done, state.total, seconds));
  }
  session_.note(line);
  drawn_ = true;
  last_draw_ = now;
}

void TerminalWatcher::step(const Check& check, Step step) {
  const std::scoped_lock guard(mutex_);
  const std::string id(check.id);
  if (step == Step::started) {
    running_[id].started = std::chrono::steady_clock::now();
  } else {
    running_.erase(id);
    ++ended_;
    clear();
    session_.note(fmt::format("[{}/{}] {}: {}\n", ended_, checks_, session_.say(check.title),
                              session_.say(kStepNames[static_cast<std::size_t>(step)])));
  }
  draw();
}

void TerminalWatcher::progress(const Check& check, std::uint64_t done, std::uint64_t total) {
  const std::scoped_lock guard(mutex_);
  Line& line = running_[std::string(check.id)];
  line.done = done;
  line.total = total;
  if (std::chrono::steady_clock::now() - last_draw_ > kRedraw) draw();
}

}  // namespace assay::cli
