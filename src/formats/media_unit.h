// SPDX-License-Identifier: Apache-2.0
//
// For the tests of one media format: its cases, read and written.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/hex_case.h"
#include "formats/media.h"

namespace assay::formats {

class MediaUnit {
 public:
  MediaUnit(std::string_view folder, const MediaFormat& format)
      : folder_(folder), format_(format) {}

  std::string bytes(std::string_view name) const {
    const auto out =
        read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats" / folder_ / "cases" / name);
    EXPECT_TRUE(out.ok()) << name;
    return out.ok() ? *out : std::string();
  }

  Result<Metadata> read(std::string_view bytes, const MediaLimits& limits = {}) const {
    MemorySource in(as_raw(bytes));
    return format_.read(in, limits);
  }

  std::vector<Item> items(std::string_view bytes) const {
    auto out = read(bytes);
    EXPECT_TRUE(out.ok());
    return out.ok() ? out->items : std::vector<Item>();
  }

  Item only_item(std::string_view name) const {
    const std::vector<Item> out = items(bytes(name));
    EXPECT_EQ(out.size(), 1u) << name;
    return out.empty() ? Item{} : out.front();
  }

  Result<std::string> write(std::string_view bytes, const Change& change) const {
    MemorySource in(as_raw(bytes));
    const Metadata have = TRY(format_.read(in, {}));
    const Splice splice = TRY(format_.write(in, have, change, {}));
    return splice.apply(in, 1 << 24);
  }

  std::string written(std::string_view bytes, const Change& change) const {
    auto out = write(bytes, change);
    EXPECT_TRUE(out.ok()) << (out.ok() ? "" : out.error().text());
    return out.ok() ? *out : std::string();
  }

  // All items with another value read so, and nothing else than they changes.
  bool each_item_can_be_changed(std::string_view bytes, std::string_view value) const {
    const std::vector<Item> before = items(bytes);
    for (std::size_t i = 0; i < before.size(); ++i) {
      const auto after = items(written(bytes, {{{i, std::string(value)}}, {}}));
      EXPECT_EQ(after.size(), before.size()) << before[i].place;
      if (after.size() != before.size()) return false;
      for (std::size_t j = 0; j < before.size(); ++j) {
        EXPECT_EQ(after[j].value, i == j ? value : before[j].value) << before[i].place;
        EXPECT_EQ(after[j].key, before[j].key);
      }
      EXPECT_EQ(items(written(bytes, {{{i, std::nullopt}}, {}})).size(), before.size() - 1);
    }
    return !testing::Test::HasFailure();
  }

 private:
  std::string folder_;
  const MediaFormat& format_;
};

}  // namespace assay::formats
