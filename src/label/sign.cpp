// SPDX-License-Identifier: Apache-2.0
#include "label/sign.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/strings.h"
#include "label/flaws.h"

namespace assay::label {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kWindow = 1 << 16;
constexpr int kAttempts = 3;          // signatures differ in length by a few bytes
constexpr std::size_t kReserved = 3;  // ReservedCode1 in kKeys
// GM/T 0006 and FIPS object identifiers.
constexpr std::string_view kSm3WithSm2 = "1.2.156.10197.1.501";
constexpr std::string_view kSm3 = "1.2.156.10197.1.401";
constexpr std::string_view kSha256 = "2.16.840.1.101.3.4.2.1";
// How our binding selects content; the guide leaves the method to the signer. The file is read with
// its label taken out, as change_to() does, and hashed from its first byte to its last; of a PDF,
// whose old bytes always stay, without the revisions at its end that hold a label and nothing else.
constexpr std::string_view kSelection = "assay:file-without-label:1";

// Words seen for the two things that are signed, the guide's first.
bool signs_label(std::string_view type) {
  return type == "Md" || type == "LabelMataData" || type == "LabelMetaData";
}
bool signs_binding(std::string_view type) { return type == "Bnd" || type == "Binding"; }

std::string text_at(const Json& object, std::string_view key) {
  const auto found = object.is_object() ? object.find(std::string(key)) : object.end();
  return object.is_object() && found != object.end() && found->is_string()
             ? found->get<std::string>()
             : std::string();
}

const Json* at(const Json& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(std::string(key));
  return found == object.end() ? nullptr : &*found;
}

// Bytes of hexadecimal digits, nothing where it is none.
std::optional<std::string> unhex(std::string_view text) {
  std::string out;
  if (text.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    unsigned value = 0;
    const char* end = text.data() + i + 2;
    if (std::from_chars(text.data() + i, end, value, 16).ptr != end) return std::nullopt;
    out += static_cast<char>(value);
  }
  return out;
}

std::string hex_of(std::string_view bytes) { return hex(as_raw(bytes)); }

// Does `out` of `old` give the bytes of `now`, both the beginning of one file?
Result<bool> gives(const Splice& out, std::uint64_t old, ByteSource& now) {
  std::uint64_t at = 0;
  for (const Splice::Piece& piece : out.pieces()) {
    if (piece.size > 0 && (piece.offset != at || piece.offset + piece.size > old)) return false;
    if (piece.size == 0 && TRY(now.copy(at, piece.bytes.size())) != piece.bytes) return false;
    at += piece.size > 0 ? piece.size : piece.bytes.size();
  }
  return at == now.size();
}

// Where the last revision of the first `size` bytes begins, if it holds a label and nothing else:
// to write the label behind the bytes before it gives the same bytes again. Else `size`.
Result<std::uint64_t> before_label(ByteSource& in, std::uint64_t size) {
  PartSource now(in, 0, size);
  const Reading reading = TRY(read(now, {}));
  if (reading.found.size() != 1 || reading.found[0].place != Place::agreed) return size;
  const std::uint64_t object = reading.metadata.items[reading.found[0].item].offset;
  for (const std::uint64_t at : {object, object - 1}) {  // a line end may be put before it
    if (at == 0 || at >= size) continue;
    PartSource old(in, 0, at);
    const auto then = read(old, {});
    if (!then.ok() || then->format != reading.format) continue;
    const auto change = change_to(*then, reading.found[0].value);
    if (!change.ok()) continue;
    const auto written = then->format->write(old, then->metadata, *change, {});
    if (written.ok() && TRY(gives(*written, at, now))) return at;
  }
  return size;
}

// The hash of a file that changes are put behind, without those at its end that are only a label.
Result<std::string> hash_before_labels(ByteSource& in, HashAlgorithm hash) {
  constexpr int kRevisions = 100;
  std::uint64_t size = in.size();
  for (int i = 0; i < kRevisions; ++i) {
    const std::uint64_t before = TRY(before_label(in, size));
    if (before == size) break;
    size = before;
  }
  Splice content;
  content.keep(0, size);
  Hasher hasher(hash);
  TRY(content.each(in, [&](std::string_view part) -> Status {
    hasher.update(as_raw(part));
    return Done{};
  }));
  return hasher.finish();
}

// The hash of the file with no label in it.
Result<std::string> content_hash(ByteSource& in, const Reading& reading, HashAlgorithm hash) {
  if (reading.format->write == nullptr)
    return Error{Code::unsupported,
                 fmt::format("{} has no place for a label in its metadata", reading.format->name)};
  if (reading.format->appends) return hash_before_labels(in, hash);
  const formats::Change change = TRY(change_to(reading, std::nullopt));
  const Splice splice = TRY(reading.format->write(in, reading.metadata, change, {}));
  Hasher hasher(hash);
  TRY(splice.each(in, [&](std::string_view part) -> Status {
    hasher.update(as_raw(part));
    return Done{};
  }));
  return hasher.finish();
}

Result<Json> signature_entry(const Sm2Key& key, std::string_view type, const std::string& message,
                             const std::string& key_id) {
  Json out;
  out["Type"] = "DS";
  out["AlgID"] = kSm3WithSm2;
  out["TBSData"]["Type"] = type;
  out["KeyID"] = key_id;
  out["Signature"] = hex_of(TRY(key.sign(message)));
  return out;
}

// What ties a binding to its label: else a binding could be put beside another label of the signer.
std::string label_hash(const Label& label, HashAlgorithm hash) {
  Hasher hasher(hash);
  hasher.update(as_raw(signed_message(label)));
  return hex_of(hasher.finish());
}

Json binding_entry(const std::string& digest, HashAlgorithm hash, const Label& label) {
  Json out;
  out["AlgID"] = hash == HashAlgorithm::sm3 ? kSm3 : kSha256;
  out["Hash"] = hex_of(digest);
  out["CntSel"] = kSelection;
  out["Label"] = label_hash(label, hash);
  return out;
}

Result<std::string> protection(const Sm2Key& key, const Label& label, const SignRequest& request,
                               const std::optional<std::string>& content) {
  Json data;
  data["Type"] = "TC260PG";
  data["Version"] = "1.0";
  Json& signatures = data["PubSD"] = Json::array();
  signatures.push_back(TRY(signature_entry(key, "Md", signed_message(label), request.key_id)));
  if (content) {
    data["Bindings"] = Json::array({binding_entry(*content, *request.bind, label)});
    signatures.push_back(
        TRY(signature_entry(key, "Bnd", data["Bindings"][0].dump(), request.key_id)));
  }
  Json point;
  point["Type"] = "PubKey";
  point["AlgID"] = kSm3WithSm2;
  point["KeyID"] = request.key_id;
  point["KeyValue"] = hex_of(TRY(key.point()));
  signatures.push_back(std::move(point));
  Json out;
  out["SecurityData"] = std::move(data);
  return out.dump();
}

// The one label of a file, where it should be.
Result<Label> the_label(const Reading& reading) {
  if (reading.found.size() != 1 || reading.found[0].place != Place::agreed)
    return Error{Code::invalid,
                 fmt::format("the file holds {} labels, and one in the agreed place is signed",
                             reading.found.size()),
                 0,
                 {},
                 "write it first: assay label write"};
  return parse(reading.found[0].value);
}

// Protection data nest a few levels; a stranger's may nest as deep as the file is long.
bool deep(std::string_view text) {
  constexpr int kDepth = 16;
  int depth = 0;
  for (const char c : text) {
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth > kDepth) return true;
  }
  return false;
}

