// SPDX-License-Identifier: Apache-2.0
#include "formats/xmp/xmp.h"

#include <gtest/gtest.h>

#include "base/hex_case.h"

namespace assay::formats::xmp {
namespace {

constexpr std::string_view kNamespace = "http://www.tc260.org.cn/ns/AIGC/1.0/";

Property only_property(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/xmp/cases" / name);
  EXPECT_TRUE(bytes.ok());
  const auto found = find(as_raw(*bytes), "AIGC", {});
  EXPECT_TRUE(found.ok());
  if (!found.ok() || found->size() != 1) {
    ADD_FAILURE() << "not one property";
    return {};
  }
  return found->front();
}

TEST(Xmp, FindsThePropertyAsAnElement) {
  const Property property = only_property("element.ok.hex");
  EXPECT_EQ(property.form, Form::element);
  EXPECT_EQ(property.uri, kNamespace);
  EXPECT_EQ(property.prefix, "TC260");
  EXPECT_TRUE(property.value.starts_with(R"({"Label":"1")"));
}

TEST(Xmp, FindsThePropertyAsAnAttribute) {
  const Property property = only_property("attribute.ok.hex");
  EXPECT_EQ(property.form, Form::attribute);
  EXPECT_EQ(property.uri, kNamespace);
  EXPECT_TRUE(property.value.ends_with(R"("ReservedCode2":""})"));
}

TEST(Xmp, ResolvesThePrefix) {
  EXPECT_EQ(only_property("other_prefix_right_namespace.ok.hex").uri, kNamespace);
  EXPECT_EQ(only_property("right_prefix_other_namespace.ok.hex").uri, "http://example.org/");
}

TEST(Xmp, JoinsTextInWrappingElements) {
  const auto found =
      find(as_raw("<r xmlns:p='u'><p:AIGC><b><li> {\"a\"</li><li>:1}</li></b></p:AIGC></r>"),
           "AIGC", {});
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 1u);
  EXPECT_EQ(found->front().value, "{\"a\":1}");
}

TEST(Xmp, NeverReplacesEntities) {
  const auto found = find(as_raw("<r xmlns:p='u'><p:AIGC>&a;&lt;</p:AIGC></r>"), "AIGC", {});
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->front().value, "&a;<");
}

}  // namespace
}  // namespace assay::formats::xmp
