// SPDX-License-Identifier: Apache-2.0
#include "formats/exif/exif.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "formats/user_comment.h"

namespace assay::formats::exif {
namespace {

constexpr std::uint16_t kMagic = 42;
constexpr std::uint16_t kExifDirectory = 0x8769;
// Bytes of one value by type, TIFF 6.0 section 2 and Exif's UTF-8 (129 is read as bytes).
constexpr std::array<std::uint8_t, 14> kWidth = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

class Structure {
 public:
  Structure(Bytes data, bool little, const Limits& limits)
      : data_(data), little_(little), limits_(limits) {}

  // Reads the directory at `at` into `out`; returns where the Exif directory is said to be.
  Result<std::optional<std::uint32_t>> directory(std::uint64_t at, Exif& out) const {
    ByteReader in = TRY(reader(at));
    const std::uint16_t count = TRY(number<std::uint16_t>(in));
    if (count > limits_.entries) return Error{Code::limit, "too many entries", at};
    std::optional<std::uint32_t> exif;
    for (std::uint16_t i = 0; i < count; ++i) {
      const std::uint64_t start = in.offset();
      const std::uint16_t tag = TRY(number<std::uint16_t>(in));
      const std::uint16_t type = TRY(number<std::uint16_t>(in));
      const std::uint32_t values = TRY(number<std::uint32_t>(in));
      const std::uint32_t place = TRY(number<std::uint32_t>(in));
      if (tag == kExifDirectory) exif = place;
      if (!wanted(tag)) continue;
      const std::uint64_t bytes = std::uint64_t{values} * (type < kWidth.size() ? kWidth[type] : 1);
      const std::uint64_t value_at = bytes <= 4 ? start + 8 : place;
      if (bytes > limits_.value_bytes) return Error{Code::limit, "value is too long", start};
      out.entries.push_back(TRY(entry(static_cast<Tag>(tag), value_at, bytes)));
    }
    return exif;
  }

  Result<ByteReader> reader(std::uint64_t at) const {
    ByteReader in(data_);
    TRY(in.take(at));
    return in;
  }

  template <class T>
  Result<T> number(ByteReader& in) const {
    return little_ ? in.le<T>() : in.be<T>();
  }

 private:
  static bool wanted(std::uint16_t tag) {
    constexpr std::array kWanted = {Tag::image_description, Tag::xmp, Tag::user_comment};
    return std::find(kWanted.begin(), kWanted.end(), static_cast<Tag>(tag)) != kWanted.end();
  }

  Result<Entry> entry(Tag tag, std::uint64_t at, std::uint64_t bytes) const {
    ByteReader in = TRY(reader(at));
    std::string_view raw = as_text(TRY(in.take(bytes)));
    if (tag == Tag::user_comment) return Entry{tag, at, user_comment(raw, little_), bytes};
    while (!raw.empty() && raw.back() == '\0') raw.remove_suffix(1);
    return Entry{tag, at, std::string(raw), bytes};
  }

  Bytes data_;
  bool little_;
  const Limits& limits_;
};

}  // namespace

Result<Exif> read(Bytes data, const Limits& limits) {
  ByteReader in(data);
  const std::string_view order = as_text(TRY(in.take(2)));
  if (order != "II" && order != "MM") return Error{Code::invalid, "no byte order mark", 0};
  const Structure structure(data, order == "II", limits);
  if (TRY(structure.number<std::uint16_t>(in)) != kMagic)
    return Error{Code::invalid, "not a TIFF structure", 2};
  const std::uint32_t first = TRY(structure.number<std::uint32_t>(in));
  Exif out;
  const std::optional<std::uint32_t> nested = TRY(structure.directory(first, out));
  if (nested) TRY(structure.directory(*nested, out));
  return out;
}

Result<std::string> without(Bytes data, Tag tag, const Limits& limits) {
  const Exif found = TRY(read(data, limits));
  std::string out(as_text(data));
  for (const Entry& entry : found.entries) {
    if (entry.tag != tag) continue;
    const std::uint64_t kept =
        tag == Tag::user_comment ? std::min(kCharacterCode, entry.size) : std::uint64_t{0};
    std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(entry.offset + kept), entry.size - kept,
                '\0');
  }
  return out;
}

}  // namespace assay::formats::exif