class Verifier {
 public:
  Verifier(ByteSource& in, const Reading& reading, const std::vector<Sm2Key>& pinned)
      : in_(in), reading_(reading), pinned_(pinned) {}
  Verification out;

  Status run() {
    out.labelled = !reading_.found.empty();
    if (!out.labelled) return Done{};
    const Found& found = reading_.found[0];
    where_ = found.where;
    const Label label = parse(found.value);
    // Readers may take another label, key or object than the one that was signed.
    if (reading_.found.size() != 1 || found.place != Place::agreed || !whole(label)) {
      out.label = out.content = Integrity::undecided;
      say(FlawKind::signature_ambiguous);
      return Done{};
    }
    const std::string_view reserved = label.text(kKeys[kReserved]);
    if (reserved.empty()) return Done{};
    const Json tree =
        deep(reserved) ? Json() : Json::parse(reserved.begin(), reserved.end(), nullptr, false);
    const Json* data = at(tree, "SecurityData");
    if (data == nullptr || text_at(*data, "Type") != "TC260PG") {
      out.label = out.content = Integrity::undecided;
      say(FlawKind::protection_unknown, printable(reserved, 60));
      return Done{};
    }
    const Json* entries = at(*data, "PubSD");
    if (entries == nullptr) entries = at(*data, "PubSd");
    if (entries != nullptr && entries->is_array()) read_entries(*entries);
    out.label = check(label_, signed_message(label));
    return check_binding(at(*data, "Bindings"), label);
  }

