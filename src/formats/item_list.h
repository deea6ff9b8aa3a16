// SPDX-License-Identifier: Apache-2.0
//
// For readers of media formats that pick few texts out of many.
#pragma once

#include <algorithm>
#include <string_view>

#include "base/strings.h"
#include "formats/media.h"

namespace assay::formats {

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
