// SPDX-License-Identifier: Apache-2.0
#include "formats/isobmff/write.h"

#include <algorithm>

namespace assay::formats::isobmff {
namespace {

std::string data_box(std::string_view value) {
  return box("data", big_endian(1, 4) + big_endian(0, 4) + std::string(value));  // UTF-8, no locale
}

Result<std::string> dressed(const Found& found, const std::string& value) {
  switch (found.shape) {
    case Shape::data_box: return data_box(value);
    case Shape::terminated: return value + '\0';
    case Shape::counted:
      if (value.size() > 0xffff)
        return Error{Code::unsupported, "the text is too long for its box", found.element.offset};
      return big_endian(value.size(), 2) + found.language + value;
    default: return value;
  }
}

// Is the entry of a list of keys taken out?
bool taken_out(const Scan& scan, const Change& change, const Box& entry) {
  return std::any_of(change.edits.begin(), change.edits.end(), [&](const Edit& edit) {
    return !edit.value && scan.found[edit.item].element.offset == entry.offset;
  });
}

std::uint64_t index_of(const Box& entry) {
  std::uint64_t out = 0;
  for (const char c : entry.type) out = out << 8 | static_cast<unsigned char>(c);
  return out;
}

// The keys of which an entry is taken out and none stays, by their numbers in ascending order.
std::vector<std::uint64_t> lost_keys(const Scan& scan, const Change& change, const KeyList& list) {
  std::vector<bool> lost(list.names.size()), stays(list.names.size());
  for (const Box& entry : list.entries.boxes) {
    const std::uint64_t index = index_of(entry);
    if (index == 0 || index > list.names.size()) continue;
    (taken_out(scan, change, entry) ? lost : stays)[index - 1] = true;
  }
  std::vector<std::uint64_t> out;
  for (std::size_t i = 0; i < lost.size(); ++i)
    if (lost[i] && !stays[i]) out.push_back(i + 1);
  return out;
}

std::string key(std::string_view name) {
  return big_endian(name.size() + 8, 4) + "mdta" + std::string(name);
}

// An entry of ilst under the key of this number.
std::string entry(std::uint64_t index, std::string_view value) {
  return box(big_endian(index, 4), data_box(value));
}

std::string new_meta(std::string_view value) {
  const std::string handler =
      full_box("hdlr", std::string(4, '\0') + "mdta" + std::string(13, '\0'));
  const std::string keys = full_box("keys", big_endian(1, 4) + key("AIGC"));
  return full_box("meta", handler + keys + box("ilst", entry(1, value)));
}

// The keys that stay, under their new numbers, and one more for a label.
void rewrite_keys(const Scan& scan, const Change& change, const KeyList& list,
                  const std::string* label, Patches& patches) {
  const std::vector<std::uint64_t> lost = lost_keys(scan, change, list);
  if (lost.empty() && label == nullptr) return;
  const auto now = [&](std::uint64_t index) {
    const auto before = std::lower_bound(lost.begin(), lost.end(), index) - lost.begin();
    return index - static_cast<std::uint64_t>(before);
  };
  for (const std::uint64_t index : lost) {
    const Key& gone = list.names[index - 1];
    patches.replace(list.meta + list.keys, gone.offset, gone.size, "");
  }
  for (const Box& one : list.entries.boxes)
    if (!taken_out(scan, change, one) && now(index_of(one)) != index_of(one))
      patches.overwrite(one.offset + 4, big_endian(now(index_of(one)), 4));
  const std::uint64_t count = list.names.size() - lost.size() + (label != nullptr ? 1 : 0);
  patches.overwrite(list.keys.start() + 4, big_endian(count, 4));
  if (label == nullptr) return;
  const std::uint64_t keys_end = list.names.empty()
                                     ? list.keys.start() + 8
                                     : list.names.back().offset + list.names.back().size;
  patches.replace(list.meta + list.keys, keys_end, 0, key("AIGC"));
  if (list.ilst)
    patches.replace(list.meta + *list.ilst, list.entries.end, 0, entry(count, *label));
  else
    patches.replace(list.meta, list.end, 0, box("ilst", entry(count, *label)));
}

// A meta of its own for the label, behind all that is in moov/udta.
Status add_meta(BoxReader& boxes, const Scan& scan, const std::string& label, Patches& patches) {
  const auto moov = std::find_if(scan.top.begin(), scan.top.end(),
                                 [](const Box& box) { return box.type == "moov"; });
  if (moov == scan.top.end()) return Error{Code::unsupported, "no movie header to hold a label", 0};
  const BoxList list = TRY(boxes.inside(moov->start(), moov->end(), true));
  const std::string meta = new_meta(label);
  const Box* udta = list.find("udta");
  if (udta == nullptr) {
    patches.replace({*moov}, moov->end(), 0, box("udta", meta));
    return Done{};
  }
  const BoxList data = TRY(boxes.inside(udta->start(), udta->end()));
  patches.replace({*moov, *udta}, data.end, 0, meta);
  return Done{};
}

}  // namespace

Status edit_boxes(const Scan& scan, const Change& change, Patches& patches) {
  for (const Edit& edit : change.edits) {
    const Found& found = scan.found[edit.item];
    if (found.shape == Shape::image_item) continue;
    if (!edit.value) {
      patches.replace(found.around, found.element.offset, found.element.size, "");
      continue;
    }
    if (found.at == found.element.end() && found.shape != Shape::data_box)
      return Error{Code::unsupported, "this item can only be taken out", found.element.offset};
    std::string value = TRY(dressed(found, *edit.value));
    patches.replace(found.around + found.element, found.at, found.size, std::move(value));
  }
  return Done{};
}

Status write_keys(BoxReader& boxes, const Scan& scan, const Change& change, Patches& patches) {
  const auto home = std::find_if(scan.keys.begin(), scan.keys.end(),
                                 [](const KeyList& list) { return list.sound; });
  for (const KeyList& list : scan.keys) {
    const bool here = change.add && home != scan.keys.end() && &*home == &list;
    rewrite_keys(scan, change, list, here ? &*change.add : nullptr, patches);
  }
  if (!change.add || home != scan.keys.end()) return Done{};
  return add_meta(boxes, scan, *change.add, patches);
}

}  // namespace assay::formats::isobmff