 private:
  void say(FlawKind kind, std::string_view a = {}) {
    out.flaws.push_back(make_flaw(kind, where_, a));
  }

  void read_entries(const Json& entries) {
    for (const Json& entry : entries) {
      const std::string type = text_at(entry, "Type");
      if (type == "PubKey") keys_.push_back(&entry);
      if (type != "DS") continue;
      const Json* tbs = at(entry, "TBSData");
      const std::string what = tbs != nullptr && tbs->is_string() ? tbs->get<std::string>()
                               : tbs != nullptr                   ? text_at(*tbs, "Type")
                                                                  : std::string();
      if (signs_label(what)) label_ = &entry;
      if (signs_binding(what)) binding_ = &entry;
    }
  }

  // The key that travels with the label for this signature.
  Result<Sm2Key> travelling(const Json& entry) const {
    for (const Json* key : keys_) {
      if (text_at(*key, "KeyID") != text_at(entry, "KeyID")) continue;
      const auto point = unhex(text_at(*key, "KeyValue"));
      if (point) return Sm2Key::from_point(as_raw(*point));
    }
    return Error{Code::not_found, "no key travels with the label"};
  }

  Integrity check(const Json* entry, const std::string& message) {
    if (entry == nullptr) return Integrity::none;
    if (text_at(*entry, "AlgID") != kSm3WithSm2) {
      say(FlawKind::signature_unknown, printable(text_at(*entry, "AlgID"), 60));
      return Integrity::undecided;
    }
    out.key_id = text_at(*entry, "KeyID");
    const auto signature = unhex(text_at(*entry, "Signature"));
    for (const Sm2Key& key : pinned_)
      if (signature && key.verifies(message, as_raw(*signature)))
        return told(key, Integrity::valid);
    const Result<Sm2Key> own = travelling(*entry);
    if (own.ok() && signature && own->verifies(message, as_raw(*signature))) {
      if (pinned_.empty()) return told(*own, Integrity::intact);
      say(FlawKind::signature_other_key, printable(out.key_id, 60));
      return told(*own, Integrity::invalid);
    }
    if (!own.ok() && pinned_.empty()) {
      say(FlawKind::signature_no_key);
      return Integrity::undecided;
    }
    say(FlawKind::signature_wrong);
    return Integrity::invalid;
  }

  Integrity told(const Sm2Key& key, Integrity integrity) {
    const auto point = key.point();
    if (point.ok()) out.key = hex_of(*point);
    return integrity;
  }

  Status check_binding(const Json* bindings, const Label& label) {
    if (bindings == nullptr || !bindings->is_array() || bindings->empty()) return Done{};
    const Json& entry = (*bindings)[0];
    const std::string algorithm = text_at(entry, "AlgID");
    if (text_at(entry, "CntSel") != kSelection || (algorithm != kSm3 && algorithm != kSha256)) {
      out.content = Integrity::undecided;
      say(FlawKind::binding_unknown, printable(text_at(entry, "CntSel"), 60));
      return Done{};
    }
    const HashAlgorithm hash = algorithm == kSm3 ? HashAlgorithm::sm3 : HashAlgorithm::sha256;
    const std::string now = TRY(content_hash(in_, reading_, hash));
    if (hex_of(now) != to_lower(text_at(entry, "Hash")) ||
        label_hash(label, hash) != text_at(entry, "Label")) {
      out.content = Integrity::invalid;
      say(FlawKind::binding_wrong);
      return Done{};
    }
    const std::string signer = out.key;
    out.content = check(binding_, entry.dump());
    if (out.key != signer) {
      out.content = Integrity::invalid;
      say(FlawKind::signature_other_key, printable(out.key_id, 60));
    }
    if (out.content == Integrity::none) {
      out.content = Integrity::undecided;
      say(FlawKind::binding_unsigned);
    }
    return Done{};
  }

