// SPDX-License-Identifier: Apache-2.0
#include "label/c2pa_store.h"

#include <array>
#include <string_view>

#include "formats/tiff/directory.h"
#include "label/c2pa_bmff.h"
#include "label/c2pa_places.h"

namespace assay::label {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t kMaxParts = 1'000'000;  // chunks or segments walked over
constexpr std::string_view kPng = "\x89PNG\r\n\x1a\n";
// d8fec3d6-1b0e-483c-9297-5828877ec481
constexpr std::string_view kBmffUuid =
    "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81";

Status add(C2paStore& store, std::string_view bytes, ByteRange range) {
  if (store.bytes.size() + bytes.size() > kMaxStore)
    return Error{Code::limit, "the manifest store is too large", range.offset};
  store.bytes += bytes;
  store.ranges.push_back(range);
  return Done{};
}

Status add_only(C2paStore& store, ByteSource& in, std::uint64_t at, std::uint64_t size,
                ByteRange range) {
  if (size > kMaxStore) return Error{Code::limit, "the manifest store is too large", at};
  return add_whole(store, TRY(in.copy(at, size)), range);
}

// --- JPEG: APP11 segments of JUMBF (ISO/IEC 19566-5 Annex D). Each repeats the head of its box.

class JpegStore {
 public:
  C2paStore store;

  Status add_segment(Bytes data, std::uint64_t at, ByteRange segment) {
    ByteReader in(data, at);
    const auto identifier = in.take(2);
    if (!identifier.ok() || as_text(*identifier) != "JP") return Done{};
    const std::uint16_t instance = TRY(in.be<std::uint16_t>());
    const std::uint32_t sequence = TRY(in.be<std::uint32_t>());
    const std::string_view box = as_text(in.rest());
    const std::uint32_t size = TRY(in.be<std::uint32_t>());
    TRY(in.take(size == 1 ? 12 : 4));
    const bool first = sequence == 1 && is_store(as_text(in.rest()));
    if (first && next_ != 0)
      return Error{Code::invalid, "there are two manifest stores", segment.offset};
    if (first) {
      instance_ = instance;
      next_ = 2;
      return add(store, box, segment);
    }
    if (next_ == 0 || instance != instance_) return Done{};
    if (sequence != next_++)
      return Error{Code::invalid, "the segments of the manifest store are out of order",
                   segment.offset};
    return add(store, as_text(in.rest()), segment);
  }

 private:
  // The content of a superbox whose description is of the type "c2pa".
  static bool is_store(std::string_view content) {
    return content.size() >= 12 && content.substr(4, 8) == "jumdc2pa";
  }

