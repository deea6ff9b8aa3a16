// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/strings.h"
#include "formats/exif/exif.h"
#include "formats/xmp/xmp.h"
#include "label/flaws.h"
#include "label/label.h"

namespace assay::label {
namespace {

namespace exif = formats::exif;
namespace xmp = formats::xmp;
using formats::Item;
using formats::ItemKind;
using formats::MediaFormat;

constexpr std::size_t kWindow = 4096;
constexpr std::size_t kMaxLabel = 64 * 1024;  // of a label found inside other text

bool has_name(std::string_view text) {
  return to_lower(text).find(to_lower(kName)) != std::string::npos;
}

// Tencent Cloud's schema, seen in ImageDescription.
bool other_scheme(std::string_view text) {
  return text.find("\"ServiceProvider\"") != std::string_view::npos;
}

class Reader {
 public:
  explicit Reader(Reading& out) : out_(out) {}

  void run() {
    for (item_ = 0; item_ < out_.metadata.items.size(); ++item_) {
      const Item& item = out_.metadata.items[item_];
      const std::size_t before = out_.found.size() + out_.flaws.size();
      if (item.broken.empty())
        look_at(item);
      else
        unread(item);
      // A wrong check sum matters where a label stands, not in every comment.
      if (item.damaged && out_.found.size() + out_.flaws.size() != before)
        out_.flaws.push_back(make_flaw(FlawKind::checksum, item.place));
    }
  }

 private:
  void look_at(const Item& item) {
    const Place place =
        item.agreed && item.kind == out_.format->adds ? Place::agreed : Place::elsewhere;
    switch (item.kind) {
      case ItemKind::xmp: look_at_xmp(item.value, item.place, place); break;
      case ItemKind::exif: look_at_exif(item.value, item.place); break;
      case ItemKind::text:
        if (has_name(item.key))
          found(place, item.place, item.value);
        else
          look_at_text(item.value, item.place);
        break;
    }
  }

  void unread(const Item& item) {
    const FlawKind kind = item.kind == ItemKind::xmp    ? FlawKind::xmp_unread
                          : item.kind == ItemKind::exif ? FlawKind::exif_unread
                                                        : FlawKind::text_unread;
    out_.flaws.push_back(make_unread_flaw(kind, item.place, item.broken));
  }

  void look_at_xmp(std::string_view packet, const std::string& where, Place place) {
    const auto properties = xmp::find(as_raw(packet), kName, {});
    if (!properties.ok()) {
      out_.flaws.push_back(make_unread_flaw(FlawKind::xmp_unread, where, properties.error().what));
      return;
    }
    for (const xmp::Property& property : *properties) {
      const std::string name =
          property.prefix.empty() ? property.name : property.prefix + ":" + property.name;
      const std::string_view form = property.form == xmp::Form::element ? "element" : "attribute";
      const std::string at = fmt::format("{}, {} {}", where, form, printable(name, 80));
      const bool right = property.uri == kNamespace && property.name == kName;
      if (!right)
        out_.flaws.push_back(
            make_flaw(FlawKind::wrong_namespace, at, printable(name, 80), printable(property.uri)));
      found(right ? place : Place::other_namespace, at, property.value);
    }
  }

  void look_at_exif(std::string_view data, const std::string& where) {
    const auto read = exif::read(as_raw(data), {});
    if (!read.ok()) {
      out_.flaws.push_back(make_unread_flaw(FlawKind::exif_unread, where, read.error().what));
      return;
    }
    for (const exif::Entry& entry : read->entries) {
      if (entry.tag == exif::Tag::xmp)
        look_at_xmp(entry.value, where + ", EXIF tag 02bc", Place::elsewhere);
      else if (entry.tag == exif::Tag::user_comment)
        look_at_text(entry.value, where + ", EXIF UserComment");
      else
        look_at_text(entry.value, where + ", EXIF ImageDescription");
    }
  }

  void look_at_text(std::string_view text, const std::string& where) {
    const std::string_view value = label_in(text);
    if (!value.empty())
      found(Place::elsewhere, where, value);
    else if (other_scheme(text))
      out_.flaws.push_back(make_flaw(FlawKind::other_scheme, where));
  }

  void found(Place place, std::string where, std::string_view value) {
    out_.found.push_back({place, std::move(where), std::string(value), item_});
  }

  Reading& out_;
  std::size_t item_ = 0;
};

}  // namespace

std::string_view label_in(std::string_view text) {
  const std::string_view start = trim(text.substr(0, kMaxLabel));
  if (start.starts_with('{')) {
    const bool wrapped = trim(start.substr(1)).starts_with("\"AIGC\"");
    const bool keys = start.find("\"ContentProducer\"") != std::string_view::npos;
    return wrapped || keys ? start : std::string_view();
  }
  for (const std::string_view lead : {"AIGC{", "AIGC:{", "AIGC={"}) {
    const std::size_t at = text.find(lead);
    if (at != std::string_view::npos) return text.substr(at + lead.size() - 1, kMaxLabel);
  }
  const std::size_t wrapped = text.find("{\"AIGC\"");
  return wrapped == std::string_view::npos ? std::string_view() : text.substr(wrapped, kMaxLabel);
}

Result<const MediaFormat*> identify(ByteSource& in, const std::filesystem::path& name) {
  const std::string head = TRY(in.copy(0, formats::kHead));
  const std::string ending = to_lower(name.extension().string());
  const MediaFormat* markdown = nullptr;
  for (const MediaFormat* format : formats::media_formats()) {
    if (format->name == "Markdown") markdown = format;
    const auto known = format->sniff(as_raw(head), in);
    if (!known.ok() && known.error().code != Code::invalid) return known.error();
    if (!known.ok() || !*known) continue;
    const bool named = format->name == "Text" && (ending == ".md" || ending == ".markdown");
    return named ? markdown : format;
  }
  return nullptr;
}

Result<Reading> read(ByteSource& in, const std::filesystem::path& name) {
  Reading out;
  out.format = TRY(identify(in, name));
  if (out.format == nullptr)
    return Error{Code::unsupported, "not a format whose label can be read", 0};
  out.metadata = TRY(out.format->read(in, {}));
  Reader(out).run();
  return out;
}

Result<Reading> read_file(const std::filesystem::path& path) {
  FileSource in(TRY(FileReader::open(path)), kWindow);
  return read(in, path);
}

}  // namespace assay::label
