// SPDX-License-Identifier: Apache-2.0
#include "base/confine.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

namespace assay {
namespace {

// --- files: Landlock (https://docs.kernel.org/userspace-api/landlock.html)

// The rights and the ruleset of newer kernels than the headers we are built with.
constexpr std::uint64_t kTruncate = 1 << 14;  // version 3
constexpr std::uint64_t kIoctl = 1 << 15;     // version 5, on devices
struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t ports = 0;  // version 4: bind, connect
  std::uint64_t scope = 0;  // version 6: abstract sockets, signals
};

// The rights that a version of Landlock knows, each of them refused unless a rule grants it.
struct Known {
  int version;
  Ruleset rights;
};
constexpr std::uint64_t kFirst = (1 << 13) - 1;
constexpr std::array kKnown = {
    Known{6, {kFirst | LANDLOCK_ACCESS_FS_REFER | kTruncate | kIoctl, 3, 3}},
    Known{5, {kFirst | LANDLOCK_ACCESS_FS_REFER | kTruncate | kIoctl, 3, 0}},
    Known{4, {kFirst | LANDLOCK_ACCESS_FS_REFER | kTruncate, 3, 0}},
    Known{3, {kFirst | LANDLOCK_ACCESS_FS_REFER | kTruncate, 0, 0}},
    Known{2, {kFirst | LANDLOCK_ACCESS_FS_REFER, 0, 0}},
    Known{1, {kFirst, 0, 0}},
};

constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_READ_FILE;
constexpr std::uint64_t kReadFolder = kRead | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kRun = kReadFolder | LANDLOCK_ACCESS_FS_EXECUTE;
constexpr std::uint64_t kWrite = kRead | LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate;
constexpr std::uint64_t kWriteFolder = kWrite | kReadFolder | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                       LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                       LANDLOCK_ACCESS_FS_MAKE_REG;
// What the kernel takes for a rule about something that is not a folder.
constexpr std::uint64_t kOfFiles = kWrite | LANDLOCK_ACCESS_FS_EXECUTE;

struct Place {
  const char* path;
  std::uint64_t rights;
};
constexpr std::array kSystem = {
    Place{"/usr", kRun},
    Place{"/lib", kRun},
    Place{"/lib64", kRun},
    Place{"/bin", kRun},
    Place{"/etc/alternatives", kRun},
    Place{"/etc/fonts", kReadFolder},
    Place{"/etc/ld.so.cache", kRead},
    Place{"/var/cache/fontconfig", kReadFolder},
    Place{"/dev/null", kWrite},
    Place{"/dev/urandom", kRead},
};

Status allow(const Fd& rules, std::uint64_t known, const fs::path& path, std::uint64_t rights) {
  const Fd place(::open(path.c_str(), O_PATH | O_CLOEXEC));
  if (place.get() < 0) return io_error(path, "cannot open", errno);
  struct stat status {};
  if (::fstat(place.get(), &status) != 0) return io_error(path, "cannot stat", errno);
  landlock_path_beneath_attr rule{};
  rule.parent_fd = place.get();
  rule.allowed_access = rights & known & (S_ISDIR(status.st_mode) ? known : kOfFiles);
  if (::syscall(SYS_landlock_add_rule, rules.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
    return io_error(path, "cannot be confined to", errno);
  return Done{};
}

Result<Fd> file_rules(const fs::path& input, const fs::path& scratch) {
  const int version = landlock_version();
  const auto* known = std::find_if(kKnown.begin(), kKnown.end(),
                                   [version](const Known& row) { return row.version <= version; });
  if (known == kKnown.end()) return Fd{};
  // An older kernel refuses a ruleset with more members than it knows, unless they are zero.
  const Ruleset& rights = known->rights;
  Fd rules(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rights, sizeof rights, 0)));
  if (rules.get() < 0) return io_error("Landlock", "cannot create", errno);
  for (const Place& place : kSystem) {
    if (::access(place.path, F_OK) == 0) TRY(allow(rules, rights.files, place.path, place.rights));
  }
  if (!input.empty()) TRY(allow(rules, rights.files, input, kRead));
  if (!scratch.empty()) TRY(allow(rules, rights.files, scratch, kWriteFolder));
  return rules;
}

// --- calls: seccomp

// Refused with EPERM. What a converter of pictures needs is too long a list, and changes with each
// of its libraries; this one is of what reaches beyond the process itself. io_uring is a way around
// all.
constexpr std::array kRefused = {
    "socket",
    "socketpair",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    // other processes
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "process_mrelease",
    "pidfd_open",
    "pidfd_getfd",
    "pidfd_send_signal",
    "kcmp",
    "kill",
    "tkill",
    "rt_sigqueueinfo",
    "rt_tgsigqueueinfo",
    "setpgid",
    "setsid",
    "migrate_pages",
    "move_pages",
    "perf_event_open",
    // name spaces, file systems
    "unshare",
    "setns",
    "mount",
    "umount",
    "umount2",
    "move_mount",
    "open_tree",
    "fsopen",
    "fsmount",
    "fsconfig",
    "fspick",
    "mount_setattr",
    "pivot_root",
    "chroot",
    "quotactl",
    "quotactl_fd",
    "open_by_handle_at",
    "name_to_handle_at",
    "fanotify_init",
    "mknod",
    "mknodat",
    "swapon",
    "swapoff",
    "acct",
    "nfsservctl",
    "lookup_dcookie",
    // the kernel
    "bpf",
    "userfaultfd",
    "kexec_load",
    "kexec_file_load",
    "init_module",
    "finit_module",
    "delete_module",
    "iopl",
    "ioperm",
    "reboot",
    "syslog",
    "settimeofday",
    "clock_settime",
    "clock_adjtime",
    "adjtimex",
    "stime",
    "sethostname",
    "setdomainname",
    "vhangup",
    "modify_ldt",
    "vm86",
    "vm86old",
    // keys, users, shared memory
    "keyctl",
    "add_key",
    "request_key",
    "setuid",
    "setgid",
    "setreuid",
    "setregid",
    "setresuid",
    "setresgid",
    "setgroups",
    "setfsuid",
    "setfsgid",
    "capset",
    "shmget",
    "shmat",
    "msgget",
    "semget",
    "mq_open",
};
constexpr scmp_datum_t kNewNamespaces =
    0x7E020000;  // CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET

struct FreeFilter {
  void operator()(void* filter) const { ::seccomp_release(filter); }
};

// 0, or the negative errno of libseccomp. A call that this machine or library lacks is passed over.
int refuse_calls(scmp_filter_ctx filter) {
  for (const char* name : kRefused) {
    const int call = ::seccomp_syscall_resolve_name(name);
    if (call == __NR_SCMP_ERROR) continue;
    if (const int failed = ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0))
      return failed;
  }
  // The flags of clone3 lie in memory, where no filter sees them; without it clone is called.
  if (const int failed = ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0))
    return failed;
  for (int bit = 0; bit < 32; ++bit) {
    const scmp_datum_t flag = kNewNamespaces & (scmp_datum_t{1} << bit);
    if (flag == 0) continue;
    const scmp_arg_cmp has_flag{0, SCMP_CMP_MASKED_EQ, flag, flag};
    if (const int failed =
            ::seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, &has_flag))
      return failed;
  }
  return 0;
}