  ByteSource& in_;
  const Reading& reading_;
  const std::vector<Sm2Key>& pinned_;
  std::string where_;
  std::vector<const Json*> keys_;
  const Json* label_ = nullptr;
  const Json* binding_ = nullptr;
};

}  // namespace

std::string signed_message(const Label& label) {
  std::string out;
  for (std::size_t i = 0; i < kRequired; ++i)
    out += fmt::format("{}\"{}\":{}", i == 0 ? "" : ",", kKeys[i],
                       Json(std::string(label.text(kKeys[i])))
                           .dump(-1, ' ', false, Json::error_handler_t::replace));
  return out;
}

namespace {

// Does the label say of itself that it belongs to the content of its file?
bool binds_content(const Label& label) {
  const std::string_view reserved = label.text(kKeys[kReserved]);
  if (deep(reserved)) return false;
  const Json tree = Json::parse(reserved.begin(), reserved.end(), nullptr, false);
  const Json* data = at(tree, "SecurityData");
  return data != nullptr && at(*data, "Bindings") != nullptr;
}

}  // namespace

Status refuse_change_of_content(ByteSource& in, const Reading& reading) {
  TRY(refuse_signed(in));
  for (const Found& found : reading.found)
    if (binds_content(parse(found.value)))
      return Error{Code::invalid,
                   "the label is signed and bound to the content, which would change",
                   0,
                   {},
                   "change the content first and sign last; --will-resign where you sign it again"};
  return Done{};
}

Result<Written> sign_file(const fs::path& path, const SignRequest& request, const fs::path& out) {
  const Sm2Key key = TRY(Sm2Key::from_pem(request.private_key));
  if (request.key_id.empty() || count_bad_characters(request.key_id) > 0)
    return Error{Code::invalid,
                 "the key's id is empty or holds characters that are not allowed",
                 0,
                 {},
                 "use ASCII letters, digits and signs"};
  FileSource in(TRY(FileReader::open(path)), kWindow);
  const Reading reading = TRY(read(in, path));
  const Label label = TRY(the_label(reading));
  if (!label.text(kKeys[kReserved]).empty() && !request.replace)
    return Error{Code::invalid,
                 fmt::format("ReservedCode1 is in use already: {}", reading.found[0].where),
                 0,
                 {},
                 "--replace puts the new protection data in its place"};
  if (!request.will_resign) TRY(refuse_signed(in));
  std::optional<std::string> content;
  if (request.bind) content = TRY(content_hash(in, reading, *request.bind));
  std::optional<std::string> left = content;  // what the new file says of itself
  const Accept fits = [&](ByteSource& made, const Reading& back) -> Status {
    if (request.bind) left = TRY(content_hash(made, back, *request.bind));
    if (left == content) return Done{};
    return Error{
        Code::unsupported,
        fmt::format("the content of this {} cannot be bound to its label", reading.format->name),
        0,
        {},
        "its old metadata stay in the file when new ones are written; --bind none signs the label "
        "alone"};
  };
  const auto attempt = [&]() -> Result<Written> {
    std::array<std::string, kKeyCount> fields;
    for (std::size_t i = 0; i < kKeyCount; ++i) fields[i] = label.text(kKeys[i]);
    fields[kReserved] = TRY(protection(key, label, request, content));
    const std::string value = TRY(compose(fields));
    return put_label(in, reading, value, path, out, fits);
  };
  Result<Written> written = attempt();
  // Where writing changes more than the label (an attribute of XMP becomes an element, a tag
  // grows), the file to bind to is the one that writing leaves.
  for (int again = 0; left != content && again < kAttempts; ++again) {
    content = left;
    written = attempt();
  }
  return written;
}

Result<Verification> verify_file(const fs::path& path, const std::vector<Sm2Key>& pinned) {
  FileSource in(TRY(FileReader::open(path)), kWindow);
  const Reading reading = TRY(read(in, path));
  Verifier verifier(in, reading, pinned);
  TRY(verifier.run());
  return std::move(verifier.out);
}

}  // namespace assay::label
