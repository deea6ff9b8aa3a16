// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <new>
#include <vector>

#include "base/files.h"

namespace assay {

namespace {

const EVP_MD* message_digest(HashAlgorithm algorithm) {
  switch (algorithm) {
    case HashAlgorithm::sha384: return EVP_sha384();
    case HashAlgorithm::sha512: return EVP_sha512();
    case HashAlgorithm::sm3: return EVP_sm3();
    default: return EVP_sha256();
  }
}

}  // namespace

struct Hasher::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  explicit State(HashAlgorithm algorithm) {
    if (context == nullptr || EVP_DigestInit_ex(context, message_digest(algorithm), nullptr) != 1)
      throw std::bad_alloc();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { EVP_MD_CTX_free(context); }
};

Hasher::Hasher(HashAlgorithm algorithm) : state_(std::make_unique<State>(algorithm)) {}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(Bytes bytes) { EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()); }

std::string Hasher::finish() {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(state_->context, out, &size);
  return std::string(as_text(std::as_bytes(std::span(out, size))));
}

Digest Sha256::finish() {
  const std::string raw = hasher_.finish();
  Digest out{};
  std::copy_n(as_raw(raw).begin(), std::min(raw.size(), out.size()), out.begin());
  return out;
}

Digest sha256(Bytes bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish();
}

Result<Digest> sha256_file(const std::filesystem::path& path) {
  FileReader in = TRY(FileReader::open(path));
  std::vector<std::byte> buffer(1 << 20);
  Sha256 hash;
  while (true) {
    const std::size_t n = TRY(in.read(buffer));
    if (n == 0) return hash.finish();
    hash.update(Bytes(buffer).first(n));
  }
}

std::string hex(Bytes bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::byte b : bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out.push_back(kDigits[std::to_integer<unsigned>(b) >> 4]);
    out.push_back(kDigits[std::to_integer<unsigned>(b) & 15]);
  }
  return out;
}

Result<Digest> parse_digest(std::string_view text) {
  const auto nibble = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  Digest out{};
  if (text.size() != out.size() * 2)
    return Error{Code::invalid, "a SHA-256 digest has 64 hexadecimal digits", 0};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = nibble(text[2 * i]);
    const int low = nibble(text[2 * i + 1]);
    if (high < 0 || low < 0) return Error{Code::invalid, "not a hexadecimal digit", 2 * i};
    out[i] = static_cast<std::byte>(high << 4 | low);
  }
  return out;
}

std::string uuid5(std::string_view name) {
  // A namespace of our own, drawn once, so that our names meet no one else's.
  constexpr std::string_view kNamespace =
      "\x2f\x9e\x1c\x55\x0b\x6a\x5d\x0e\x8f\x43\x7d\x11\xaa\x90\x4c\x3e";
  unsigned char out[EVP_MAX_MD_SIZE];
  const std::string input = std::string(kNamespace) + std::string(name);
  EVP_Digest(input.data(), input.size(), out, nullptr, EVP_sha1(), nullptr);
  out[6] = static_cast<unsigned char>((out[6] & 0x0F) | 0x50);
  out[8] = static_cast<unsigned char>((out[8] & 0x3F) | 0x80);
  const std::string h = hex(std::as_bytes(std::span(out, 16)));
  return fmt::format("{}-{}-{}-{}-{}", h.substr(0, 8), h.substr(8, 4), h.substr(12, 4),
                     h.substr(16, 4), h.substr(20, 12));
}

}  // namespace assay
