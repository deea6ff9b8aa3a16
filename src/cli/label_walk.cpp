// SPDX-License-Identifier: Apache-2.0
//
// From the paths of a command line to verdicts: folders are walked, files are checked in several
// threads, and told in the order of one.
#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>

#include "base/strings.h"
#include "checks/sample.h"
#include "cli/label_commands.h"
#include "label/archive.h"

namespace assay::cli {
namespace {

constexpr std::size_t kWindow = 32 * 1024;  // most files in one go

// A file to look at, or a path that cannot be read and why.
struct Task {
  fs::path path;
  Error unread = {};
  bool skip = false;
};

void add_tasks(const std::string& named, std::vector<Task>& out) {
  std::vector<std::string> unread;
  for (fs::path& file : list_files(named, unread)) out.push_back({std::move(file)});
  for (const std::string& line : unread) {  // "path: reason"
    const std::size_t mark = std::min(line.rfind(": "), line.size());
    out.push_back(
        {line.substr(0, mark), {Code::io, line.substr(std::min(mark + 2, line.size()))}, true});
  }
}

std::vector<std::string> named_paths(const Session& session, LabelWalked& walked) {
  std::vector<std::string> out;
  for (const std::string& named : session.positional("PATH")) {
    if (named == "-") {
      for (std::string line; std::getline(std::cin, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (!line.empty()) out.push_back(line);
      }
      continue;
    }
    std::error_code unknown;
    if (fs::status(named, unknown).type() == fs::file_type::not_found)
      walked.code = exit_code(Code::not_found);
    out.push_back(named);
  }
  return out;
}

// What cannot be listed is told; only files that can be are drawn from.
std::vector<Task> drawn(std::vector<Task> tasks, const LabelSample& sample, LabelWalked& walked) {
  std::vector<Task> out;
  std::vector<std::string> names;
  for (Task& task : tasks) {
    if (task.skip)
      out.push_back(std::move(task));
    else
      names.push_back(task.path.string());
  }
  std::sort(names.begin(), names.end());
  for (const std::size_t index : checks::draw_sample(names, sample.files, sample.seed))
    out.push_back({names[index]});
  walked.files = names.size();
  walked.drawn = std::min(names.size(), sample.files);
  return out;
}

// Leaves of each path the first: however it is written, by folder and file.
void drop_repeated(std::vector<Task>& tasks) {
  std::map<fs::path, fs::path> folders;  // as written, as it is
  std::unordered_set<std::string> known;
  const auto again = [&](const Task& task) {
    const fs::path folder = task.path.parent_path();
    const auto [at, fresh] = folders.try_emplace(folder);
    std::error_code unknown;
    if (fresh) at->second = fs::weakly_canonical(folder.empty() ? "." : folder, unknown);
    if (unknown) at->second = folder;
    return !known.insert((at->second / task.path.filename()).string()).second;
  };
  std::erase_if(tasks, again);
}

std::vector<Task> tasks_of(const Session& session, const LabelWalk& how, LabelWalked& walked) {
  std::vector<Task> out;
  for (const std::string& named : named_paths(session, walked)) add_tasks(named, out);
  drop_repeated(out);
  if (how.sample) return drawn(std::move(out), *how.sample, walked);
  walked.files = out.size();
  return out;
}

// A file that is opened when it is asked for: of those that wait to be told, none is open.
class ClosedSource : public ByteSource {
 public:
  ClosedSource(fs::path path, std::uint64_t size) : path_(std::move(path)), size_(size) {}

  std::uint64_t size() const override { return size_; }
  Result<Bytes> view(std::uint64_t offset, std::uint64_t n) override {
    TRY(open());
    return in_->view(offset, n);
  }
  Result<std::string> copy(std::uint64_t offset, std::uint64_t n) override {
    TRY(open());
    return in_->copy(offset, n);
  }

 private:
  Status open() {
    if (!in_) in_.emplace(TRY(FileReader::open(path_)), kWindow);
    return Done{};
  }

  fs::path path_;
  std::uint64_t size_;
  std::optional<FileSource> in_;
};

// What was found in a file, with the source that the subject names.
struct Outcome {
  std::unique_ptr<ByteSource> in;
  LabelSubject subject;
  label::Checked checked;
  bool archive = false;  // so nothing of it was looked at
};

class Walk {
 public:
  explicit Walk(const LabelWalk& how) : how_(how) {}

  Result<Outcome> look_at(const Task& task) const {
    Outcome out;
    out.subject = {task.path.string(), task.path, false,      !task.skip,
                   task.path,          nullptr,   task.unread};
    if (!task.skip) {
      auto opened = FileReader::open(task.path);
      if (opened.ok())
        out.in = std::make_unique<FileSource>(std::move(*opened), kWindow);
      else
        out.subject.unread = opened.error();
    }
    out.subject.in = out.in.get();
    out.subject.unread.where.clear();  // the path says it
    if (out.in) {
      const auto archive = label::is_archive(*out.in, task.path);
      out.archive = archive.ok() && *archive;
    }
    if (!out.archive) out.checked = TRY(checked(out.subject));
    return out;
  }

  // An archive may hold any number of files, so they are told as they are found.
  Status look_and_tell(const Task& task) const {
    Outcome found = TRY(look_at(task));
    if (!found.archive) return tell(found);
    return label::each_member(*found.in, task.path, {}, [&](const label::ArchiveMember& member) {
      return tell_member(task.path, member);
    });
  }

  Status tell(Outcome& outcome) const { return how_.tell(outcome.subject, outcome.checked); }

 private:
  Result<label::Checked> checked(const LabelSubject& subject) const {
    if (subject.in == nullptr) return label::unread(subject.unread, how_.traces);
    auto out = label::check(*subject.in, subject.name, how_.writer, how_.traces);
    if (out.ok() || out.error().code == Code::internal) return out;
    return label::unread(out.error(), how_.traces);
  }

  Status tell_member(const fs::path& archive, const label::ArchiveMember& member) const {
    const std::string between = member.path.empty() ? "" : "!";
    LabelSubject subject{archive.string() + between + member.path,
                         archive,
                         true,
                         true,
                         member.name,
                         member.in,
                         member.unread};
    subject.unread.where.clear();  // the path says it
    label::Checked found = TRY(checked(subject));
    return how_.tell(subject, found);
  }

  const LabelWalk& how_;
};

// What became of a portion of the tasks.
struct Found {
  std::vector<std::optional<Outcome>> outcomes;  // an empty one is left to the caller
  std::size_t thread = 0;                        // that looked
};

// Tasks in portions, which threads take as they come and the caller gets in order. A portion is not
// begun before there is room for it, so that what is found waits in bounded memory.
class Portions {
 public:
  // The caller is one of the threads, the first.
  Portions(const Walk& walk, const std::vector<Task>& tasks, std::size_t threads)
      : walk_(walk), tasks_(tasks), ready_(4 * threads), told_(threads) {
    for (std::size_t i = 1; i < threads; ++i)
      threads_.emplace_back([this, i](const std::stop_token& stop) { work(i, stop); });
  }

  static std::size_t count(const std::vector<Task>& tasks) {
    return (tasks.size() + kPortion - 1) / kPortion;
  }

  // The next portion.
  Found take() {
    std::unique_lock lock(mutex_);
    std::optional<Found>& mine = slot(taken_);
    while (!mine) {
      if (may_begin())
        begin(0, lock);
      else
        changed_.wait(lock);
    }
    Found out = std::move(*mine);
    mine.reset();
    ++taken_;
    changed_.notify_all();
    return out;
  }

  // A thread frees what it allocated: to free what others did, all would wait for each other.
  void give_back(Found found) {
    const std::scoped_lock lock(mutex_);
    told_[found.thread].push_back(std::move(found));
  }

 private:
  static constexpr std::size_t kPortion = 16;
  static constexpr std::uint64_t kMaxKept = 1 << 20;  // metadata of a file that waits

  std::optional<Found>& slot(std::size_t portion) { return ready_[portion % ready_.size()]; }
  bool may_begin() const { return next_ < std::min(count(tasks_), taken_ + ready_.size()); }

  void begin(std::size_t thread, std::unique_lock<std::mutex>& lock) {
    const std::size_t portion = next_++;
    std::vector<Found> told;
    told.swap(told_[thread]);
    lock.unlock();
    told.clear();
    Found found = look_at(portion);
    found.thread = thread;
    lock.lock();
    slot(portion) = std::move(found);
    changed_.notify_all();
  }

  void work(std::size_t thread, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return may_begin(); })) begin(thread, lock);
  }

