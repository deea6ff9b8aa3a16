// SPDX-License-Identifier: Apache-2.0
#include "formats/cbor/cbor.h"

#include <gtest/gtest.h>

#include "base/hex_case.h"

namespace assay::formats::cbor {
namespace {

Result<Value> parse(std::string_view hex, const Limits& limits = {}) {
  const std::string bytes = TRY(hex_case(hex));
  return read(as_raw(bytes), limits);
}

TEST(Cbor, ReadsEachKindWithItsBytes) {
  // {1: [true, -7, "ab", h'00ff'], "k": 18(null)}
  const auto map = parse("a2 01 84 f5 26 62 `ab` 42 00ff 61 `k` d2 f6");
  ASSERT_TRUE(map.ok()) << map.error().text();
  EXPECT_EQ(map->size, 15u);
  const Value* list = map->find(std::int64_t{1});
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->offset, 2u);
  EXPECT_EQ(list->size, 9u);
  ASSERT_EQ(list->items.size(), 4u);
  EXPECT_EQ(list->items[1].kind, Kind::negative);
  EXPECT_EQ(list->items[1].number, 6u);
  EXPECT_EQ(list->items[2].data, "ab");
  EXPECT_EQ(list->items[3].data, std::string("\0\xff", 2));
  const Value* tag = map->find("k");
  ASSERT_NE(tag, nullptr);
  EXPECT_EQ(tag->number, 18u);
  EXPECT_TRUE(tag->items.at(0).is_null());
  EXPECT_EQ(map->find("l"), nullptr);
  EXPECT_EQ(list->find("k"), nullptr);
}

TEST(Cbor, PutsPiecesOfOpenLengthTogether) {
  const auto text = parse("7f 61 `a` 62 `bc` ff");
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(text->data, "abc");
  EXPECT_EQ(text->size, 7u);
  const auto map = parse("bf 61 `a` 9f 01 02 ff ff");
  ASSERT_TRUE(map.ok());
  EXPECT_EQ(map->array("a").size(), 2u);
}

TEST(Cbor, BelievesNoLength) {
  EXPECT_EQ(parse("5b ffffffffffffffff 00").error().code, Code::invalid);
  EXPECT_EQ(parse("9b ffffffffffffffff 00").error().code, Code::invalid);
  EXPECT_EQ(parse("bb ffffffffffffffff 00").error().code, Code::invalid);
  EXPECT_EQ(parse("9f 01 02").error().what, "ends too early");
}

TEST(Cbor, StopsAtItsLimits) {
  const std::string deep(1'000'000, '\x81');
  EXPECT_EQ(read(as_raw(deep), {}).error().code, Code::limit);
  EXPECT_EQ(parse("83 01 02 03", {.items = 3, .depth = 2}).error().code, Code::limit);
}

}  // namespace
}  // namespace assay::formats::cbor
