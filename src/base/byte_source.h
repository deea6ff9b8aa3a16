// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_reader.h"
#include "base/files.h"

namespace assay {

// Bytes at places, for parsers that look at little of a large input: of a file only what is asked
// for is read. All offsets are 64 bits wide and checked here.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::uint64_t size() const = 0;

  // Up to `n` bytes at `offset`, fewer only at the end. Valid until the next view().
  virtual Result<Bytes> view(std::uint64_t offset, std::uint64_t n) = 0;

  // The same, copied; leaves views alone.
  virtual Result<std::string> copy(std::uint64_t offset, std::uint64_t n) = 0;

  // Exactly `n` bytes at `offset`, or Code::invalid.
  Result<Bytes> exactly(std::uint64_t offset, std::uint64_t n);
};

// Borrows its bytes.
class MemorySource : public ByteSource {
 public:
  explicit MemorySource(Bytes data) : data_(data) {}
  std::uint64_t size() const override { return data_.size(); }
  Result<Bytes> view(std::uint64_t offset, std::uint64_t n) override;
  Result<std::string> copy(std::uint64_t offset, std::uint64_t n) override;

 private:
  Bytes data_;
};

// A file through a window of `window` bytes; views may be longer, up to `max_view`.
class FileSource : public ByteSource {
 public:
  static constexpr std::uint64_t kMaxView = std::uint64_t{64} << 20;

  FileSource(FileReader file, std::size_t window) : file_(std::move(file)), window_(window) {}
  std::uint64_t size() const override { return file_.size(); }
  Result<Bytes> view(std::uint64_t offset, std::uint64_t n) override;
  Result<std::string> copy(std::uint64_t offset, std::uint64_t n) override;
  const FileReader& file() const { return file_; }

 private:
  Status fill(std::uint64_t offset, std::span<std::byte> into, std::size_t& have);

  FileReader file_;
  std::size_t window_;
  std::vector<std::byte> buffer_;
  std::uint64_t start_ = 0;  // of buffer_ in the file
};

// A stretch of another source, which must outlive it. Offsets count from its start.
class PartSource : public ByteSource {
 public:
  // Cut to what `whole` holds.
  PartSource(ByteSource& whole, std::uint64_t start, std::uint64_t size);
  std::uint64_t size() const override { return size_; }
  Result<Bytes> view(std::uint64_t offset, std::uint64_t n) override;
  Result<std::string> copy(std::uint64_t offset, std::uint64_t n) override;

 private:
  ByteSource& whole_;
  std::uint64_t start_;
  std::uint64_t size_;
};

}  // namespace assay
