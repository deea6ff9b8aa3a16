// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>

#include "base/byte_reader.h"

namespace assay {

using Digest = std::array<std::byte, 32>;

// SHA-256 (FIPS 180-4) of what update() was given, in order.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void update(Bytes bytes);
  Digest finish();  // once

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Digest sha256(Bytes bytes);
Result<Digest> sha256_file(const std::filesystem::path& path);

std::string hex(Bytes bytes);  // lower case
Result<Digest> parse_digest(std::string_view hex);

// UUID version 5 (RFC 4122, 4.3) of a stable name inside assay's own namespace.
std::string uuid5(std::string_view name);

}  // namespace assay
