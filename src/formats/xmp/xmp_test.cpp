// SPDX-License-Identifier: Apache-2.0
#include "formats/xmp/xmp.h"

#include <gtest/gtest.h>

#include <array>

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

std::string set(std::string_view packet, std::string_view value) {
  const auto out = with_property(packet, kNamespace, "TC260", "AIGC", value, {});
  EXPECT_TRUE(out.ok());
  return out.ok() ? *out : "";
}

std::vector<Property> all(std::string_view packet, std::string_view name = "AIGC") {
  const auto out = find(as_raw(packet), name, {});
  EXPECT_TRUE(out.ok());
  return out.ok() ? *out : std::vector<Property>();
}

// Packets as programs write them: empty, as element, as attribute in single quotes, twice, with
// another prefix, with the prefix taken, with another namespace, without a Description.
constexpr std::array<std::string_view, 8> kPackets = {
    "",
    R"(<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="d" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"><dc:title>a &amp; b</dc:title><TC260:AIGC>{"Label":"1"}</TC260:AIGC></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>   )",
    R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="d" dc:title="a &amp; b" xmlns:T="http://www.tc260.org.cn/ns/AIGC/1.0/" T:AIGC='{"Label":"1"}'/></rdf:RDF>)",
    R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="d" dc:title="a &amp; b" xmlns:T="http://www.tc260.org.cn/ns/AIGC/1.0/" T:AIGC="1"><T:AIGC>2</T:AIGC></rdf:Description></rdf:RDF>)",
    R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="d" dc:title="a &amp; b" xmlns:TC260="other"/></rdf:RDF>)",
    R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="d"><dc:title>a &amp; b</dc:title></rdf:RDF>)",
    R"(<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><!-- c --><r:Description xmlns:dc="d"><dc:title><![CDATA[a & b]]></dc:title></r:Description></r:RDF>)",
    R"(<RDF xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><Description xmlns:dc="d" dc:title="a &amp; b"/></RDF>)",
};

TEST(Xmp, APropertyIsSetOnceAndTheOthersStay) {
  const std::string value = R"({"Label":"1","ContentProducer":"<&'>","ProduceID":"\""})";
  for (const std::string_view packet : kPackets) {
    std::string now(packet);
    for (const std::string& next : {value, std::string("{}"), value}) {
      now = set(now, next);
      const auto found = all(now);
      ASSERT_EQ(found.size(), 1u) << now;
      EXPECT_EQ(found[0].value, next) << now;
      EXPECT_EQ(found[0].uri, kNamespace) << now;
      EXPECT_EQ(found[0].form, Form::element);
    }
    if (packet.empty()) continue;
    const auto titles = all(now, "title");
    ASSERT_EQ(titles.size(), 1u) << now;
    EXPECT_EQ(titles[0].value, "a & b") << now;
  }
}

TEST(Xmp, APropertyIsTakenOutInEveryForm) {
  for (const std::string_view packet : kPackets) {
    if (packet.empty()) continue;
    const auto out = without_property(packet, "AIGC", {});
    ASSERT_TRUE(out.ok());
    EXPECT_TRUE(all(*out).empty()) << *out;
    EXPECT_EQ(all(*out, "title").size(), 1u) << *out;
  }
}

TEST(Xmp, APacketWithoutRdfCannotTakeAProperty) {
  EXPECT_EQ(with_property("<a/>", kNamespace, "TC260", "AIGC", "{}", {}).error().code,
            Code::invalid);
  EXPECT_EQ(with_property("<!DOCTYPE a><a/>", kNamespace, "TC260", "AIGC", "{}", {}).error().code,
            Code::unsupported);
}

}  // namespace
}  // namespace assay::formats::xmp
