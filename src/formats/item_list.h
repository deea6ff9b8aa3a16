// SPDX-License-Identifier: Apache-2.0
//
// For readers of media formats that pick few texts out of many.
#pragma once

#include <algorithm>
#include <string_view>

#include "base/strings.h"
#include "formats/media.h"

namespace assay::formats {

// May `text` hold a label, or say that something does? In the wild the key is written in any case,
// and labels without it have ServiceProvider.
inline bool names_label(std::string_view text) {
  constexpr auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
  constexpr std::string_view kKey = "aigc", kProvider = "serviceprovider";
  return std::search(text.begin(), text.end(), kKey.begin(), kKey.end(), same) != text.end() ||
         std::search(text.begin(), text.end(), kProvider.begin(), kProvider.end(), same) !=
             text.end();
}

// Items within limits.
class ItemList {
 public:
  explicit ItemList(const MediaLimits& limits) : limits_(limits) {}

  Status add(Item item) {
    if (item.value.size() > limits_.value_bytes)
      return Error{Code::limit, "value is too long", item.offset};
    total_ += item.value.size();
    if (total_ > limits_.total_bytes) return Error{Code::limit, "too much metadata", item.offset};
    metadata.items.push_back(std::move(item));
    return Done{};
  }

  Metadata metadata;

 private:
  MediaLimits limits_;
  std::uint64_t total_ = 0;
};

}  // namespace assay::formats
