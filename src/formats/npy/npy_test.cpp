// SPDX-License-Identifier: Apache-2.0
#include "formats/npy/npy.h"

#include <gtest/gtest.h>

#include "base/hex_case.h"

namespace assay::formats::npy {
namespace {

TEST(Npy, TellsObjectsFromNumbers) {
  const auto objects = [](std::string_view name) {
    const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/npy/cases" / name);
    EXPECT_TRUE(bytes.ok());
    MemorySource in(as_raw(*bytes));
    const auto array = read(in, {});
    EXPECT_TRUE(array.ok());
    return array.ok() && array->objects;
  };
  EXPECT_FALSE(objects("numbers.ok.hex"));
  EXPECT_TRUE(objects("objects.ok.hex"));
  EXPECT_TRUE(objects("object_in_a_record.ok.hex"));
}

}  // namespace
}  // namespace assay::formats::npy