  std::uint16_t instance_ = 0;
  std::uint32_t next_ = 0;  // sequence number; 0 before the store
};

Result<C2paStore> in_jpeg(ByteSource& in) {
  constexpr std::uint8_t kApp11 = 0xeb;
  JpegStore out;
  std::uint64_t at = 2;
  for (std::uint64_t parts = 0;; ++parts) {
    if (parts > kMaxParts) return Error{Code::limit, "too many segments", at};
    ByteReader head(TRY(in.exactly(at, 2)), at);
    if (TRY(head.be<std::uint8_t>()) != 0xff)
      return Error{Code::invalid, "no marker where a segment must begin", at};
    const std::uint8_t marker = TRY(head.be<std::uint8_t>());
    if (marker == 0xff) {  // fill byte
      ++at;
      continue;
    }
    if (marker == 0xda || marker == 0xd9) break;  // the picture begins, or nothing follows
    const Bytes length = TRY(in.exactly(at + 2, 2));
    const std::uint64_t size = TRY(ByteReader(length).be<std::uint16_t>());
    if (size < 2) return Error{Code::invalid, "segment is shorter than its length", at};
    const Bytes data = TRY(in.exactly(at + 4, size - 2));
    if (marker == kApp11) TRY(out.add_segment(data, at + 4, {at, size + 2}));
    at += size + 2;
  }
  return found(std::move(out.store));
}

// --- PNG: the chunk caBX.

Result<C2paStore> in_png(ByteSource& in) {
  constexpr std::uint64_t kFrame = 12;  // length, type and CRC
  C2paStore out;
  std::uint64_t at = kPng.size();
  for (std::uint64_t parts = 0; at < in.size(); ++parts) {
    if (parts > kMaxParts) return Error{Code::limit, "too many chunks", at};
    ByteReader head(TRY(in.exactly(at, 8)), at);
    const std::uint64_t size = TRY(head.be<std::uint32_t>());
    const std::string type(as_text(head.rest()));
    if (size + kFrame > in.size() - at) return Error{Code::invalid, "chunk ends too early", at};
    if (type == "caBX") TRY(add_only(out, in, at + 8, size, {at, size + kFrame}));
    if (type == "IEND") break;
    at += size + kFrame;
  }
  return found(std::move(out));
}

// --- RIFF: the chunk C2PA beside the others of the file's form.

Result<C2paStore> in_riff(ByteSource& in) {
  C2paStore out;
  std::uint64_t at = 12;
  for (std::uint64_t parts = 0; at < in.size(); ++parts) {
    if (parts > kMaxParts) return Error{Code::limit, "too many chunks", at};
    if (in.size() - at < 8) break;  // bytes after the form
    ByteReader head(TRY(in.exactly(at, 8)), at);
    const std::string type(as_text(TRY(head.take(4))));
    const std::uint64_t size = TRY(head.le<std::uint32_t>());
    if (size > in.size() - at - 8) {
      if (type == "C2PA") return Error{Code::invalid, "chunk ends too early", at};
      break;  // a recording that was cut off; the store is not behind it
    }
    const std::uint64_t padded = std::min(size + size % 2, in.size() - at - 8);
    if (type == "C2PA") TRY(add_only(out, in, at + 8, size, {at, padded + 8}));
    at += padded + 8;
  }
  return found(std::move(out));
}

// --- ISO base media: a uuid box; after the uuid: version and flags, the purpose, for manifests an
// offset of 8 bytes, the store.

Result<C2paStore> in_bmff(ByteSource& in) {
  constexpr std::uint64_t kLongestHead = 64;
  C2paStore out;
  const std::vector<BmffBox> boxes = TRY(bmff_boxes(in, 0, in.size()));
  for (const BmffBox& box : boxes) {
    if (box.type != "uuid") continue;
    const std::uint64_t have = std::min(box.end - box.content, kLongestHead);
    ByteReader head(TRY(in.exactly(box.content, have)), box.content);
    const auto uuid = head.take(kBmffUuid.size());
    if (!uuid.ok() || as_text(*uuid) != kBmffUuid) continue;
    TRY(head.take(4));
    const Bytes purpose = TRY(head.until(std::byte{0}));
    if (as_text(purpose) == "original" || as_text(purpose) == "update")
      return Error{Code::unsupported, "the manifest store stands in two boxes", box.offset};
    if (as_text(purpose) != "manifest") continue;
    TRY(head.take(8));
    TRY(add_only(out, in, head.offset(), box.end - head.offset(), {box.offset, box.size()}));
  }
  return found(std::move(out));
}

// --- which container it is

// The sync of an MPEG audio frame (ISO/IEC 11172-3, 2.4.1.3).
bool is_mpeg_audio(std::string_view head) {
  return head.size() > 1 && head[0] == '\xff' && (head[1] & '\xe0') == '\xe0';
}
bool is_tiff(std::string_view head) { return formats::tiff::layout_of(as_raw(head)).has_value(); }
bool is_pdf(std::string_view head) { return head.find("%PDF-") != std::string_view::npos; }

struct Place {
  std::size_t at;
  std::string_view mark;
  bool (*known)(std::string_view head);  // beside the mark
  Result<C2paStore> (*find)(ByteSource& in);
};

constexpr std::array<Place, 10> kPlaces = {{
    {0, "\xff\xd8\xff"sv, nullptr, in_jpeg},
    {0, kPng, nullptr, in_png},
    {0, "RIFF"sv, nullptr, in_riff},
    {4, "ftyp"sv, nullptr, in_bmff},
    {0, "GIF8"sv, nullptr, c2pa_in_gif},
    {0, "ID3"sv, nullptr, c2pa_in_id3},
    {0, "fLaC"sv, nullptr, c2pa_in_id3},
    {0, ""sv, is_mpeg_audio, c2pa_in_id3},
    {0, ""sv, is_tiff, c2pa_in_tiff},
    {0, ""sv, is_pdf, c2pa_in_pdf},
}};

// Null: none of these.
Result<const Place*> place_of(ByteSource& in) {
  constexpr std::uint64_t kHead = 1024;  // within which a PDF's header stands
  const std::string head = TRY(in.copy(0, kHead));
  for (const Place& place : kPlaces)
    if (head.size() >= place.at &&
        std::string_view(head).substr(place.at).starts_with(place.mark) &&
        (place.known == nullptr || place.known(head)))
      return &place;
  return nullptr;
}

}  // namespace

Result<C2paStore> find_c2pa_store(ByteSource& in) {
  const Place* place = TRY(place_of(in));
  if (place != nullptr) return place->find(in);
  return Error{Code::unsupported, "manifest stores are not looked for in this container", 0};
}

Result<bool> may_hold_c2pa_store(ByteSource& in) {
  const auto store = find_c2pa_store(in);
  if (store.ok() || store.error().code == Code::invalid || store.error().code == Code::limit)
    return true;
  if (store.error().code == Code::not_found) return false;
  if (store.error().code == Code::unsupported) return TRY(place_of(in)) != nullptr;
  return store.error();
}

Result<C2paStore> read_c2pa_sidecar(ByteSource& in) {
  if (in.size() > kMaxStore) return Error{Code::limit, "the manifest store is too large", 0};
  return C2paStore{TRY(in.copy(0, in.size())), {}};
}

}  // namespace assay::label
