// SPDX-License-Identifier: Apache-2.0
#include "label/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/strings.h"
#include "formats/exif/exif.h"
#include "formats/xmp/xmp.h"
#include "label/c2pa_store.h"

namespace assay::label {
namespace {

namespace exif = formats::exif;
namespace xmp = formats::xmp;
using formats::Change;
using formats::Item;
using formats::ItemKind;

constexpr std::size_t kWindow = 1 << 16;
using Fields = std::array<std::string, kKeyCount>;

enum Key : std::size_t { kLabel, kProducer, kProduceId, kReserved1, kPropagator, kPropagateId };

Error refused(std::string what, std::string mend) {
  return Error{Code::invalid, std::move(what), 0, {}, std::move(mend)};
}

Fields fields_of(const Label& label) {
  Fields out;
  for (std::size_t i = 0; i < kKeyCount; ++i) out[i] = label.text(kKeys[i]);
  return out;
}

}  // namespace

bool whole(const Label& label) {
  return label.form == Form::bare && !label.base64 && !label.twice && !label.more &&
         label.fields.size() == kKeyCount &&
         std::all_of(kKeys.begin(), kKeys.end(), [&](std::string_view key) {
           const Field* field = label.find(key);
           return field != nullptr && field->type == FieldType::text;
         });
}

namespace {

Fields of_producer(const Request& request) {
  Fields out;
  for (std::size_t i = 0; i < kKeyCount; ++i) out[i] = request.values[i].value_or("");
  if (!request.values[kLabel]) out[kLabel] = kLabelValues.front();
  if (!request.values[kPropagator]) out[kPropagator] = out[kProducer];
  if (!request.values[kPropagateId]) out[kPropagateId] = out[kProduceId];
  return out;
}

// The label that is to stand in the file, from the one that stands there.
Result<Fields> wanted(const Reading& reading, const Request& request) {
  if (request.role == Role::producer) {
    Fields out = of_producer(request);
    if (out[kPropagator] == out[kProducer] && out[kPropagateId] == out[kProduceId]) return out;
    return refused("on first write the propagation fields equal the producer's",
                   "leave --propagator and --propagate-id away, or give --as propagator too");
  }
  if (!request.values[kPropagator] || !request.values[kPropagateId])
    return refused("a propagator writes its own name or code and content number",
                   "give --propagator and --propagate-id");
  const bool given = request.values[kProducer] && request.values[kProduceId];
  if (given) return of_producer(request);
  if (reading.found.size() != 1)
    return refused(fmt::format("the file holds {} labels, and a propagator adds to exactly one",
                               reading.found.size()),
                   "give --label 2 or 3 with --producer and --produce-id to write a new one");
  const Label label = parse(reading.found[0].value);
  if (!whole(label))
    return refused("the label in the file is faulty, and cannot be added to",
                   "see: assay label check; write a new one with --producer, --produce-id and "
                   "--replace");
  for (std::size_t i = 0; i < kPropagator; ++i)
    if (request.values[i])
      return refused(fmt::format("{} belongs to the producer of the label in the file", kKeys[i]),
                     "leave it away, or give --producer and --produce-id to write a new label");
  Fields out = fields_of(label);
  for (std::size_t i = 0; i < kKeyCount; ++i)
    if (request.values[i]) out[i] = *request.values[i];
  return out;
}

// May the labels of the file give way to `fields`?
Status may_replace(const Reading& reading, const Request& request, const Fields& fields) {
  if (reading.found.empty() || request.replace) return Done{};
  const Fields have = fields_of(parse(reading.found[0].value));
  const bool same_producer =
      have[kProducer] == fields[kProducer] && have[kProduceId] == fields[kProduceId];
  const bool adds = request.role == Role::propagator && same_producer;
  if (reading.found.size() == 1 && (adds || have == fields)) return Done{};
  return refused(fmt::format("the file holds another label already: {}", reading.found[0].where),
                 "--replace puts the new one in its place");
}

// A label that is written beside one that was not read would be the second.
Status refuse_unread(const Reading& reading, const Request& request) {
  const auto flaw = std::find_if(reading.flaws.begin(), reading.flaws.end(),
                                 [](const Flaw& one) { return one.id.ends_with("-unread"); });
  if (flaw == reading.flaws.end() || request.replace) return Done{};
  return refused(
      fmt::format("a part of the metadata cannot be read, and may hold a label: {}", flaw->where),
      "mend the file, or write beside that part by --replace");
}

// What is given as a code must be one: check would fault it.
Status refuse_faulty_codes(const Request& request) {
  for (const Key key : {kProducer, kPropagator})
    for (const Flaw& flaw : check_name_or_code(kKeys[key], request.values[key].value_or("")))
      return refused(fmt::format("not written, as check would fault it: {}", flaw.message.en),
                     flaw.mend.en);
  return Done{};
}

// Is the text a label and nothing else? What stands beside one is not ours to cut.
bool only_label(std::string_view text) {
  std::string_view rest = trim(text);
  for (const std::string_view lead : {"AIGC=", "AIGC:", "AIGC"})
    if (rest.starts_with(lead)) {
      rest.remove_prefix(lead.size());
      break;
    }
  const Label label = parse(rest);
  return rest.starts_with('{') && label.form != Form::none && !label.more &&
         label.find("ContentProducer") != nullptr;
}

Error not_ours(const Item& item) {
  return {Code::unsupported,
          "a label stands among other data, which are not ours to cut: " + item.place,
          item.offset,
          {},
          "take it out with the program that wrote it"};
}

// The item with no label in it; nothing where nothing else is in it.
Result<std::optional<std::string>> cleaned(const Item& item) {
  switch (item.kind) {
    case ItemKind::xmp:
      return std::optional<std::string>(TRY(xmp::without_property(item.value, kName, {})));
    case ItemKind::exif: {
      std::string out = item.value;
      for (const exif::Entry& entry : TRY(exif::read(as_raw(item.value), {})).entries) {
        const bool holds = entry.tag == exif::Tag::xmp || !label_in(entry.value).empty();
        if (holds && (entry.tag == exif::Tag::xmp || !only_label(entry.value)))
          return not_ours(item);
        if (holds) out = TRY(exif::without(as_raw(std::string(out)), entry.tag, {}));
      }
      return std::optional<std::string>(std::move(out));
    }
    case ItemKind::text: break;
  }
  if (to_lower(item.key).find("aigc") != std::string::npos || only_label(item.value))
    return std::optional<std::string>();
  return not_ours(item);
}

// The item that is to hold the label: one that holds it, or for XMP the packet that readers take.
std::optional<std::size_t> home(const Reading& reading) {
  for (const Found& found : reading.found)
    if (found.place == Place::agreed) return found.item;
  if (reading.format->adds != ItemKind::xmp) return std::nullopt;
  const auto& items = reading.metadata.items;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].kind == ItemKind::xmp && items[i].agreed && items[i].broken.empty()) return i;
  return std::nullopt;
}

