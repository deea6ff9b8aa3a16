// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>

#include "base/byte_reader.h"

namespace assay {

using Digest = std::array<std::byte, 32>;

enum class HashAlgorithm : std::uint8_t { sha256, sha384, sha512, sm3 };  // FIPS 180-4, GB/T 32905

// The hash of what update() was given, in order.
class Hasher {
 public:
  explicit Hasher(HashAlgorithm algorithm);
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  void update(Bytes bytes);
  std::string finish();  // once; the raw bytes

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class Sha256 {
 public:
  void update(Bytes bytes) { hasher_.update(bytes); }
  Digest finish();  // once

 private:
  Hasher hasher_{HashAlgorithm::sha256};
};

Digest sha256(Bytes bytes);
Result<Digest> sha256_file(const std::filesystem::path& path);

std::string hex(Bytes bytes);  // lower case
Result<Digest> parse_digest(std::string_view hex);

// UUID version 5 (RFC 4122, 4.3) of a stable name inside assay's own namespace.
std::string uuid5(std::string_view name);

}  // namespace assay
