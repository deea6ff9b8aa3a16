// SPDX-License-Identifier: Apache-2.0
//
// The tags of a `meta` box: keys and ilst of QuickTime (handler mdta), ilst of iTunes (mdir).
#include <algorithm>

#include "base/strings.h"
#include "formats/isobmff/scan.h"

namespace assay::formats::isobmff {
namespace {

constexpr std::uint32_t kUtf8 = 1;  // "well-known type" of a data box (QuickTime File Format)
constexpr std::uint32_t kImplicit = 0;

std::uint64_t content(const Box& box) { return box.end() - box.start(); }

std::uint64_t number(std::string_view type) {
  std::uint64_t out = 0;
  for (const char c : type) out = out << 8 | static_cast<unsigned char>(c);
  return out;
}

// version and flags, count, then size (with itself), namespace and name each.
Result<std::vector<Key>> read_keys(BoxReader& boxes, const Box& box) {
  const std::string bytes = TRY(boxes.bytes(box.start(), content(box)));
  ByteReader in(as_raw(bytes), box.start());
  TRY(in.take(4));
  const std::uint32_t count = TRY(in.be<std::uint32_t>());
  std::vector<Key> out;
  for (std::uint32_t i = 0; i < count; ++i) {
    TRY(boxes.count(1, in.offset()));
    Key key;
    key.offset = in.offset();
    key.size = TRY(in.be<std::uint32_t>());
    if (key.size < 8) return Error{Code::invalid, "key is shorter than its header", key.offset};
    key.name_space = as_text(TRY(in.take(4)));
    key.name = as_text(TRY(in.take(key.size - 8)));
    out.push_back(std::move(key));
  }
  return out;
}

class Tags {
 public:
  Tags(BoxReader& boxes, Path meta, std::string place, Scan& out)
      : boxes_(boxes), meta_(std::move(meta)), place_(std::move(place)), out_(out) {}

  Status keyed(const BoxList& list, bool agreed);
  Status keyless(const BoxList& list);
  // Notes something that may have hidden a label.
  void broken(const Path& around, const Box& box, const std::string& why);

 private:
  Status entry(const Box& ilst, const Box& box, std::size_t number, const std::string& key,
               bool agreed);
  Status data(const Box& data, Found& found);

