// SPDX-License-Identifier: Apache-2.0
#include "formats/isobmff/scan.h"

#include <algorithm>

#include "base/strings.h"

namespace assay::formats::isobmff {
namespace {

constexpr std::string_view kXmp =
    "\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";
constexpr std::uint64_t kMaxUserText = std::uint64_t{64} << 10;  // of a box that is not named AIGC

std::uint64_t content(const Box& box) { return box.end() - box.start(); }

std::string without_zeros(std::string text) {
  text.erase(text.find_last_not_of('\0') + 1);
  return text;
}

class Scanner {
 public:
  Scanner(BoxReader& boxes, bool still) : boxes_(boxes), still_(still) {}

  Result<Scan> run();

 private:
  Status movie(const Box& moov);
  Status user_data(const Path& path);
  Status user_text(const Path& path, const Box& box);
  Status packet(const Path& path, const Box& box, const std::string& place);
  Found found(ItemKind kind, const Path& path, const Box& box, const std::string& place);

  BoxReader& boxes_;
  bool still_;
  Scan out_;
};

Found Scanner::found(ItemKind kind, const Path& path, const Box& box, const std::string& place) {
  Found out;
  out.item = {
      .kind = kind, .place = place_of(place, box.offset), .offset = box.offset, .agreed = false};
  out.around = path;
  out.element = box;
  out.at = box.start();
  out.size = content(box);
  return out;
}

// XMP in a uuid box (XMP part 3) or QuickTime's XMP_.
Status Scanner::packet(const Path& path, const Box& box, const std::string& place) {
  Found out = found(ItemKind::xmp, path, box, place);
  if (box.type == "uuid") {
    if (content(box) < kXmp.size()) return Done{};
    const std::string id = TRY(boxes_.bytes(box.start(), kXmp.size()));
    if (id != kXmp) return Done{};
    out.at += kXmp.size();
    out.size -= kXmp.size();
  }
  out.item.value = TRY(boxes_.bytes(out.at, out.size));
  out_.found.push_back(std::move(out));
  return Done{};
}

// A text of QuickTime (length and language first), of 3GPP (version, flags and language first, a
// zero at the end), or bare.
Status Scanner::user_text(const Path& path, const Box& box) {
  const std::string type = box.type[0] == '\xa9' ? "©" + box.type.substr(1) : printable(box.type);
  const bool named = to_lower(box.type) == "aigc";
  if (!named && content(box) > kMaxUserText) return Done{};
  std::string bytes = TRY(boxes_.bytes(box.start(), content(box)));
  if (!looks_like_label(box.type, bytes)) return Done{};
  Found out = found(ItemKind::text, path, box, "moov/udta/" + type);
  out.item.key = type;
  ByteReader in(as_raw(bytes));
  const auto length = in.be<std::uint16_t>();
  if (bytes.starts_with(std::string_view("\0\0\0\0", 4)) && bytes.size() > 6) {
    out.shape = Shape::terminated;
    out.at += 6;
    out.size -= 6;
    bytes.erase(0, 6);
  } else if (length.ok() && bytes.size() >= 4 && *length == bytes.size() - 4) {
    out.shape = Shape::counted;
    out.language = bytes.substr(2, 2);
    bytes.erase(0, 4);
  }
  out.item.value = without_zeros(std::move(bytes));
  if (!valid_utf8(out.item.value)) {
    out.item.value.clear();
    out.item.broken = "the value is not UTF-8 text";
  }
  out_.found.push_back(std::move(out));
  return Done{};
}

Status Scanner::user_data(const Path& path) {
  const BoxList list = TRY(boxes_.inside(path.back().start(), path.back().end()));
  for (const Box& box : list.boxes) {
    if (box.type == "meta")
      TRY(scan_tags(boxes_, path + box, "moov/udta/meta", !still_, out_));
    else if (box.type == "uuid" || box.type == "XMP_")
      TRY(packet(path, box, "moov/udta/" + box.type));
    else
      TRY(user_text(path, box));
  }
  return Done{};
}

Status Scanner::movie(const Box& moov) {
  const BoxList list = TRY(boxes_.inside(moov.start(), moov.end(), true));
  for (const Box& box : list.boxes) {
    if (box.type == "udta") TRY(user_data({moov, box}));
    if (box.type == "meta") TRY(scan_tags(boxes_, {moov, box}, "moov/meta", false, out_));
    if (box.type == "uuid") TRY(packet({moov}, box, "moov/uuid"));
  }
  return Done{};
}

Result<Scan> Scanner::run() {
  out_.top = TRY(boxes_.top());
  for (const Box& box : out_.top) {
    if (box.type == "moov") TRY(movie(box));
    if (box.type == "uuid") TRY(packet({}, box, "uuid"));
    if (box.type != "meta") continue;
    TRY(scan_image(boxes_, box, still_, out_));
    TRY(scan_tags(boxes_, {box}, "meta", false, out_));
  }
  return std::move(out_);
}

}  // namespace

std::string place_of(const std::string& place, std::uint64_t offset) {
  return place + " at byte " + std::to_string(offset);
}

Result<Scan> scan(BoxReader& boxes, bool still) { return Scanner(boxes, still).run(); }

}  // namespace assay::formats::isobmff
