// SPDX-License-Identifier: Apache-2.0
#include "base/sandbox.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>

#include "base/confine.h"

namespace assay {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::array<const char*, 2> kFolders = {"/usr/bin/", "/bin/"};
constexpr rlim_t kOpenFiles = 64;
constexpr auto kPause = std::chrono::milliseconds(2);

// The Debian package of a program, for who lacks it.
struct Package {
  std::string_view program, package;
};
constexpr std::array kPackages = {
    Package{"ffmpeg", "ffmpeg"},
    Package{"ffprobe", "ffmpeg"},
    Package{"fc-list", "fontconfig fonts-noto-cjk"},
    Package{"tesseract", "tesseract-ocr tesseract-ocr-chi-sim"},
    Package{"bsdtar", "libarchive-tools"},
    Package{"bsdcat", "libarchive-tools"},
};

Result<std::string> find_program(const std::string& program) {
  if (program.find('/') != std::string::npos && ::access(program.c_str(), X_OK) == 0)
    return program;
  for (const char* folder : kFolders) {
    if (std::string path = folder + program; ::access(path.c_str(), X_OK) == 0) return path;
  }
  const auto* row = std::find_if(kPackages.begin(), kPackages.end(),
                                 [&](const Package& p) { return p.program == program; });
  const std::string package = row == kPackages.end() ? program : std::string(row->package);
  return Error{Code::not_found, "the program '" + program + "' is not installed", 0, "",
               "install " + package};
}

struct Pipe {
  Fd read, write;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return io_error("pipe", "cannot create", errno);
  return Pipe{Fd(ends[0]), Fd(ends[1])};
}

// Standard input lies in memory: to write it never blocks, and a program that does not read it
// cannot stop us.
Result<Fd> in_memory(std::string_view bytes) {
  Fd memory(::memfd_create("input", MFD_CLOEXEC));
  if (memory.get() < 0) return io_error("memory", "cannot create", errno);
  while (!bytes.empty()) {
    const ssize_t n = ::write(memory.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return io_error("memory", "cannot write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  ::lseek(memory.get(), 0, SEEK_SET);
  return memory;
}

struct Limit {
  __rlimit_resource what;
  rlim_t value;
};

// All that the child needs; between fork and exec it may not allocate.
struct Launch {
  std::string program;
  std::vector<std::string> words, environment;
  std::vector<char*> argv, envp;
  std::array<Limit, 5> limits{};
  Confinement confinement;
  Fd in;
  Pipe out, err, failure;
  int standard_output = -1;
  pid_t parent = 0;
};

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

Result<Launch> prepare(const Confined& job) {
  Launch launch;
  launch.program = TRY(find_program(job.program));
  launch.confinement = TRY(make_confinement(job.input, job.scratch));
  launch.in = TRY(in_memory(job.standard_input));
  launch.out = TRY(make_pipe());
  launch.err = TRY(make_pipe());
  launch.failure = TRY(make_pipe());
  launch.standard_output = job.output < 0 ? launch.out.write.get() : job.output;
  launch.parent = ::getpid();
  launch.words = job.arguments;
  launch.words.insert(launch.words.begin(), job.program);
  const std::string home = job.scratch.empty() ? "/nonexistent" : job.scratch.string();
  launch.environment = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1",
                        "HOME=" + home, "TMPDIR=" + home};
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(job.timeout).count();
  launch.limits = {{{RLIMIT_AS, job.memory_bytes},
                    {RLIMIT_CPU, static_cast<rlim_t>(seconds)},
                    {RLIMIT_FSIZE, job.max_output},
                    {RLIMIT_NOFILE, kOpenFiles},
                    {RLIMIT_CORE, 0}}};
  return launch;
}

bool limit_self(const Launch& launch) {
  for (const Limit& limit : launch.limits) {
    rlimit now{};
    if (::getrlimit(limit.what, &now) != 0) return false;
    const rlim_t value = std::min(limit.value, now.rlim_max);  // RLIM_INFINITY is the largest
    const rlimit both{value, value};
    if (::setrlimit(limit.what, &both) != 0) return false;
  }
  return true;
}

// No other open files, signals as a program expects to find them, and our death is its death.
bool detach(const Launch& launch) {
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  // Ours close by themselves; those that we were started with need not.
  ::syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP}) ::signal(number, SIG_DFL);
  return ::setpgid(0, 0) == 0 && ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
         ::getppid() == launch.parent;
}

[[noreturn]] void become(const Launch& launch) {
  const bool ready = detach(launch) && ::dup2(launch.in.get(), STDIN_FILENO) >= 0 &&
                     ::dup2(launch.standard_output, STDOUT_FILENO) >= 0 &&
                     ::dup2(launch.err.write.get(), STDERR_FILENO) >= 0 && limit_self(launch) &&
                     confine_self(launch.confinement);
  if (ready) ::execve(launch.program.c_str(), launch.argv.data(), launch.envp.data());
  const int error = errno;
  [[maybe_unused]] const ssize_t told = ::write(launch.failure.write.get(), &error, sizeof error);
  ::_exit(127);
}

// A running program. Whatever way we leave, it and all of its group end.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { end(); }