  BoxReader& boxes_;
  Path meta_;
  std::string place_;
  Scan& out_;
};

void Tags::broken(const Path& around, const Box& box, const std::string& why) {
  Found found;
  found.item = {
      .kind = ItemKind::text,
      .place = place_of(box.type == "meta" ? place_ : place_ + "/" + box.type, box.offset),
      .offset = box.offset,
      .agreed = false,
      .broken = why};
  found.around = around;
  found.element = box;
  found.at = box.end();
  out_.found.push_back(std::move(found));
}

// The value of a data box: type, locale, bytes. Other than text it has none.
Status Tags::data(const Box& data, Found& found) {
  found.at = data.offset;
  found.size = data.size;
  found.item.broken = "the value is not UTF-8 text";
  if (content(data) < 8) return Done{};
  const std::string head = TRY(boxes_.bytes(data.start(), 4));
  const std::uint64_t type = number(head);
  if (type != kUtf8 && type != kImplicit) return Done{};
  std::string value = TRY(boxes_.bytes(data.start() + 8, content(data) - 8));
  if (!valid_utf8(value)) return Done{};
  found.item.value = std::move(value);
  found.item.broken.clear();
  return Done{};
}

Status Tags::entry(const Box& ilst, const Box& box, std::size_t number, const std::string& key,
                   bool agreed) {
  const BoxList list = TRY(boxes_.inside(box.start(), box.end()));
  const std::string where = place_ + "/ilst item " + std::to_string(number);
  Found found;
  found.item = {.kind = ItemKind::text,
                .place = place_of(where, box.offset),
                .offset = box.offset,
                .key = key,
                .agreed = agreed,
                .broken = "an item without a data box"};
  found.around = meta_ + ilst;
  found.element = box;
  found.shape = Shape::data_box;
  found.at = list.end;
  if (const Box* value = list.find("data")) TRY(data(*value, found));
  if (looks_like_label(found.item.key, found.item.value)) out_.found.push_back(std::move(found));
  return Done{};
}

Status Tags::keyed(const BoxList& list, bool agreed) {
  const Box* keys = list.find("keys");
  const Box* ilst = list.find("ilst");
  if (keys == nullptr) return Done{};
  auto names = read_keys(boxes_, *keys);
  if (!names.ok() && names.error().code != Code::invalid) return names.error();
  if (!names.ok()) {
    broken(meta_, *keys, names.error().what);
    return Done{};
  }
  KeyList out{
      meta_, agreed && list.broken.empty(), *keys, std::move(*names), list.end, std::nullopt, {}};
  if (ilst != nullptr) {
    out.ilst = *ilst;
    out.entries = TRY(boxes_.inside(ilst->start(), ilst->end()));
    if (!out.entries.broken.empty()) {
      out.sound = false;
      broken(meta_, *ilst, out.entries.broken);
    }
  }
  for (std::size_t i = 0; i < out.entries.boxes.size(); ++i) {
    const std::uint64_t index = number(out.entries.boxes[i].type);
    if (index == 0 || index > out.names.size()) {
      out.sound = false;
      continue;
    }
    const Key& key = out.names[index - 1];
    TRY(entry(*ilst, out.entries.boxes[i], i + 1, key.name,
              agreed && key.name_space == "mdta" && key.name == "AIGC"));
  }
  out_.keys.push_back(std::move(out));
  return Done{};
}

Status Tags::keyless(const BoxList& list) {
  const Box* ilst = list.find("ilst");
  if (ilst == nullptr) return Done{};
  const BoxList entries = TRY(boxes_.inside(ilst->start(), ilst->end()));
  if (!entries.broken.empty()) broken(meta_, *ilst, entries.broken);
  for (std::size_t i = 0; i < entries.boxes.size(); ++i) {
    const Box& box = entries.boxes[i];
    std::string key = box.type[0] == '\xa9' ? "©" + box.type.substr(1) : box.type;
    if (box.type == "----") {
      const BoxList parts = TRY(boxes_.inside(box.start(), box.end()));
      const Box* name = parts.find("name");
      if (name != nullptr && content(*name) >= 4)
        key = TRY(boxes_.bytes(name->start() + 4, content(*name) - 4));
    }
    TRY(entry(*ilst, box, i + 1, key, false));
  }
  return Done{};
}

}  // namespace

bool looks_like_label(std::string_view key, std::string_view value) {
  return to_lower(key).find("aigc") != std::string::npos ||
         value.find("AIGC") != std::string_view::npos ||
         value.find("ServiceProvider") != std::string_view::npos;
}

Status scan_tags(BoxReader& boxes, const Path& meta, const std::string& place, bool agreed,
                 Scan& out) {
  const Box& box = meta.back();
  if (content(box) < 8) return Done{};
  // QuickTime's own meta has no version and flags: its first box begins at once.
  const std::string head = TRY(boxes.bytes(box.start(), 4));
  const std::uint64_t skipped = number(head) == 0 ? 4 : 0;
  const BoxList list = TRY(boxes.inside(box.start() + skipped, box.end()));
  std::string handler;
  const Box* hdlr = list.find("hdlr");
  if (hdlr != nullptr && content(*hdlr) >= 12) handler = TRY(boxes.bytes(hdlr->start() + 8, 4));
  Tags tags(boxes, meta, place, out);
  if (!list.broken.empty()) tags.broken({meta.begin(), meta.end() - 1}, box, list.broken);
  if (list.find("keys") == nullptr) return tags.keyless(list);
  return tags.keyed(list, agreed && handler == "mdta" && skipped == 4);
}

}  // namespace assay::formats::isobmff
