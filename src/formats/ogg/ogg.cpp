// SPDX-License-Identifier: Apache-2.0
//
// README.md has the bytes.
#include <map>

#include "formats/media.h"
#include "formats/ogg/page.h"
#include "formats/vorbis_comment.h"

namespace assay::formats::ogg {
namespace {

constexpr std::string_view kSkeleton{"fishead\0", 8};

// A codec whose second packet holds comments.
struct Codec {
  std::string_view name;
  std::string_view first;    // the first packet begins so
  std::string_view comment;  // so the second one, before the list
};

constexpr Codec kCodecs[] = {
    {"Vorbis", "\x01vorbis", "\x03vorbis"},
    {"Opus", "OpusHead", "OpusTags"},
    {"Speex", "Speex   ", ""},
    {"Theora", "\x80theora", "\x81theora"},
    {"FLAC",
     "\x7f"
     "FLAC",
     ""},
};

// A stream that begins with the file and its packet of comments.
struct Stream {
  const Codec* codec = nullptr;
  std::uint32_t serial = 0;
  std::string packet = {};
  std::string prefix = {};       // what stands before the list
  std::vector<Page> pages = {};  // those with the packet, or the first bytes of it so far
  std::size_t segments = 0;      // of the packet
  bool whole = false;
};

struct Ogg {
  explicit Ogg(const MediaLimits& limits) : comments(limits) {}
  std::vector<Stream> streams;  // in the order of `comments`' lists once all is read
  bool skeleton = false;        // one that may store offsets
  Comments comments;
};

// A page on which a stream begins.
Status begin(ByteSource& in, const Page& page, Ogg& ogg) {
  const Bytes bytes = TRY(in.exactly(page.offset + page.header(), page.payload));
  const std::string_view text = as_text(bytes);
  // Skeleton 4.0 and later have an index; "fishead" and its end, then the major version.
  if (text.starts_with(kSkeleton) && text.size() > 8 && text[8] >= 4) ogg.skeleton = true;
  for (const Codec& codec : kCodecs)
    if (text.starts_with(codec.first)) ogg.streams.push_back({&codec, page.serial});
  return Done{};
}

// Takes what `page` has of the packet of comments.
Status gather(ByteSource& in, const Page& page, const MediaLimits& limits, Stream& stream) {
  std::uint64_t n = 0;
  const bool continued = (page.flags & kContinued) != 0;
  if (!page.segments.empty() && continued != (stream.segments > 0))
    return Error{Code::invalid, "pages of the comments are missing", page.offset};
  for (const std::uint8_t length : page.segments) {
    ++stream.segments;
    n += length;
    stream.whole = length < 255;
    if (stream.whole) break;
  }
  if (stream.packet.size() + n > limits.total_bytes)
    return Error{Code::limit, "comments are too long", page.offset};
  stream.packet += as_text(TRY(in.exactly(page.offset + page.header(), n)));
  stream.pages.push_back(page);
  return Done{};
}

// The length of what stands before the list, or why there is none. FLAC has a header of a metadata
// block there: type 4 and the length.
Result<std::size_t> prefix_of(const Stream& stream) {
  const Error none{Code::invalid, "no comments in the second packet"};
  const bool flac = stream.codec->name == "FLAC";
  if (!stream.packet.starts_with(stream.codec->comment)) return none;
  if (flac && (stream.packet.size() < 4 || (stream.packet[0] & 0x7f) != 4)) return none;
  return flac ? 4 : stream.codec->comment.size();
}

Status add_comments(ByteSource& in, const MediaLimits& limits, Stream& stream, Comments& comments) {
  Comments::Place place{std::string(stream.codec->name) + " comments", stream.pages[0].offset};
  for (const Page& page : stream.pages) {
    const bool sound = TRY(crc_matches(in, page));
    place.damaged = place.damaged || !sound;
  }
  const auto prefix = prefix_of(stream);
  if (!prefix.ok()) return comments.add_broken(prefix.error().what, place);
  stream.prefix = stream.packet.substr(0, *prefix);
  return comments.add(ByteReader(as_raw(stream.packet).subspan(*prefix), place.offset), place,
                      limits);
}

Stream* find(Ogg& ogg, std::uint32_t serial) {
  for (Stream& stream : ogg.streams)
    if (stream.serial == serial) return &stream;
  return nullptr;
}

bool complete(const Ogg& ogg) {
  return std::all_of(ogg.streams.begin(), ogg.streams.end(),
                     [](const Stream& stream) { return stream.whole; });
}

Result<Ogg> scan(ByteSource& in, const MediaLimits& limits) {
  Ogg ogg(limits);
  bool beginning = true;  // all streams begin before any goes on (RFC 3533, section 4)
  std::uint64_t at = 0;
  for (std::uint64_t pages = 0; beginning || !complete(ogg); ++pages) {
    if (at > 0 && at == in.size() && complete(ogg)) break;
    if (pages >= limits.elements) return Error{Code::limit, "too many elements", at};
    const Page page = TRY(read_page(in, at));
    if (at == 0 && (page.flags & kFirst) == 0)
      return Error{Code::invalid, "the first page begins no stream", 0};
    beginning = beginning && (page.flags & kFirst) != 0;
    Stream* stream = find(ogg, page.serial);
    if (beginning && stream != nullptr)
      return Error{Code::invalid, "two streams of one number", at};
    if (beginning) TRY(begin(in, page, ogg));
    if (!beginning && stream != nullptr && !stream->whole) TRY(gather(in, page, limits, *stream));
    at = page.end();
  }
  for (Stream& stream : ogg.streams) TRY(add_comments(in, limits, stream, ogg.comments));
  return ogg;
}

// The pages of a stream that are written anew: from the one on which the comments begin to the
// first one on which they are over and a packet ends.
Status take_whole_packets(ByteSource& in, const MediaLimits& limits, Stream& stream,
                          std::string& behind) {
  std::uint64_t at = stream.pages.back().end();
  std::uint64_t walked = 0;
  while (!stream.pages.back().ends_a_packet()) {
    if (++walked > limits.elements) return Error{Code::limit, "too many elements", at};
    Page page = TRY(read_page(in, at));
    at = page.end();
    if (page.serial == stream.serial) stream.pages.push_back(std::move(page));
  }
  std::uint64_t skip = stream.packet.size();
  for (const Page& page : stream.pages) {
    if (page.granule != 0 && page.granule != kNoGranule)
      return Error{Code::unsupported, "sound begins on a page of the comments", page.offset};
    const std::uint64_t skipped = std::min(skip, page.payload);
    skip -= skipped;
    behind += TRY(in.copy(page.offset + page.header() + skipped, page.payload - skipped));
    if (behind.size() > limits.total_bytes)
      return Error{Code::limit, "too much metadata", page.offset};
  }
  return Done{};
}

// The segments of the new pages: of the new packet, then those of the packets behind the old one.
std::vector<std::uint8_t> segments_of(const Stream& stream, std::size_t packet_size) {
  std::vector<std::uint8_t> out(packet_size / 255, 255);
  out.push_back(static_cast<std::uint8_t>(packet_size % 255));
  std::size_t skip = stream.segments;
  for (const Page& page : stream.pages)
    for (const std::uint8_t length : page.segments) {
      if (skip == 0)
        out.push_back(length);
      else
        --skip;
    }
  return out;
}

// `payload` on pages in place of the stream's old ones: as many as there were if that can be, so
// that the later ones keep their numbers.
std::vector<std::string> new_pages(const Stream& stream, std::string_view payload,
                                   const std::vector<std::uint8_t>& segments) {
  const std::size_t least = (segments.size() + kMaxSegments - 1) / kMaxSegments;
  const std::size_t count = std::min(std::max(stream.pages.size(), least), segments.size());
  std::vector<std::string> out;
  auto from = segments.begin();
  bool continued = false;
  for (std::size_t i = 0; i < count; ++i) {
    const auto left = static_cast<std::size_t>(segments.end() - from);
    Page page = stream.pages[0];
    page.sequence += static_cast<std::uint32_t>(i);
    page.segments.assign(from, from + static_cast<std::ptrdiff_t>(left / (count - i)));
    from += static_cast<std::ptrdiff_t>(page.segments.size());
    std::size_t size = 0;
    for (const std::uint8_t length : page.segments) size += length;
    const bool ends = std::any_of(page.segments.begin(), page.segments.end(),
                                  [](std::uint8_t length) { return length < 255; });
    page.granule = ends ? 0 : kNoGranule;
    const int last = i + 1 == count ? stream.pages.back().flags & kLast : 0;
    page.flags = static_cast<std::uint8_t>(last | (continued ? kContinued : 0));
    out.push_back(page_bytes(page, payload.substr(0, size)));
    payload.remove_prefix(size);
    continued = page.segments.back() == 255;
  }
  return out;
}

// What is put in place of old bytes, by their offset.
struct Patch {
  std::uint64_t size = 0;
  std::string bytes;
};
using Patches = std::map<std::uint64_t, Patch>;

// The pages of a stream behind `page` are `by` further on.
Status renumber(ByteSource& in, const MediaLimits& limits, const Page& page, std::uint32_t by,
                Patches& patches) {
  std::uint64_t at = page.end();
  bool last = (page.flags & kLast) != 0;
  for (std::uint64_t walked = 0; !last && at < in.size(); ++walked) {
    if (walked >= limits.elements) return Error{Code::limit, "too many elements", at};
    const auto next = read_page(in, at);
    if (!next.ok())
      return Error{Code::unsupported, "pages that must be renumbered cannot be followed", at};
    at = next->end();
    if (next->serial != page.serial) continue;
    if ((next->flags & kFirst) != 0) break;
    last = (next->flags & kLast) != 0;
    patches[next->offset + kSequenceAt] = {8, renumbered(*next, next->sequence + by)};
  }
  return Done{};
}

Status rewrite(ByteSource& in, const MediaLimits& limits, const CommentList& list, Stream& stream,
               Patches& patches) {
  const std::string bytes = list.bytes();
  if (stream.codec->name == "FLAC") {
    if (bytes.size() > 0xff'ffff)
      return Error{Code::unsupported, "a metadata block holds no more than 16 MiB",
                   stream.pages[0].offset};
    for (std::size_t i = 1; i < 4; ++i)
      stream.prefix[i] = static_cast<char>(bytes.size() >> 8 * (3 - i));
  }
  std::string payload = stream.prefix + bytes;
  if (payload == stream.packet) return Done{};
  const std::size_t packet_size = payload.size();
  std::string behind;
  TRY(take_whole_packets(in, limits, stream, behind));
  payload += behind;
  const auto pages = new_pages(stream, payload, segments_of(stream, packet_size));
  for (std::size_t i = 0; i < stream.pages.size(); ++i)
    patches[stream.pages[i].offset] = {stream.pages[i].size(), i < pages.size() ? pages[i] : ""};
  for (std::size_t i = stream.pages.size(); i < pages.size(); ++i)
    patches[stream.pages.back().offset].bytes += pages[i];
  if (pages.size() == stream.pages.size()) return Done{};
  return renumber(in, limits, stream.pages.back(),
                  static_cast<std::uint32_t>(pages.size() - stream.pages.size()), patches);
}

Result<bool> sniff(Bytes head, ByteSource&) {
  return as_text(head).starts_with(std::string_view("OggS\0", 5));
}

Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  Ogg ogg = TRY(scan(in, limits));
  return std::move(ogg.comments.items.metadata);
}

Result<Splice> write(ByteSource& in, const Metadata&, const Change& change,
                     const MediaLimits& limits) {
  Ogg ogg = TRY(scan(in, limits));
  if (ogg.streams.empty())
    return Error{Code::unsupported, "no stream of a codec that has comments"};
  if (ogg.skeleton) return Error{Code::unsupported, "an index of the streams is not written"};
  TRY(ogg.comments.apply(change));
  Patches patches;
  for (std::size_t i = 0; i < ogg.streams.size(); ++i)
    if (ogg.comments.lists[i].readable)
      TRY(rewrite(in, limits, ogg.comments.lists[i], ogg.streams[i], patches));
  Splice out;
  std::uint64_t at = 0;
  for (const auto& [offset, patch] : patches) {
    out.keep(at, offset - at);
    out.put(patch.bytes);
    at = offset + patch.size;
  }
  out.keep(at, in.size() - at);
  return out;
}

constexpr MediaFormat kFormats[] = {
    {.name = "Ogg",
     .place = {"注释头中键为 AIGC 的注释", "comment AIGC of the comment header"},
     .adds = ItemKind::text,
     .sniff = sniff,
     .read = read,
     .write = write},
};

}  // namespace

extern const std::span<const MediaFormat> kMedia;
const std::span<const MediaFormat> kMedia = kFormats;

}  // namespace assay::formats::ogg
