// SPDX-License-Identifier: Apache-2.0
#include "base/splice.h"

#include <algorithm>

namespace assay {
void Splice::keep(std::uint64_t offset, std::uint64_t size) {
  if (size == 0) return;
  size_ += size;
  if (!pieces_.empty()) {
    Piece& last = pieces_.back();
    if (last.size > 0 && last.offset + last.size == offset) {
      last.size += size;
      return;
    }
  }
  pieces_.push_back({offset, size, {}});
}

void Splice::put(std::string_view bytes) {
  if (bytes.empty()) return;
  size_ += bytes.size();
  if (pieces_.empty() || pieces_.back().size > 0) pieces_.push_back({});
  pieces_.back().bytes += bytes;
}

Status Splice::each(ByteSource& in, const std::function<Status(std::string_view)>& sink) const {
  constexpr std::uint64_t kStep = std::uint64_t{1} << 20;
  for (const Piece& piece : pieces_) {
    if (piece.size == 0) TRY(sink(piece.bytes));
    for (std::uint64_t done = 0; done < piece.size; done += kStep) {
      const std::uint64_t n = std::min(kStep, piece.size - done);
      const Bytes part = TRY(in.exactly(piece.offset + done, n));
      TRY(sink(as_text(part)));
    }
  }
  return Done{};
}

Result<std::string> Splice::apply(ByteSource& in, std::uint64_t max_bytes) const {
  if (size_ > max_bytes) return Error{Code::limit, "the new file is too large for memory", 0};
  std::string out;
  out.reserve(static_cast<std::size_t>(size_));
  TRY(each(in, [&](std::string_view part) -> Status {
    out += part;
    return Done{};
  }));
  return out;
}

Status Splice::apply(ByteSource& in, AtomicFile& out) const {
  return each(in, [&](std::string_view part) { return out.write(part); });
}

}  // namespace assay
