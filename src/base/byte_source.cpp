// SPDX-License-Identifier: Apache-2.0
#include "base/byte_source.h"

#include <algorithm>

namespace assay {
namespace {

// How many of `n` bytes at `offset` exist in `size`.
std::uint64_t available(std::uint64_t size, std::uint64_t offset, std::uint64_t n) {
  return offset >= size ? 0 : std::min(n, size - offset);
}

}  // namespace

Result<Bytes> ByteSource::exactly(std::uint64_t offset, std::uint64_t n) {
  const Bytes out = TRY(view(offset, n));
  if (out.size() != n) return Error{Code::invalid, "ends too early", std::min(offset, size())};
  return out;
}

Result<Bytes> MemorySource::view(std::uint64_t offset, std::uint64_t n) {
  const std::uint64_t have = available(data_.size(), offset, n);
  if (have == 0) return Bytes{};
  return data_.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(have));
}

Result<std::string> MemorySource::copy(std::uint64_t offset, std::uint64_t n) {
  return std::string(as_text(TRY(view(offset, n))));
}

Status FileSource::fill(std::uint64_t offset, std::span<std::byte> into, std::size_t& have) {
  have = 0;
  while (have < into.size()) {
    const std::size_t n = TRY(file_.read_at(offset + have, into.subspan(have)));
    if (n == 0) break;  // the file shrank since it was opened
    have += n;
  }
  return Done{};
}

Result<Bytes> FileSource::view(std::uint64_t offset, std::uint64_t n) {
  const std::uint64_t have = available(size(), offset, n);
  if (have == 0) return Bytes{};
  if (have > kMaxView) return Error{Code::limit, "one part is larger than 64 MiB", offset};
  if (offset < start_ || offset - start_ > buffer_.size() ||
      buffer_.size() - (offset - start_) < have) {
    const std::uint64_t want = available(size(), offset, std::max<std::uint64_t>(have, window_));
    buffer_.resize(static_cast<std::size_t>(want));
    start_ = offset;
    std::size_t got = 0;
    Status filled = fill(offset, buffer_, got);
    buffer_.resize(filled.ok() ? got : 0);
    TRY(std::move(filled));
  }
  const auto at = static_cast<std::size_t>(offset - start_);
  return Bytes(buffer_).subspan(at, std::min(static_cast<std::size_t>(have), buffer_.size() - at));
}

Result<std::string> FileSource::copy(std::uint64_t offset, std::uint64_t n) {
  const std::uint64_t have = available(size(), offset, n);
  if (have > kMaxView) return Error{Code::limit, "one part is larger than 64 MiB", offset};
  if (have != 0 && offset >= start_ && offset - start_ <= buffer_.size() &&
      buffer_.size() - (offset - start_) >= have)
    return std::string(as_text(Bytes(buffer_).subspan(static_cast<std::size_t>(offset - start_),
                                                      static_cast<std::size_t>(have))));
  std::string out(static_cast<std::size_t>(have), '\0');
  std::size_t got = 0;
  TRY(fill(offset, std::as_writable_bytes(std::span(out)), got));
  out.resize(got);
  return out;
}

PartSource::PartSource(ByteSource& whole, std::uint64_t start, std::uint64_t size)
    : whole_(whole), start_(start), size_(available(whole.size(), start, size)) {}

Result<Bytes> PartSource::view(std::uint64_t offset, std::uint64_t n) {
  const std::uint64_t have = available(size_, offset, n);
  if (have == 0) return Bytes{};
  return whole_.view(start_ + offset, have);
}

Result<std::string> PartSource::copy(std::uint64_t offset, std::uint64_t n) {
  const std::uint64_t have = available(size_, offset, n);
  if (have == 0) return std::string();
  return whole_.copy(start_ + offset, have);
}

}  // namespace assay
