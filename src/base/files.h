// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_reader.h"

namespace assay {

namespace fs = std::filesystem;

// Owns a file descriptor.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd();
  int get() const { return fd_; }
  int release();

 private:
  int fd_ = -1;
};

// Which file it is and in which state: one that was written to or replaced has another stamp.
struct FileStamp {
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified = 0, changed = 0;  // ns; the second also by a new name or mode
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// A regular file read from front to back or at places. Refuses folders, FIFOs and devices, so that
// opening never blocks. Errors carry the path and what the system said.
class FileReader {
 public:
  static Result<FileReader> open(const fs::path& path);
  // The file behind a descriptor of the caller's, who keeps it; `name` is for messages.
  static Result<FileReader> of(int fd, const fs::path& name);
  Result<std::size_t> read(std::span<std::byte> into);  // 0 at the end
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into);
  std::uint64_t size() const { return stamp_.size; }

  // Keeps others that ask for it away until this reader is gone; Code::io where one has it.
  Status lock() const;
  // Is the file as it was when it was opened, and still the one of its path? Code::io where not.
  Status unchanged() const;

 private:
  static Result<FileReader> regular(Fd fd, const fs::path& path);
  FileReader(Fd fd, fs::path path, const FileStamp& stamp)
      : fd_(std::move(fd)), path_(std::move(path)), stamp_(stamp) {}
  Fd fd_;
  fs::path path_;
  FileStamp stamp_;
};

// A file without a name, gone when it is closed.
Result<Fd> temporary_file();

// The whole file, refused with Code::limit over `max_bytes`.
Result<std::string> read_file(const fs::path& path, std::uint64_t max_bytes);

// A file written beside `path` and renamed over it by commit(): after a crash, a full disk or a
// missing commit() the old file is there, whole. Behind a symbolic link the target is replaced. A
// file that is read-only is not, although its folder would let us.
class AtomicFile {
 public:
  // To a device or FIFO the bytes go as they come.
  static Result<AtomicFile> create(const fs::path& path);
  // Refuses devices and FIFOs, for what is to be read back.
  static Result<AtomicFile> create_regular(const fs::path& path);
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();
  Status write(std::string_view bytes);  // buffered
  // Its permission bits and, where we may, its owner and group.
  Status keep_mode_of(const fs::path& file);
  // Everything written so far, where a reader finds it before commit().
  Result<fs::path> written();
  Status commit();

 private:
  AtomicFile(Fd fd, fs::path path, fs::path temporary)
      : fd_(std::move(fd)), path_(std::move(path)), temporary_(std::move(temporary)) {}
  Status flush();
  Fd fd_;
  fs::path path_;
  fs::path temporary_;  // empty after commit(), and for a device
  std::string buffer_;
};

// The folder and those above it, where they are not there yet.
Status make_folder(const fs::path& folder);

Status write_file_atomic(const fs::path& path, std::string_view bytes);

// Every regular file below `root` (or `root` itself), sorted by name; symbolic links are not
// followed. What cannot be read is put into `unread` as "path: reason".
std::vector<fs::path> list_files(const fs::path& root, std::vector<std::string>& unread);

// An Error of Code::io (Code::not_found where errno says so) for `path`, with errno's text.
Error io_error(const fs::path& path, std::string_view doing, int error_number);

}  // namespace assay
