// SPDX-License-Identifier: Apache-2.0
#include "formats/table/window.h"

#include <algorithm>

namespace assay::formats::table {
namespace {

constexpr std::size_t kChunkBytes = 64 << 10;
// Enough text to tell encodings apart with certainty.
constexpr std::size_t kSampleBytes = 4 << 10;

std::size_t first_non_ascii(std::string_view text) {
  const auto* at = std::find_if(text.begin(), text.end(),
                                [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return static_cast<std::size_t>(at - text.begin());
}

}  // namespace

Result<Window> Window::open(Source source) {
  Window window(std::move(source));
  std::string head;
  while (head.size() < kChunkBytes) {
    const std::size_t had = head.size();
    head.resize(kChunkBytes);
    const std::size_t got = TRY(window.source_(std::span(head).subspan(had)));
    head.resize(had + got);
    if (got == 0) break;
  }
  const Mark mark = marked_encoding(head);
  if (mark.encoding == Encoding::utf16le || mark.encoding == Encoding::utf16be) {
    window.converter_ = TRY(Converter::open(mark.encoding));
    window.encoding_ = Encoding::utf8;
    const std::string_view units = std::string_view(head).substr(mark.bytes);
    const std::size_t used = window.converter_->convert(units, window.buffer_);
    window.undecoded_ = units.substr(used);
    return window;
  }
  window.encoding_ = mark.encoding;
  window.buffer_ = head.substr(mark.bytes);
  window.guess(head.size() < kChunkBytes);
  return window;
}

Result<bool> Window::more() {
  if (start_ > buffer_.size() / 2) {
    buffer_.erase(0, start_);
    start_ = 0;
  }
  bool any = TRY(read_chunk());
  bool at_end = !any;
  guess(at_end);
  // The first non-ASCII text decides for the whole file, so wait for enough of it.
  while (encoding_ == Encoding::unknown && !at_end && first_non_ascii(bytes()) < size()) {
    const bool got = TRY(read_chunk());
    at_end = !got;
    guess(at_end);
  }
  return any;
}

Result<bool> Window::read_chunk() {
  const std::size_t had = buffer_.size();
  if (!converter_) {
    buffer_.resize(had + kChunkBytes);
    auto got = source_(std::span(buffer_).subspan(had));
    buffer_.resize(had + (got.ok() ? *got : 0));
    if (!got.ok()) return std::move(got).error();
    return *got > 0;
  }
  while (buffer_.size() == had) {
    std::string raw = std::move(undecoded_);
    const std::size_t kept = raw.size();
    raw.resize(kept + kChunkBytes);
    const std::size_t got = TRY(source_(std::span(raw).subspan(kept)));
    raw.resize(kept + got);
    undecoded_.clear();
    if (got == 0) {
      if (kept > 0) buffer_ += '\xFF';  // half a unit at the end of the file
      return kept > 0;
    }
    const std::size_t used = converter_->convert(raw, buffer_);
    undecoded_ = raw.substr(used);
  }
  return true;
}

void Window::guess(bool at_end) {
  if (encoding_ != Encoding::unknown) return;
  const std::size_t from = first_non_ascii(bytes());
  if (from == size() || (!at_end && size() - from < kSampleBytes)) return;
  encoding_ = guess_encoding(bytes().substr(from));
}

}  // namespace assay::formats::table
