// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace assay {

Fd& Fd::operator=(Fd&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Fd::~Fd() {
  if (fd_ >= 0) ::close(fd_);
}

int Fd::release() { return std::exchange(fd_, -1); }

Error io_error(const fs::path& path, std::string_view doing, int error_number) {
  const Code code = error_number == ENOENT || error_number == ENOTDIR ? Code::not_found : Code::io;
  return Error{code, std::string(doing) + ": " + std::generic_category().message(error_number), 0,
               path.string()};
}

Result<Fd> temporary_file() {
  std::error_code none;
  const fs::path folder = fs::temp_directory_path(none);
  Fd fd(::open(none ? "/tmp" : folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (fd.get() < 0) return io_error(folder, "cannot create", errno);
  return fd;
}

Result<FileReader> FileReader::open(const fs::path& path) {
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0) return io_error(path, "cannot open", errno);
  return regular(std::move(fd), path);
}

Result<FileReader> FileReader::of(int fd, const fs::path& name) {
  Fd own(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
  if (own.get() < 0) return io_error(name, "cannot open", errno);
  return regular(std::move(own), name);
}

namespace {

FileStamp stamp_of(const struct stat& status) {
  const auto ns = [](const timespec& time) { return time.tv_sec * 1'000'000'000 + time.tv_nsec; };
  return {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
          ns(status.st_mtim), ns(status.st_ctim)};
}

}  // namespace

Result<FileReader> FileReader::regular(Fd fd, const fs::path& path) {
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return io_error(path, "cannot stat", errno);
  if (!S_ISREG(status.st_mode))
    return Error{Code::invalid, "not a regular file", 0, path.string(), "name a file"};
  return FileReader(std::move(fd), path, stamp_of(status));
}

Status FileReader::lock() const {
  // Where a file system has no locks, unchanged() alone must do.
  if (::flock(fd_.get(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return Done{};
  return Error{Code::io, "another program is changing the file", 0, path_.string(),
               "try again when it has ended"};
}

Status FileReader::unchanged() const {
  struct stat open {
  }, named{};
  if (::fstat(fd_.get(), &open) != 0) return io_error(path_, "cannot stat", errno);
  if (::stat(path_.c_str(), &named) != 0) return io_error(path_, "cannot stat", errno);
  if (stamp_of(open) == stamp_ && stamp_of(named) == stamp_) return Done{};
  return Error{Code::io, "the file changed while it was read", 0, path_.string(), "try again"};
}

Result<std::size_t> FileReader::read(std::span<std::byte> into) {
  while (true) {
    const ssize_t n = ::read(fd_.get(), into.data(), into.size());
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) return io_error(path_, "cannot read", errno);
  }
}

Result<std::size_t> FileReader::read_at(std::uint64_t offset, std::span<std::byte> into) {
  while (true) {
    const ssize_t n = ::pread(fd_.get(), into.data(), into.size(), static_cast<off_t>(offset));
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) return io_error(path_, "cannot read", errno);
  }
}

Result<std::string> read_file(const fs::path& path, std::uint64_t max_bytes) {
  FileReader in = TRY(FileReader::open(path));
  const Error too_big{Code::limit, "file is larger than " + std::to_string(max_bytes) + " bytes", 0,
                      path.string(), "split it or name a smaller one"};
  if (in.size() > max_bytes) return too_big;
  std::string out(static_cast<std::size_t>(in.size()), '\0');
  std::size_t have = 0;
  while (true) {
    if (have == out.size()) out.resize(have + 4096);
    const std::size_t n = TRY(in.read(std::as_writable_bytes(std::span(out)).subspan(have)));
    have += n;
    if (have > max_bytes) return too_big;
    if (n == 0) break;
  }
  out.resize(have);
  return out;
}

namespace {

Status write_all(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return io_error(path, "cannot write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return Done{};
}

// Where a file is put that the user names `path`: behind a symbolic link, its target.
fs::path behind_links(const fs::path& path) {
  std::error_code error;
  if (!fs::is_symlink(fs::symlink_status(path, error))) return path;
  const fs::path target = fs::weakly_canonical(path, error);
  return error ? path : target;
}

// A folder that may be written to lets a read-only file be replaced; its owner did not mean that.
Status may_replace(const fs::path& path, const fs::path& named) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return Done{};
  if ((info.st_mode & 0222) != 0 && ::access(path.c_str(), W_OK) == 0) return Done{};
  return Error{Code::io, "the file is read-only", 0, named.string(), "chmod u+w makes it writable"};
}

}  // namespace

Result<AtomicFile> AtomicFile::create_regular(const fs::path& named) {
  std::error_code unknown;
  const fs::file_status there = fs::status(behind_links(named), unknown);
  if (fs::exists(there) && !fs::is_regular_file(there) && !fs::is_directory(there))
    return Error{Code::invalid, "not a regular file", 0, named.string(), "name a file"};
  return create(named);
}

Result<AtomicFile> AtomicFile::create(const fs::path& named) {
  if (named.empty()) return Error{Code::invalid, "a file has a name", 0, {}, "name a file"};
  const fs::path path = behind_links(named);
  std::error_code unknown;
  const fs::file_status there = fs::status(path, unknown);
  if (fs::is_directory(there)) return io_error(named, "cannot create", EISDIR);
  if (fs::exists(there) && !fs::is_regular_file(there)) {
    // A device or FIFO takes the bytes as they come; it is never replaced.
    Fd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (fd.get() < 0) return io_error(named, "cannot open", errno);
    return AtomicFile(std::move(fd), named, {});
  }
  TRY(may_replace(path, named));
  fs::path temporary = path;
  temporary += ".tmp" + std::to_string(::getpid());
  ::unlink(temporary.c_str());
  Fd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (fd.get() < 0) return io_error(path, "cannot create", errno);
  return AtomicFile(std::move(fd), path, std::move(temporary));
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : fd_(std::move(other.fd_)),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, fs::path())),
      buffer_(std::move(other.buffer_)) {}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Status AtomicFile::flush() {
  const Status status = write_all(fd_.get(), buffer_, path_);
  buffer_.clear();
  return status;
}

Status AtomicFile::write(std::string_view bytes) {
  constexpr std::size_t kBuffer = 1 << 16;
  buffer_ += bytes;
  if (buffer_.size() < kBuffer) return Done{};
  return flush();
}

Status AtomicFile::keep_mode_of(const fs::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return io_error(file, "cannot stat", errno);
  if (temporary_.empty()) return Done{};
  // Who is not root keeps the group at most: a file of another owner becomes his own.
  if (::fchown(fd_.get(), info.st_uid, info.st_gid) != 0) [[maybe_unused]]
    const int same = ::fchown(fd_.get(), static_cast<uid_t>(-1), info.st_gid);
  if (::fchmod(fd_.get(), info.st_mode & 07777) != 0) return io_error(path_, "cannot write", errno);
  return Done{};
}

Result<fs::path> AtomicFile::written() {
  TRY(flush());
  return temporary_;
}

Status AtomicFile::commit() {
  TRY(flush());
  if (temporary_.empty()) return Done{};
  if (::fsync(fd_.get()) != 0) return io_error(path_, "cannot sync", errno);
  if (::close(fd_.release()) != 0) return io_error(path_, "cannot close", errno);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0)
    return io_error(path_, "cannot rename", errno);
  temporary_.clear();
  return Done{};
}

Status make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return io_error(folder, "cannot create the folder", error.value());
  return Done{};
}

Status write_file_atomic(const fs::path& path, std::string_view bytes) {
  AtomicFile file = TRY(AtomicFile::create(path));
  TRY(file.write(bytes));
  return file.commit();
}

std::vector<fs::path> list_files(const fs::path& root, std::vector<std::string>& unread) {
  std::vector<fs::path> out;
  std::error_code error;
  const auto status = fs::symlink_status(root, error);
  if (fs::is_regular_file(status)) return {root};
  // A link the user named himself is followed once; links found below are not.
  if (fs::is_symlink(status) && fs::is_regular_file(root, error)) return {root};
  std::vector<fs::path> folders = {root};
  while (!folders.empty()) {
    const fs::path folder = std::move(folders.back());
    folders.pop_back();
    fs::directory_iterator at(folder, error);
    for (; !error && at != fs::directory_iterator(); at.increment(error)) {
      // The entry knows its kind mostly; a link it would follow.
      std::error_code unknown;
      const bool link = at->is_symlink(unknown);
      if (!link && at->is_directory(unknown))
        folders.push_back(at->path());
      else if (!link && at->is_regular_file(unknown))
        out.push_back(at->path());
      else
        unread.push_back(at->path().string() +
                         (link ? ": a link, which is not followed" : ": not a regular file"));
    }
    if (error) unread.push_back(folder.string() + ": " + error.message());
    error.clear();
  }
  // As std::filesystem::path compares, part by part, but without taking each path apart.
  const auto rank = [](char c) { return c == '/' ? 0 : static_cast<unsigned char>(c); };
  std::ranges::sort(out, [&](const fs::path& a, const fs::path& b) {
    return std::ranges::lexicographical_compare(a.native(), b.native(), {}, rank, rank);
  });
  std::ranges::sort(unread);
  return out;
}

}  // namespace assay
