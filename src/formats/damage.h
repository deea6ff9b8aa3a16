// SPDX-License-Identifier: Apache-2.0
//
// For tests: bytes as disks, networks and other programs damage them, the same for the same seed.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace assay::formats {

// Changes `bytes` in one to three ways.
class Damage {
 public:
  explicit Damage(std::uint64_t seed) : random_(seed) {}

  std::string of(std::string_view bytes) {
    std::string out(bytes);
    for (std::size_t n = 1 + below(3); n > 0 && !out.empty(); --n) change(out);
    return out;
  }

 private:
  struct Block {
    std::size_t at, size;
  };

  std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }
  char byte() { return static_cast<char>(random_()); }
  // Mostly short: what is damaged then lies within one element.
  Block block(const std::string& in) {
    const std::size_t at = below(in.size());
    const std::size_t most = below(4) == 0 ? in.size() : 32;
    return {at, 1 + below(std::min(most, in.size() - at))};
  }

  void change(std::string& bytes) {
    const Block one = block(bytes);
    switch (below(7)) {
      case 0:
        for (std::size_t n = 1 + below(8); n > 0; --n) bytes[below(bytes.size())] = byte();
        break;
      case 1: std::fill_n(bytes.begin() + static_cast<long>(one.at), one.size, byte()); break;
      case 2:
        for (std::size_t i = 0; i < one.size; ++i) bytes[one.at + i] = byte();
        break;
      case 3: bytes.erase(one.at, one.size); break;
      case 4: bytes.insert(below(bytes.size()), bytes.substr(one.at, one.size)); break;
      case 5: {
        const std::string moved = bytes.substr(one.at, one.size);
        bytes.erase(one.at, one.size);
        bytes.insert(below(bytes.size() + 1), moved);
        break;
      }
      default: set_number(bytes);
    }
  }

  // A number of 1 to 8 bytes of either order, as a size or an offset may be, at an extreme.
  void set_number(std::string& bytes) {
    const std::uint64_t size = bytes.size();
    const std::array<std::uint64_t, 12> extremes = {0,
                                                    1,
                                                    0x7f,
                                                    0x80,
                                                    0x7fff,
                                                    0x7fff'ffff,
                                                    0x8000'0000,
                                                    ~std::uint64_t{0},
                                                    ~std::uint64_t{0} >> 1,
                                                    size,
                                                    size - 1,
                                                    size + 1};
    const std::uint64_t value = extremes[below(extremes.size())];
    const std::size_t width = std::size_t{1} << below(4), at = below(bytes.size());
    const bool little = below(2) == 0;
    for (std::size_t i = 0; i < width && at + i < bytes.size(); ++i)
      bytes[at + i] = static_cast<char>(value >> 8 * (little ? i : width - 1 - i));
  }

  std::mt19937_64 random_;
};

inline constexpr std::uint64_t kDamages = 10'000;  // of each format

inline std::string as_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

}  // namespace assay::formats