  Found look_at(std::size_t portion) const {
    Found out;
    const std::size_t end = std::min(tasks_.size(), (portion + 1) * kPortion);
    for (std::size_t i = portion * kPortion; i < end; ++i)
      out.outcomes.push_back(look_at(tasks_[i]));
    return out;
  }

  // Nothing where there is more than can wait, or no outcome: the caller meets the same again.
  std::optional<Outcome> look_at(const Task& task) const {
    try {
      Result<Outcome> found = walk_.look_at(task);
      if (!found.ok() || found->archive) return std::nullopt;
      if (found->in) {
        found->in = std::make_unique<ClosedSource>(task.path, found->in->size());
        found->subject.in = found->in.get();
      }
      std::uint64_t kept = 0;
      for (const formats::Item& item : found->checked.reading.metadata.items)
        kept += item.value.size();
      if (kept <= kMaxKept) return std::move(*found);
    } catch (const std::exception&) {
    }
    return std::nullopt;
  }

  const Walk& walk_;
  const std::vector<Task>& tasks_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<std::optional<Found>> ready_;  // by portion, in a ring
  std::size_t next_ = 0;                     // portion to begin
  std::size_t taken_ = 0;                    // portions the caller got
  std::vector<std::vector<Found>> told_;     // by thread, to be freed by it
  std::vector<std::jthread> threads_;
};

}  // namespace

Result<LabelWalked> each_label_subject(Session& session, const LabelWalk& how) {
  LabelWalked walked;
  const std::vector<Task> tasks = tasks_of(session, how, walked);
  const unsigned jobs = TRY(session.jobs());
  const std::size_t threads = std::min<std::size_t>(jobs, Portions::count(tasks));
  const Walk walk(how);
  if (threads < 2) {
    for (const Task& task : tasks) TRY(walk.look_and_tell(task));
    return walked;
  }
  Portions portions(walk, tasks, threads);
  for (std::size_t i = 0; i < tasks.size();) {
    Found found = portions.take();
    for (std::optional<Outcome>& outcome : found.outcomes) {
      TRY(outcome ? walk.tell(*outcome) : walk.look_and_tell(tasks[i]));
      ++i;
    }
    portions.give_back(std::move(found));
  }
  return walked;
}

}  // namespace assay::cli