  bool has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == pid_;
  }
  // The status of waitpid. Its number is free for another process only after this.
  int end() {
    if (pid_ <= 0) return status_;
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);  // its group may not be made yet
    while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return status_;
  }

 private:
  pid_t pid_;
  int status_ = 0;
};

Error over_time(const Confined& job) {
  return Error{Code::limit,
               job.program + " ran longer than " + std::to_string(job.timeout.count()) + " ms", 0,
               job.input.string()};
}

Error over_output(const Confined& job) {
  return Error{Code::limit,
               job.program + " wrote more than " + std::to_string(job.max_output) + " bytes", 0,
               job.input.string()};
}

// Moves what there is to read to `out`; closes the end when nothing will follow.
Status take(Fd& from, std::string& out) {
  std::array<char, 65536> piece;
  const ssize_t n = ::read(from.get(), piece.data(), piece.size());
  if (n < 0 && errno != EINTR) return io_error("pipe", "cannot read", errno);
  if (n == 0) from = Fd{};
  if (n > 0) out.append(piece.data(), static_cast<std::size_t>(n));
  return Done{};
}

Status read_to_the_end(const Confined& job, Launch& launch, Clock::time_point deadline,
                       Ended& ended) {
  while (launch.out.read.get() >= 0 || launch.err.read.get() >= 0) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return over_time(job);
    // poll() passes over an entry of -1.
    std::array<pollfd, 2> ends = {
        {{launch.out.read.get(), POLLIN, 0}, {launch.err.read.get(), POLLIN, 0}}};
    if (::poll(ends.data(), ends.size(), static_cast<int>(left.count())) < 0 && errno != EINTR)
      return io_error("pipe", "cannot read", errno);
    if (ends[0].revents != 0) TRY(take(launch.out.read, ended.out));
    if (ends[1].revents != 0) TRY(take(launch.err.read, ended.err));
    if (ended.out.size() + ended.err.size() > job.max_output) return over_output(job);
  }
  return Done{};
}

Result<Ended> how_it_ended(const Confined& job, int status, Ended ended) {
  if (WIFEXITED(status)) {
    ended.exit_code = WEXITSTATUS(status);
    return ended;
  }
  const int number = WTERMSIG(status);
  if (number == SIGXCPU) return over_time(job);
  if (number == SIGXFSZ) return over_output(job);
  return Error{number == SIGKILL ? Code::limit : Code::invalid,
               job.program + " was ended by signal " + std::to_string(number), 0,
               job.input.string()};
}

}  // namespace

Result<Ended> run_confined(const Confined& job) {
  Launch launch = TRY(prepare(job));
  launch.argv = pointers(launch.words);
  launch.envp = pointers(launch.environment);
  const Clock::time_point deadline = Clock::now() + job.timeout;
  const pid_t pid = ::fork();
  if (pid == 0) become(launch);
  if (pid < 0) return io_error(launch.program, "cannot start", errno);
  Child child(pid);
  for (Fd* end : {&launch.out.write, &launch.err.write, &launch.failure.write}) *end = Fd{};

  int error = 0;
  ssize_t told = 0;
  while ((told = ::read(launch.failure.read.get(), &error, sizeof error)) < 0 && errno == EINTR) {
  }
  if (told == sizeof error) return io_error(launch.program, "cannot start", error);

  Ended ended;
  TRY(read_to_the_end(job, launch, deadline, ended));
  while (!child.has_ended()) {  // it may close its output and go on
    if (Clock::now() > deadline) return over_time(job);
    const timespec pause{0, std::chrono::nanoseconds(kPause).count()};
    ::nanosleep(&pause, nullptr);
  }
  return how_it_ended(job, child.end(), std::move(ended));
}

SandboxReport sandbox_report() { return {landlock_version() > 0, seccomp_available()}; }

}  // namespace assay
