// SPDX-License-Identifier: Apache-2.0
//
// For tests and fuzz targets: what holds for every MediaFormat and all bytes.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "formats/media.h"

namespace assay::formats {

// A place as it is told in Chinese, where English words are left in it; empty where none are.
inline std::string english_in(const std::string& told) {
  constexpr std::array<std::string_view, 18> kWords = {
      " at ",  "byte",  "chunk",     "segment",     "element",  "attribute",
      "frame", "block", "extension", "application", "comments", "keyword ",
      "tag ",  " tag",  "item",      "object",      " stream",  "property"};
  for (const std::string_view word : kWords)
    if (told.find(word) != std::string::npos) return told;
  return {};
}

inline constexpr MediaLimits kSmallLimits = {
    .elements = 1000, .value_bytes = 1 << 16, .total_bytes = 1 << 18, .depth = 16};

// Is this item the one that Change::add would add?
inline bool is_label_item(const MediaFormat& format, const Item& item) {
  return item.kind == format.adds && item.agreed && item.broken.empty() &&
         (item.kind == ItemKind::xmp || item.key == "AIGC");
}

// Sets the label item of `bytes` to `value`: edits the one that is there or adds one.
inline Result<std::string> set_label_item(const MediaFormat& format, std::string_view bytes,
                                          const std::string& value) {
  MemorySource in(as_raw(bytes));
  const Metadata have = TRY(format.read(in, kSmallLimits));
  Change change;
  for (std::size_t i = 0; i < have.items.size(); ++i) {
    if (!is_label_item(format, have.items[i])) continue;
    change.edits.push_back({i, value});
    break;
  }
  if (change.edits.empty()) change.add = value;
  const Splice splice = TRY(format.write(in, have, change, kSmallLimits));
  return splice.apply(in, bytes.size() + value.size() * 4 + (std::uint64_t{1} << 20));
}

// What is wrong with how `format` takes `bytes`; empty where all is as it must be: no input is our
// bug, offsets lie in the input, and what write() made is read back.
inline std::string unsound(const MediaFormat& format, std::string_view bytes,
                           const std::string& value) {
  MemorySource in(as_raw(bytes));
  const auto read = format.read(in, kSmallLimits);
  if (!read.ok()) {
    if (read.error().code == Code::internal) return "internal: " + read.error().text();
    return read.error().offset > bytes.size() ? "offset past the end" : "";
  }
  for (const Item& item : read->items) {
    if (item.offset > bytes.size()) return "item past the end";
    if (!item.broken.empty() && !item.value.empty()) return "broken, with a value";
  }
  if (format.write == nullptr) return "";
  const auto written = set_label_item(format, bytes, value);
  if (!written.ok()) return written.error().code == Code::internal ? "internal in write" : "";
  MemorySource again(as_raw(*written));
  const auto back = format.read(again, kSmallLimits);
  if (!back.ok())
    return back.error().code == Code::limit ? "" : "what was written is " + back.error().text();
  for (const Item& item : back->items)
    if (is_label_item(format, item) && item.value == value) return "";
  return "the value is not read back";
}

}  // namespace assay::formats
