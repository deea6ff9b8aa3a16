// SPDX-License-Identifier: Apache-2.0
#include "label/carry.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/byte_reader.h"
#include "formats/inflate.h"

namespace assay::label {
namespace {

constexpr std::string_view kPngHead("\x89PNG\r\n\x1a\n", 8);
constexpr std::string_view kExifHead("Exif\0\0", 6), kIccHead("ICC_PROFILE\0", 12),
    kMpfHead("MPF\0", 4);
constexpr std::uint8_t kHasProfile = 0x20, kHasExif = 0x08, kHasXmp = 0x04, kHasAlpha = 0x10;
constexpr std::uint16_t kOrientation = 0x0112, kShort = 3;

// A chunk or segment: its name, its content, and all of its bytes.
struct Part {
  std::string name;
  std::string_view content;
  std::string whole;
};
using Parts = std::vector<Part>;

Result<Parts> png_parts(std::string_view file) {
  ByteReader in(as_raw(file));
  if (as_text(TRY(in.take(8))) != kPngHead) return Error{Code::invalid, "not a PNG file"};
  Parts out;
  while (!in.empty()) {
    const std::string_view start = as_text(in.rest());
    const std::uint32_t size = TRY(in.be<std::uint32_t>());
    const std::string_view name = as_text(TRY(in.take(4)));
    const std::string_view content = as_text(TRY(in.take(size)));
    TRY(in.take(4));
    out.push_back(
        {std::string(name), content, std::string(start.substr(0, std::size_t{12} + size))});
    if (name == "IEND") break;
  }
  return out;
}

// The segments up to the scan; the last part is the scan and all behind it.
Result<Parts> jpeg_parts(std::string_view file) {
  ByteReader in(as_raw(file));
  if (TRY(in.be<std::uint16_t>()) != 0xFFD8) return Error{Code::invalid, "not a JPEG file"};
  Parts out;
  for (;;) {
    const std::string_view start = as_text(in.rest());
    const std::uint16_t marker = TRY(in.be<std::uint16_t>());
    if (marker == 0xFFFF) return Error{Code::unsupported, "a JPEG with fill bytes"};
    if (marker == 0xFFDA) {
      out.push_back({std::string("\xDA"), {}, std::string(start)});
      return out;
    }
    const std::uint16_t size = TRY(in.be<std::uint16_t>());
    if (marker < 0xFF01 || size < 2) return Error{Code::invalid, "not a JPEG file"};
    const std::string_view content = as_text(TRY(in.take(size - 2U)));
    out.push_back({std::string(1, static_cast<char>(marker & 0xFF)), content,
                   std::string(start.substr(0, std::size_t{2} + size))});
  }
}

Result<Parts> webp_parts(std::string_view file) {
  ByteReader in(as_raw(file));
  const std::string_view head = as_text(TRY(in.take(12)));
  if (!head.starts_with("RIFF") || !head.ends_with("WEBP"))
    return Error{Code::invalid, "not a WebP file"};
  Parts out;
  while (in.remaining() >= 8) {
    const std::string_view start = as_text(in.rest());
    const std::string_view name = as_text(TRY(in.take(4)));
    const std::uint32_t size = TRY(in.le<std::uint32_t>());
    const std::string_view content = as_text(TRY(in.take(size)));
    if (size % 2 != 0 && !in.empty()) TRY(in.take(1));
    Part part{std::string(name), content, std::string(start.substr(0, std::size_t{8} + size))};
    part.whole.resize(part.whole.size() + size % 2);
    out.push_back(std::move(part));
  }
  return out;
}

std::string big(std::uint32_t value, int bytes) {
  std::string out;
  while (bytes-- > 0) out += static_cast<char>(value >> (8 * bytes));
  return out;
}

std::string little(std::uint32_t value, int bytes) {
  std::string out = big(value, bytes);
  std::reverse(out.begin(), out.end());
  return out;
}

// --- the orientation in a TIFF structure

struct Turned {
  std::size_t at = 0;  // of the value
  int value = 1;
  bool big = false;
};

std::optional<Turned> find_orientation(std::string_view tiff) {
  const auto number = [&](std::size_t at, int bytes, bool is_big) {
    std::uint32_t value = 0;
    for (int i = 0; i < bytes; ++i)
      value = value << 8 | static_cast<std::uint8_t>(
                               tiff[at + static_cast<std::size_t>(is_big ? i : bytes - 1 - i)]);
    return value;
  };
  if (tiff.size() < 8 || (tiff[0] != 'I' && tiff[0] != 'M')) return std::nullopt;
  const bool is_big = tiff[0] == 'M';
  const std::size_t first = number(4, 4, is_big);
  if (first > tiff.size() || tiff.size() - first < 2) return std::nullopt;
  const std::size_t count = number(first, 2, is_big);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = first + 2 + 12 * i;
    if (entry + 12 > tiff.size()) return std::nullopt;
    if (number(entry, 2, is_big) != kOrientation || number(entry + 2, 2, is_big) != kShort)
      continue;
    const auto value = static_cast<int>(number(entry + 8, 2, is_big));
    return Turned{entry + 8, value >= 1 && value <= 8 ? value : 1, is_big};
  }
  return std::nullopt;
}

std::string upright(std::string_view tiff) {
  std::string out(tiff);
  if (const auto turned = find_orientation(tiff)) {
    out[turned->at] = turned->big ? 0 : 1;
    out[turned->at + 1] = turned->big ? 1 : 0;
  }
  return out;
}

// --- format by format

constexpr std::string_view kFrames = "all frames of the animation but the first";
constexpr std::string_view kDepth = "16 bits a colour: 8 are left";
constexpr std::string_view kBehind = "data behind the picture";

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Result<Carried> carry_png(std::string_view old, std::string_view drawn) {
  Carried out{std::string(kPngHead), {}};
  const Parts ours = TRY(png_parts(drawn)), theirs = TRY(png_parts(old));
  if (ours.empty() || theirs.empty() || theirs[0].content.size() < 13)
    return Error{Code::invalid, "not a PNG file"};
  const std::string_view head = theirs[0].content;  // depth at 8, colour type at 9
  const bool gray = head[9] == 0 || head[9] == 4;
  if (theirs[0].name == "IHDR" && head[8] == 16) out.dropped.emplace_back(kDepth);
  out.file += ours[0].whole;
  for (const Part& part : theirs) {
    if (part.name == "acTL") out.dropped.emplace_back(kFrames);
    // What goes with the old pixels.
    if (is_one_of(part.name, {"IHDR", "PLTE", "tRNS", "IDAT", "IEND", "bKGD", "hIST", "sBIT",
                              "sPLT", "acTL", "fcTL", "fdAT"}))
      continue;
    if (part.name == "iCCP" && gray) {
      out.dropped.emplace_back("a colour profile of gray");
    } else if (part.name == "eXIf") {
      const std::string body = "eXIf" + upright(part.content);
      out.file += big(static_cast<std::uint32_t>(body.size() - 4), 4) + body +
                  big(formats::crc32_of(as_raw(body)), 4);
    } else {
      out.file += part.whole;
    }
  }
  for (const Part& part : ours)
    if (is_one_of(part.name, {"PLTE", "tRNS", "IDAT", "IEND"})) out.file += part.whole;
  return out;
}

bool is_metadata(const Part& segment) {
  const auto code = static_cast<std::uint8_t>(segment.name[0]);
  return (code >= 0xE0 && code <= 0xEF) || code == 0xFE;
}

// Bytes behind the marker that ends the picture: the film of a moving photo, further pictures.
bool has_more_behind(std::string_view scan) {
  const std::size_t end = scan.find("\xFF\xD9");
  return end != scan.npos && scan.find_first_not_of('\0', end + 2) != scan.npos;
}

Result<Carried> carry_jpeg(std::string_view old, std::string_view drawn) {
  Carried out{"\xFF\xD8", {}};
  const Parts theirs = TRY(jpeg_parts(old));
  for (const Part& part : theirs) {
    const auto code = static_cast<std::uint8_t>(part.name[0]);
    if (code == 0xDA && has_more_behind(part.whole)) out.dropped.emplace_back(kBehind);
    if (!is_metadata(part) || code == 0xEE) continue;  // Adobe's: of the old colours
    const bool profile = code == 0xE2 && part.content.starts_with(kIccHead);
    if (code == 0xE2 && part.content.starts_with(kMpfHead)) {
      out.dropped.emplace_back("an index of more pictures (MPF)");
    } else if (profile && part.content.size() > 34 && part.content[12] == 1 &&
               part.content.substr(30, 4) != "RGB ") {
      out.dropped.emplace_back("a colour profile that is not of RGB");
    } else if (code == 0xE1 && part.content.starts_with(kExifHead)) {
      out.file += part.whole.substr(0, 4 + kExifHead.size()) +
                  upright(part.content.substr(kExifHead.size()));
    } else {
      out.file += part.whole;
    }
  }
  for (const Part& part : TRY(jpeg_parts(drawn)))
    if (!is_metadata(part)) out.file += part.whole;
  return out;
}

Result<Carried> carry_webp(std::string_view old, std::string_view drawn) {
  Carried out;
  const Parts ours = TRY(webp_parts(drawn)), theirs = TRY(webp_parts(old));
  const auto pixels = std::find_if(ours.begin(), ours.end(), [](const Part& part) {
    return part.name == "VP8L" && part.content.size() >= 5;
  });
  if (pixels == ours.end()) return Error{Code::internal, "the drawn picture has no pixels"};
  std::string before, after;
  std::uint8_t flags = 0;
  for (const Part& part : theirs) {
    if (part.name == "ANIM") out.dropped.emplace_back(kFrames);
    if (is_one_of(part.name, {"VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"})) continue;
    if (part.name == "ICCP") {
      flags |= kHasProfile;
      before += part.whole;
      continue;
    }
    if (part.name == "XMP ") flags |= kHasXmp;
    if (part.name != "EXIF") {
      after += part.whole;
      continue;
    }
    flags |= kHasExif;
    const std::size_t head = part.content.starts_with(kExifHead) ? kExifHead.size() : 0;
    after += part.whole.substr(0, 8 + head) + upright(part.content.substr(head));
    after.resize(after.size() + part.content.size() % 2);
  }
  // VP8L: a byte 0x2f, then 14 bits each of width and height less one, then whether there is alpha.
  std::uint32_t sizes = 0;
  for (std::size_t i = 4; i >= 1; --i)
    sizes = sizes << 8 | static_cast<std::uint8_t>(pixels->content[i]);
  if ((sizes >> 28 & 1) != 0) flags |= kHasAlpha;
  std::string body = "WEBP";
  if (!before.empty() || !after.empty())
    body += "VP8X" + little(10, 4) + little(flags, 4) + little(sizes & 0x3FFF, 3) +
            little(sizes >> 14 & 0x3FFF, 3);
  body += before + pixels->whole + after;
  out.file = "RIFF" + little(static_cast<std::uint32_t>(body.size()), 4) + body;
  return out;
}

Result<Parts> parts_of(std::string_view file, PictureFormat format) {
  switch (format) {
    case PictureFormat::png: return png_parts(file);
    case PictureFormat::jpeg: return jpeg_parts(file);
    case PictureFormat::webp: return webp_parts(file);
  }
  return Parts{};
}

}  // namespace

Result<Carried> carry_metadata(std::string_view old, std::string_view drawn, PictureFormat format) {
  switch (format) {
    case PictureFormat::png: return carry_png(old, drawn);
    case PictureFormat::jpeg: return carry_jpeg(old, drawn);
    case PictureFormat::webp: return carry_webp(old, drawn);
  }
  return Carried{};
}

int orientation_of(std::string_view file, PictureFormat format) {
  const Result<Parts> parts = parts_of(file, format);
  if (!parts.ok()) return 1;
  for (const Part& part : *parts) {
    if (!is_one_of(part.name, {"eXIf", "\xE1", "EXIF"})) continue;
    const std::size_t head = part.content.starts_with(kExifHead) ? kExifHead.size() : 0;
    if (const auto turned = find_orientation(part.content.substr(head))) return turned->value;
  }
  return 1;
}

}  // namespace assay::label
