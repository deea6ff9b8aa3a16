// SPDX-License-Identifier: Apache-2.0
#include "formats/safetensors/safetensors.h"

#include <gtest/gtest.h>

#include "base/hex_case.h"

namespace assay::formats {
namespace {

std::string bytes_of(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats" / name);
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : std::string();
}

TEST(Safetensors, OrdersTensorsByTheirPlace) {
  const std::string bytes = bytes_of("safetensors/cases/two_tensors.ok.hex");
  MemorySource in(as_raw(bytes));
  EXPECT_TRUE(*safetensors::sniff(in));
  const auto file = safetensors::read(in, {});
  ASSERT_TRUE(file.ok());
  ASSERT_EQ(file->tensors.size(), 2u);
  EXPECT_EQ(file->tensors[0].name, "a");
  EXPECT_EQ(file->tensors[1].end, 6u);
}

TEST(Safetensors, SaysWhatIsUnsound) {
  const std::string bytes = bytes_of("safetensors/cases/hole.invalid.hex");
  MemorySource in(as_raw(bytes));
  const auto file = safetensors::read(in, {});
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().what, "tensors overlap or leave a hole");
}

}  // namespace
}  // namespace assay::formats
