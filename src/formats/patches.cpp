// SPDX-License-Identifier: Apache-2.0
#include "formats/patches.h"

#include <algorithm>

#include "base/strings.h"

namespace assay::formats {

std::string big_endian(std::uint64_t value, unsigned bytes) {
  std::string out(bytes, '\0');
  for (unsigned i = bytes; i-- > 0; value >>= 8) out[i] = static_cast<char>(value & 0xff);
  return out;
}

std::string little_endian(std::uint64_t value, unsigned bytes) {
  std::string out = big_endian(value, bytes);
  std::reverse(out.begin(), out.end());
  return out;
}

std::string_view before_nul(std::string_view text) { return text.substr(0, text.find('\0')); }

Item text_item(std::string place, std::uint64_t offset, std::string_view key,
               std::string_view value, bool agreed) {
  Item item{ItemKind::text, std::move(place), offset};
  item.key = key;
  item.agreed = agreed;
  if (valid_utf8(value))
    item.value = value;
  else
    item.broken = "a text is not UTF-8";
  return item;
}

Result<std::map<std::uint64_t, const Edit*>> edits_by_offset(const Metadata& have,
                                                             const Change& change) {
  std::map<std::uint64_t, const Edit*> out;
  for (const Edit& edit : change.edits) {
    if (edit.item >= have.items.size()) return Error{Code::internal, "no such item", 0};
    const std::uint64_t offset = have.items[edit.item].offset;
    if (!out.emplace(offset, &edit).second)
      return Error{Code::unsupported, "two changes of one element", offset};
  }
  return out;
}

void Patches::replace(std::uint64_t offset, std::uint64_t size, std::string bytes) {
  patches_.push_back({offset, size, std::move(bytes)});
}

std::int64_t Patches::moved(std::uint64_t offset) const {
  std::int64_t out = 0;
  for (const Patch& patch : patches_)
    if (patch.offset + patch.size <= offset)
      out += static_cast<std::int64_t>(patch.bytes.size()) - static_cast<std::int64_t>(patch.size);
  return out;
}

Result<Splice> Patches::splice(std::uint64_t size) const {
  std::vector<const Patch*> order;
  for (const Patch& patch : patches_) order.push_back(&patch);
  std::stable_sort(order.begin(), order.end(),
                   [](const Patch* a, const Patch* b) { return a->offset < b->offset; });
  Splice out;
  std::uint64_t at = 0;
  for (const Patch* patch : order) {
    if (patch->offset < at || patch->offset > size || size - patch->offset < patch->size)
      return Error{Code::unsupported, "parts to be changed overlap", std::min(at, size)};
    out.keep(at, patch->offset - at);
    out.put(patch->bytes);
    at = patch->offset + patch->size;
  }
  out.keep(at, size - at);
  return out;
}

}  // namespace assay::formats
