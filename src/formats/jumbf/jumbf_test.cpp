// SPDX-License-Identifier: Apache-2.0
#include "formats/jumbf/jumbf.h"

#include <gtest/gtest.h>

#include "base/hex_case.h"

namespace assay::formats::jumbf {
namespace {

std::string case_bytes(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/jumbf/cases" / name);
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : "";
}

TEST(Jumbf, BoxesKnowTheirPlaces) {
  const std::string bytes = case_bytes("nested.ok.hex");
  const auto store = read(as_raw(bytes), {});
  ASSERT_TRUE(store.ok()) << store.error().text();
  EXPECT_EQ(store->label, "c2pa");
  EXPECT_EQ(store->uuid.substr(0, 4), "c2pa");
  EXPECT_EQ(store->end, bytes.size());
  const Box* inner = store->superbox("a");
  ASSERT_NE(inner, nullptr);
  EXPECT_EQ(inner->offset, 38u);
  const Box* cbor = inner->content_box("cbor");
  ASSERT_NE(cbor, nullptr);
  EXPECT_EQ(as_text(cbor->bytes(as_raw(bytes))), "\xf6");
  EXPECT_EQ(inner->content_box("json"), nullptr);
  EXPECT_EQ(store->superbox("b"), nullptr);
}

TEST(Jumbf, LongAndOpenLengthsAreRead) {
  const std::string bytes = case_bytes("long_and_open_length.ok.hex");
  const auto store = read(as_raw(bytes), {});
  ASSERT_TRUE(store.ok()) << store.error().text();
  ASSERT_EQ(store->boxes.size(), 2u);
  EXPECT_EQ(store->boxes[0].content - store->boxes[0].offset, 16u);
  EXPECT_EQ(as_text(store->boxes[1].bytes(as_raw(bytes))), "{}");
}

TEST(Jumbf, StopsAtItsLimits) {
  const std::string bytes = case_bytes("nested.ok.hex");
  EXPECT_EQ(read(as_raw(bytes), {.boxes = 2, .depth = 9}).error().code, Code::limit);
  EXPECT_EQ(read(as_raw(bytes), {.boxes = 9, .depth = 1}).error().code, Code::limit);
}

}  // namespace
}  // namespace assay::formats::jumbf