Result<std::string> with_label(const Reading& reading, std::string_view packet,
                               const std::string& value) {
  if (reading.format->adds != ItemKind::xmp) return value;
  return xmp::with_property(packet, {kNamespace, kPrefix, kName}, value, {});
}

}  // namespace

Result<std::string> compose(const Fields& fields) {
  nlohmann::ordered_json out;
  for (std::size_t i = 0; i < kKeyCount; ++i) {
    if (i < kRequired && fields[i].empty())
      return refused(fmt::format("{} is empty", kKeys[i]), "give it a value");
    if (fields[i].size() > kMaxValueBytes)
      return refused(fmt::format("{} is longer than {} bytes", kKeys[i], kMaxValueBytes),
                     "a value is a name, code, number or protection data");
    if (count_bad_characters(fields[i]) > 0)
      return refused(fmt::format("{} holds characters that are not allowed: '{}'", kKeys[i],
                                 printable(fields[i], 80)),
                     "use ASCII letters, digits and signs without spaces and backslashes; for a "
                     "Chinese name, the provider code");
    out[std::string(kKeys[i])] = fields[i];
  }
  return out.dump();
}

Result<Change> change_to(const Reading& reading, const std::optional<std::string>& value) {
  const auto& items = reading.metadata.items;
  Change out;
  const std::optional<std::size_t> target = value ? home(reading) : std::nullopt;
  if (target)
    out.edits.push_back({*target, TRY(with_label(reading, items[*target].value, *value))});
  else if (value)
    out.add = TRY(with_label(reading, {}, *value));
  for (const Found& found : reading.found) {
    const auto done = [&](const formats::Edit& edit) { return edit.item == found.item; };
    if (std::any_of(out.edits.begin(), out.edits.end(), done)) continue;
    out.edits.push_back({found.item, TRY(cleaned(items[found.item]))});
  }
  return out;
}

Status refuse_signed(ByteSource& in) {
  if (!TRY(may_hold_c2pa_store(in))) return Done{};
  return refused("the file holds a C2PA signature, which a change of the label would break",
                 "write the label first and sign by C2PA last; --will-resign where you sign it "
                 "again");
}

Result<Written> put_label(FileSource& in, const Reading& reading, const std::string& value,
                          const fs::path& path, const fs::path& out, const Accept& accept) {
  if (reading.format->write == nullptr)
    return Error{Code::unsupported,
                 fmt::format("{} has no place for a label in its metadata", reading.format->name)};
  TRY(in.file().lock());
  const Change change = TRY(change_to(reading, value));
  const Splice splice = TRY(reading.format->write(in, reading.metadata, change, {}));
  AtomicFile file = TRY(AtomicFile::create_regular(out));
  TRY(file.keep_mode_of(path));
  TRY(splice.apply(in, file));
  // LBL-META-022: what was written is read back before it takes the old file's place.
  const fs::path there = TRY(file.written());
  FileSource again(TRY(FileReader::open(there)), kWindow);
  const Reading back = TRY(read(again, path));
  const bool right = back.found.size() == 1 && back.found[0].value == value &&
                     back.found[0].place == Place::agreed;
  if (!right) return Error{Code::internal, "the label cannot be read back as it was written"};
  if (accept) TRY(accept(again, back));
  TRY(in.file().unchanged());
  TRY(file.commit());
  return Written{std::string(reading.format->name), back.found[0].where, value, true};
}

Result<Written> write_file(const fs::path& path, const Request& request, const fs::path& out) {
  FileSource in(TRY(FileReader::open(path)), kWindow);
  const Reading reading = TRY(read(in, path));
  const Fields fields = TRY(wanted(reading, request));
  const std::string value = TRY(compose(fields));
  TRY(refuse_faulty_codes(request));
  TRY(may_replace(reading, request, fields));
  TRY(refuse_unread(reading, request));
  const bool there = reading.found.size() == 1 && reading.found[0].value == value &&
                     reading.found[0].place == Place::agreed;
  if (there && out == path)
    return Written{std::string(reading.format->name), reading.found[0].where, value, false};
  if (!request.will_resign) TRY(refuse_signed(in));
  return put_label(in, reading, value, path, out);
}

}  // namespace assay::label
