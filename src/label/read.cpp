// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/strings.h"
#include "formats/exif/exif.h"
#include "formats/jpeg/jpeg.h"
#include "formats/png/png.h"
#include "formats/xmp/xmp.h"
#include "label/flaws.h"
#include "label/label.h"

namespace assay::label {
namespace {

namespace exif = formats::exif;
namespace jpeg = formats::jpeg;
namespace png = formats::png;
namespace xmp = formats::xmp;

// TC260-PG-20259A: the property's namespace and name.
constexpr std::string_view kNamespace = "http://www.tc260.org.cn/ns/AIGC/1.0/";
constexpr std::string_view kName = "AIGC";
constexpr std::string_view kXmpKeyword = "XML:com.adobe.xmp";
constexpr std::size_t kWindow = 4096;
constexpr std::size_t kMaxLabel = 64 * 1024;  // of a label found inside other text

bool has_name(std::string_view text) {
  return to_lower(text).find(to_lower(kName)) != std::string::npos;
}

// The label inside a generic text: {"AIGC": …}, AIGC{…} or the seven keys by themselves at its
// start, the first two also glued into something else. Empty where there is none.
std::string_view label_in(std::string_view text) {
  const std::string_view start = trim(text.substr(0, kMaxLabel));
  if (start.starts_with('{')) {
    const bool wrapped = trim(start.substr(1)).starts_with("\"AIGC\"");
    const bool keys = start.find("\"ContentProducer\"") != std::string_view::npos;
    return wrapped || keys ? start : std::string_view();
  }
  for (const std::string_view lead : {"AIGC{", "AIGC:{", "AIGC={"}) {
    const std::size_t found = text.find(lead);
    if (found != std::string_view::npos) return text.substr(found + lead.size() - 1, kMaxLabel);
  }
  const std::size_t wrapped = text.find("{\"AIGC\"");
  return wrapped == std::string_view::npos ? std::string_view() : text.substr(wrapped, kMaxLabel);
}

// Tencent Cloud's schema, seen in ImageDescription.
bool other_scheme(std::string_view text) {
  return text.find("\"ServiceProvider\"") != std::string_view::npos;
}

class Reader {
 public:
  Reading out;

  Status read_png(ByteSource& in) {
    const png::Png file = TRY(png::read(in, {}));
    for (const png::Chunk& chunk : file.chunks) {
      const std::string where = fmt::format("{} chunk at byte {}", chunk.type, chunk.offset);
      const std::size_t before = out.found.size() + out.flaws.size();
      look_at_chunk(chunk, where);
      // A wrong check sum matters where a label stands, not in every comment.
      if (!chunk.crc_ok && out.found.size() + out.flaws.size() != before)
        out.flaws.push_back(make_flaw(FlawKind::checksum, where, chunk.type));
    }
    return Done{};
  }

  Status read_jpeg(ByteSource& in) {
    const jpeg::Jpeg file = TRY(jpeg::read(in, {}));
    // Readers take an extended packet only where a main one names it (xmpNote:HasExtendedXMP).
    std::string main_packets;
    for (const jpeg::Part& part : file.parts)
      if (part.kind == jpeg::Kind::xmp) main_packets += part.value;
    for (const jpeg::Part& part : file.parts) {
      const std::string where = fmt::format("segment {:02x} at byte {}", part.marker, part.offset);
      switch (part.kind) {
        case jpeg::Kind::xmp: look_at_xmp(part.value, where, Carrier::xmp); break;
        case jpeg::Kind::extended_xmp: {
          if (!part.broken.empty()) {
            out.flaws.push_back(make_unread_flaw(FlawKind::xmp_unread, where, part.broken));
            break;
          }
          const bool named = main_packets.find(part.guid) != std::string::npos;
          look_at_xmp(part.value, where, named ? Carrier::xmp : Carrier::xmp_elsewhere);
          break;
        }
        case jpeg::Kind::exif: look_at_exif(part.value, where); break;
        case jpeg::Kind::other: look_at_text(part.value, where, Carrier::jpeg_segment); break;
      }
    }
    return Done{};
  }

