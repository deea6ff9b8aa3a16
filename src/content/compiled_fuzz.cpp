// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "base/digest.h"
#include "content/compiled.h"

// Any payload under a true digest: open() must give a value or an Error, and a value must compile
// to bytes that open to the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;  // a fuzz target has no names to clash with
  const Bytes payload = std::as_bytes(std::span(data, size));
  static const std::string kEmpty = content::compile(Content{});
  constexpr std::size_t kDigestAt = 8 + 4 + 4 + 8;
  std::string bytes = kEmpty.substr(0, kDigestAt);
  bytes += as_text(sha256(payload));
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(size >> (8 * i) & 0xFF);
  bytes += as_text(payload);
  const Result<Content> opened = content::open(as_raw(bytes));
  if (!opened.ok()) return opened.error().code == Code::internal ? (std::abort(), 0) : 0;
  const std::string again = content::compile(*opened);
  const Result<Content> reopened = content::open(as_raw(again));
  if (!reopened.ok() || content::compile(*reopened) != again) std::abort();
  return 0;
}
