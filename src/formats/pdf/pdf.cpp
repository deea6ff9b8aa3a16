// SPDX-License-Identifier: Apache-2.0
//
// The document information and the XMP packet of a PDF; README.md has the bytes.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "formats/media.h"
#include "formats/pdf/document.h"

namespace assay::formats::pdf {
namespace {

constexpr std::uint64_t kHeaderWithin = 1024;  // Acrobat takes what begins later for no PDF
constexpr std::string_view kKey = "AIGC";
constexpr std::uint64_t kMaxSize = 1 << 30;  // of object numbers; Acrobat's own limit is lower
constexpr std::uint64_t kMaxTableOffset = 9'999'999'999;  // ten digits
constexpr std::uint64_t kMaxGeneration = 65535;

struct Info {
  std::optional<Reference> where;  // of the object; none: there is no such object
  Dictionary dictionary;
  std::string broken;  // why it cannot be read or replaced
};

struct Found {
  Item item;
  std::optional<std::size_t> pair;  // in Info::dictionary
};

struct Contents {
  Info info;
  std::vector<Found> found;
};

// Errors of a part become what is said of it; limits and the system's errors do not.
template <class T>
Result<std::optional<T>> unless_broken(Result<T> result, std::string& broken) {
  if (result.ok()) return std::optional<T>(std::move(result).value());
  const Error& error = result.error();
  if (error.code == Code::limit || error.code == Code::io) return error;
  if (error.code != Code::not_found) broken = error.what;
  return std::optional<T>();
}

class Finder {
 public:
  Finder(Document& document, const MediaLimits& limits) : document_(document), limits_(limits) {}

  Result<Contents> run() {
    TRY(find_info());
    TRY(find_packet());
    return std::move(out_);
  }

 private:
  Status find_info() {
    Info& info = out_.info;
    const std::string_view value = document_.trailer().get("Info");
    const auto where = reference(value);
    if (!where) {
      if (!value.empty() && value != "null") info.broken = "the document information is no object";
      return Done{};
    }
    const auto object = TRY(unless_broken(document_.object(where->number), info.broken));
    if (!object || object->value == "null") return info.broken.empty() ? Done{} : unread(0);
    info.where = where;
    auto read = TRY(unless_broken(document_.dictionary_of(*object), info.broken));
    if (!read) return unread(object->offset);
    info.dictionary = std::move(*read);
    for (std::size_t i = 0; i < info.dictionary.pairs.size(); ++i)
      TRY(look(info.dictionary.pairs[i], i, object->offset, where->number));
    return Done{};
  }

  Status unread(std::uint64_t at) {
    Item item{ItemKind::text, "document information dictionary", at};
    item.broken = out_.info.broken;
    out_.found.push_back({std::move(item), {}});
    return Done{};
  }

  Status look(const Pair& pair, std::size_t index, std::uint64_t at, std::uint64_t number) {
    const bool named = pair.key.find(kKey) != std::string::npos;
    Item item{ItemKind::text, fmt::format("document information dictionary, object {}", number), at,
              printable(pair.key)};
    std::string value = pair.value;
    if (const auto elsewhere = reference(value)) {
      const auto object = TRY(unless_broken(document_.object(elsewhere->number), item.broken));
      value = object ? object->value : std::string();
    }
    const auto text = text_string(value);
    if (!named && (!text || text->find(kKey) == std::string::npos)) return Done{};
    item.agreed = pair.key == kKey;
    if (!text && item.broken.empty()) item.broken = "not a string";
    if (text && text->size() > limits_.value_bytes) item.broken = "value is too long";
    if (item.broken.empty()) item.value = *text;
    out_.found.push_back({std::move(item), index});
    return Done{};
  }

  Status find_packet() {
    std::string ignored;
    const auto root = reference(document_.trailer().get("Root"));
    if (!root) return Done{};
    const auto catalog = TRY(unless_broken(document_.object(root->number), ignored));
    if (!catalog) return Done{};
    const auto entries = TRY(unless_broken(document_.dictionary_of(*catalog), ignored));
    const auto packet = reference(entries ? entries->get("Metadata") : "");
    if (!packet) return Done{};
    Item item{ItemKind::xmp, fmt::format("metadata stream, object {}", packet->number)};
    item.agreed = false;
    const auto object = TRY(unless_broken(document_.object(packet->number), item.broken));
    if (object) {
      item.offset = object->offset;
      const auto bytes = TRY(unless_broken(document_.stream(*object), item.broken));
      item.value = bytes.value_or("");
    }
    if (object || !item.broken.empty()) out_.found.push_back({std::move(item), {}});
    return Done{};
  }

  Document& document_;
  const MediaLimits& limits_;
  Contents out_;
};

std::string big_endian(std::uint64_t value, std::size_t bytes) {
  std::string out;
  for (std::size_t i = bytes; i-- > 0;) out += static_cast<char>(value >> 8 * i & 0xff);
  return out;
}

// Appends a new revision of the document information, and a cross-reference of it in the style of
// the newest one (ISO 32000-1, 7.5.6).
class Update {
 public:
  Update(ByteSource& in, Document& document, const Info& info)
      : in_(in), document_(document), info_(info) {}