 private:
  void look_at_chunk(const png::Chunk& chunk, const std::string& where) {
    if (chunk.type == "eXIf") return look_at_exif(chunk.value, where);
    if (!chunk.broken.empty()) {
      out.flaws.push_back(make_unread_flaw(FlawKind::text_unread, where, chunk.broken));
      return;
    }
    const std::string named = where + ", keyword " + printable(chunk.keyword, 79);
    if (chunk.keyword == kXmpKeyword) {
      const bool agreed = chunk.type == "iTXt" && !chunk.compressed;
      look_at_xmp(chunk.value, where, agreed ? Carrier::xmp : Carrier::xmp_elsewhere);
    } else if (has_name(chunk.keyword)) {
      out.found.push_back({Carrier::png_text, named, chunk.value});
    } else {
      look_at_text(chunk.value, named, Carrier::png_text);
    }
  }

  void look_at_xmp(std::string_view packet, const std::string& where, Carrier carrier) {
    const auto found = xmp::find(as_raw(packet), kName, {});
    if (!found.ok()) {
      out.flaws.push_back(make_unread_flaw(FlawKind::xmp_unread, where, found.error().what));
      return;
    }
    for (const xmp::Property& property : *found) {
      const std::string name =
          property.prefix.empty() ? property.name : property.prefix + ":" + property.name;
      const std::string_view form = property.form == xmp::Form::element ? "element" : "attribute";
      const std::string place = fmt::format("{}, {} {}", where, form, printable(name, 80));
      const bool right = property.uri == kNamespace && property.name == kName;
      if (!right)
        out.flaws.push_back(make_flaw(FlawKind::wrong_namespace, place, printable(name, 80),
                                      printable(property.uri)));
      out.found.push_back({right ? carrier : Carrier::xmp_namespace, place, property.value});
    }
  }

  void look_at_exif(std::string_view data, const std::string& where) {
    const auto read = exif::read(as_raw(data), {});
    if (!read.ok()) {
      out.flaws.push_back(make_unread_flaw(FlawKind::exif_unread, where, read.error().what));
      return;
    }
    for (const exif::Entry& entry : read->entries) {
      if (entry.tag == exif::Tag::xmp) {
        look_at_xmp(entry.value, where + ", EXIF tag 02bc", Carrier::xmp_elsewhere);
      } else if (entry.tag == exif::Tag::user_comment) {
        look_at_text(entry.value, where + ", EXIF UserComment", Carrier::exif_comment);
      } else {
        look_at_text(entry.value, where + ", EXIF ImageDescription", Carrier::exif_description);
      }
    }
  }

  void look_at_text(std::string_view text, const std::string& where, Carrier carrier) {
    const std::string_view value = label_in(text);
    if (!value.empty()) {
      out.found.push_back({carrier, where, std::string(value)});
    } else if (other_scheme(text)) {
      out.flaws.push_back(make_flaw(FlawKind::other_scheme, where));
    }
  }
};

}  // namespace

Container sniff(Bytes head) {
  if (png::sniff(head)) return Container::png;
  if (jpeg::sniff(head)) return Container::jpeg;
  return Container::other;
}

Result<Reading> read(ByteSource& in) {
  Reader reader;
  reader.out.container = sniff(TRY(in.view(0, 8)));
  switch (reader.out.container) {
    case Container::png: TRY(reader.read_png(in)); break;
    case Container::jpeg: TRY(reader.read_jpeg(in)); break;
    case Container::other: return Error{Code::unsupported, "neither PNG nor JPEG", 0};
  }
  return std::move(reader.out);
}

Result<Reading> read_file(const std::filesystem::path& path) {
  FileSource in(TRY(FileReader::open(path)), kWindow);
  return read(in);
}

}  // namespace assay::label
