// SPDX-License-Identifier: Apache-2.0
#include "formats/jpeg/mpf.h"

#include <string>
#include <string_view>

namespace assay::formats::jpeg {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kName = "MPF\0"sv;
constexpr std::uint8_t kApp2 = 0xe2;
constexpr std::uint16_t kPictures = 0xb002;  // the tag whose value is the entries
constexpr std::uint64_t kEntry = 16;         // attributes, size, place, two numbers of others
constexpr std::uint64_t kSize = 4, kPlace = 8;

// A TIFF structure, all of whose offsets count from its first byte.
class Index {
 public:
  explicit Index(std::string_view bytes)
      : bytes_(as_raw(bytes)), little_(bytes.starts_with("II")) {}

  template <class T>
  Result<T> number(std::uint64_t at) const {
    ByteReader in(bytes_);
    TRY(in.take(at));
    return little_ ? in.le<T>() : in.be<T>();
  }
  std::string written(std::uint64_t value) const {
    return little_ ? little_endian(value, 4) : big_endian(value, 4);
  }

  // Where the entries stand, and how many bytes they are.
  Result<std::pair<std::uint64_t, std::uint64_t>> entries() const {
    const std::uint64_t at = TRY(number<std::uint32_t>(4));
    const std::uint16_t count = TRY(number<std::uint16_t>(at));
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t field = at + 2 + 12 * i;
      if (TRY(number<std::uint16_t>(field)) != kPictures) continue;
      const std::uint64_t size = TRY(number<std::uint32_t>(field + 4));
      return std::pair<std::uint64_t, std::uint64_t>(TRY(number<std::uint32_t>(field + 8)), size);
    }
    return std::pair<std::uint64_t, std::uint64_t>();
  }

 private:
  Bytes bytes_;
  bool little_;
};

// Of a picture `place` bytes behind the index's first one, at `head`; of the first picture 0.
Status move_picture(const Index& index, std::uint64_t entry, std::uint64_t head, Patches& patches) {
  const std::uint64_t size = TRY(index.number<std::uint32_t>(entry + kSize));
  const std::uint64_t place = TRY(index.number<std::uint32_t>(entry + kPlace));
  const std::uint64_t begin = place == 0 ? 0 : head + place;
  const std::int64_t before = patches.moved(begin);
  const std::int64_t grown = patches.moved(begin + size) - before;
  const std::int64_t further = place == 0 ? 0 : before - patches.moved(head);
  const auto put = [&](std::uint64_t at, std::uint64_t value, std::int64_t by) {
    if (by != 0)
      patches.replace(head + entry + at, 4, index.written(value + static_cast<std::uint64_t>(by)));
  };
  put(kSize, size, grown);
  put(kPlace, place, further);
  return Done{};
}

}  // namespace

Status move_pictures(ByteSource& in, const Segment& segment, Patches& patches) {
  if (segment.marker != kApp2) return Done{};
  const std::string payload = TRY(in.copy(segment.payload, segment.size()));
  if (!payload.starts_with(kName)) return Done{};
  const Index index(std::string_view(payload).substr(kName.size()));
  const auto entries = index.entries();
  if (!entries.ok()) return Done{};
  // What is put into the patches must not move what is still to be counted: it is as long as it
  // was.
  const std::uint64_t head = segment.payload + kName.size();
  for (std::uint64_t at = 0; at + kEntry <= entries->second; at += kEntry)
    if (!move_picture(index, entries->first + at, head, patches).ok()) break;
  return Done{};
}

}  // namespace assay::formats::jpeg