  Result<Splice> run() {
    const auto size = to_number<std::uint64_t>(document_.trailer().get("Size"));
    if (!size || *size > kMaxSize) return broken();
    size_ = *size;
    const Reference where = info_.where ? *info_.where : Reference{TRY(new_number()), 0};
    if (where.number >= kMaxSize || where.generation > kMaxGeneration) return broken();
    size_ = std::max(size_, where.number + 1);
    const bool table = document_.ends_in_table();
    const std::uint64_t own = table ? 0 : TRY(new_number());
    splice_.keep(0, in_.size());
    if (const std::string last = TRY(in_.copy(in_.size() - 1, 1)); last != "\n" && last != "\r")
      splice_.put("\n");
    const std::uint64_t at = splice_.size();
    splice_.put(fmt::format("{} {} obj\n<<\n", where.number, where.generation));
    for (const Pair& pair : info_.dictionary.pairs)
      splice_.put(pair.name + " " + pair.value + "\n");
    splice_.put(">>\nendobj\n");
    const std::uint64_t start = splice_.size();
    if (table && at > kMaxTableOffset)
      return Error{Code::unsupported, "the PDF is too long for its cross-reference table", 0};
    if (table)
      put_table(where, at);
    else
      put_stream(where, at, own);
    splice_.put(fmt::format("startxref\n{}\n%%EOF\n", start));
    return std::move(splice_);
  }

 private:
  static Error broken() { return {Code::unsupported, "the cross-reference is broken", 0}; }

  // A number that no object has.
  Result<std::uint64_t> new_number() {
    const auto there = document_.object(size_);
    if (there.ok() || there.error().code != Code::not_found) return broken();
    return size_++;
  }

  // The old trailer without what a cross-reference says of itself.
  std::string trailer(const Reference& where) const {
    constexpr std::array<std::string_view, 13> kOwn = {
        "Size",   "Prev",   "Info",        "XRefStm", "Type",    "W",           "Index",
        "Length", "Filter", "DecodeParms", "F",       "FFilter", "FDecodeParms"};
    std::string out = fmt::format("/Size {}\n/Prev {}\n/Info {} {} R\n", size_, document_.start(),
                                  where.number, where.generation);
    for (const Pair& pair : document_.trailer().pairs)
      if (std::find(kOwn.begin(), kOwn.end(), pair.key) == kOwn.end())
        out += pair.name + " " + pair.value + "\n";
    return out;
  }

  void put_table(const Reference& where, std::uint64_t at) {
    splice_.put(fmt::format("xref\n{} 1\n{:010} {:05} n \ntrailer\n<<\n{}>>\n", where.number, at,
                            where.generation, trailer(where)));
  }

  void put_stream(const Reference& where, std::uint64_t at, std::uint64_t own) {
    const std::uint64_t start = splice_.size();
    const std::size_t width = start <= UINT32_MAX ? 4 : 8;
    const std::string rows = "\1" + big_endian(at, width) + big_endian(where.generation, 2) + "\1" +
                             big_endian(start, width) + big_endian(0, 2);
    splice_.put(
        fmt::format("{} 0 obj\n<<\n/Type /XRef\n/W [1 {} 2]\n/Index [{} 1 {} 1]\n{}/Length "
                    "{}\n>>\nstream\n{}\nendstream\nendobj\n",
                    own, width, where.number, own, trailer(where), rows.size(), rows));
  }

  ByteSource& in_;
  Document& document_;
  const Info& info_;
  std::uint64_t size_ = 0;
  Splice splice_;
};

Status change_info(Contents& contents, const Change& change) {
  std::vector<Pair>& pairs = contents.info.dictionary.pairs;
  std::vector<std::size_t> out;
  for (const Edit& edit : change.edits) {
    if (edit.item >= contents.found.size() || !contents.found[edit.item].pair)
      return Error{Code::unsupported, "this part cannot be changed", 0};
    const std::size_t at = *contents.found[edit.item].pair;
    if (edit.value)
      pairs[at].value = written(*edit.value);
    else
      out.push_back(at);
  }
  std::sort(out.rbegin(), out.rend());
  for (const std::size_t at : out) pairs.erase(pairs.begin() + static_cast<std::ptrdiff_t>(at));
  if (!change.add) return Done{};
  if (!contents.info.dictionary.get(kKey).empty())
    return Error{Code::unsupported, "the key AIGC is taken by something else", 0};
  pairs.push_back({std::string(kKey), written(*change.add), "/" + std::string(kKey)});
  return Done{};
}

Result<bool> sniff(Bytes head, ByteSource& in) {
  constexpr std::string_view kHeader = "%PDF-";
  if (as_text(head).starts_with(kHeader)) return true;
  const Bytes start = TRY(in.view(0, kHeaderWithin));
  return as_text(start).find(kHeader) != std::string_view::npos;
}

Result<Document> open(ByteSource& in, const MediaLimits& limits) {
  if (!TRY(sniff({}, in))) return Error{Code::invalid, "not a PDF", 0};
  return Document::open(in, limits);
}

Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  Document document = TRY(open(in, limits));
  const Contents contents = TRY(Finder(document, limits).run());
  Metadata out;
  for (const Found& one : contents.found) out.items.push_back(one.item);
  return out;
}

Result<Splice> write(ByteSource& in, const Metadata& /*have*/, const Change& change,
                     const MediaLimits& limits) {
  Document document = TRY(open(in, limits));
  Contents contents = TRY(Finder(document, limits).run());
  if (!document.sound())
    return Error{Code::unsupported, "the cross-reference is broken", document.start()};
  if (!contents.info.broken.empty()) return Error{Code::unsupported, contents.info.broken, 0};
  TRY(change_info(contents, change));
  return Update(in, document, contents.info).run();
}

constexpr std::array<MediaFormat, 1> kRows = {
    {{"PDF",
      {"文档信息字典的 AIGC 键", "the key AIGC of the document information dictionary"},
      ItemKind::text,
      sniff,
      read,
      write,
      true}}};

}  // namespace

extern const std::span<const MediaFormat> kMedia;
const std::span<const MediaFormat> kMedia = kRows;

}  // namespace assay::formats::pdf