Result<std::vector<sock_filter>> call_filter() {
  const auto failed = [](int error) { return io_error("seccomp", "cannot create", error); };
  const std::unique_ptr<void, FreeFilter> filter(::seccomp_init(SCMP_ACT_ALLOW));
  if (!filter) return failed(ENOMEM);
  if (const int error = refuse_calls(filter.get())) return failed(-error);
  const Fd memory(::memfd_create("filter", MFD_CLOEXEC));
  if (memory.get() < 0) return failed(errno);
  if (const int error = ::seccomp_export_bpf(filter.get(), memory.get())) return failed(-error);
  const off_t size = ::lseek(memory.get(), 0, SEEK_END);
  if (size < 0) return failed(errno);
  std::vector<sock_filter> calls(static_cast<std::size_t>(size) / sizeof(sock_filter));
  if (::pread(memory.get(), calls.data(), static_cast<std::size_t>(size), 0) != size)
    return failed(EIO);
  return calls;
}

}  // namespace

int landlock_version() {
  const long version =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version < 0 ? 0 : static_cast<int>(version);
}

bool seccomp_available() {
  // A kernel with filters looks for the one that is not given.
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, nullptr) != 0 && errno == EFAULT;
}

Result<Confinement> make_confinement(const fs::path& input, const fs::path& scratch) {
  Confinement confinement;
  confinement.files = TRY(file_rules(input, scratch));
  if (seccomp_available()) confinement.calls = TRY(call_filter());
  return confinement;
}

bool confine_self(const Confinement& confinement) {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  if (confinement.files.get() >= 0 &&
      ::syscall(SYS_landlock_restrict_self, confinement.files.get(), 0) != 0)
    return false;
  if (confinement.calls.empty()) return true;
  sock_fprog program{};
  program.len = static_cast<unsigned short>(confinement.calls.size());
  program.filter = const_cast<sock_filter*>(confinement.calls.data());  // only read by the kernel
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace assay
