// SPDX-License-Identifier: Apache-2.0
#include "formats/xmp/xmp.h"

#include <gtest/gtest.h>

#include <random>

#include "base/hex_case.h"
#include "formats/xmp/xmp_soundness.h"

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

std::vector<std::string> packets() {
  std::vector<std::string> out = {""};
  for (const fs::path& file : hex_cases(fs::path(ASSAY_SOURCE_DIR) / "src/formats/xmp/cases")) {
    const auto bytes = read_hex_case(file);
    EXPECT_TRUE(bytes.ok());
    if (bytes.ok()) out.push_back(*bytes);
  }
  return out;
}

TEST(Xmp, AnyTextThatIsSetIsFound) {
  std::mt19937 random(1);
  constexpr std::string_view kLetters = "{}\":,<>&;'[]=/\\aZ1 \t\n\xe4\xb8\xad";
  for (int i = 0; i < 200; ++i) {
    std::string value = "{";
    for (std::size_t n = random() % 40; n > 0; --n) {
      const std::size_t at = random() % (kLetters.size() - 2);
      value += at == kLetters.size() - 3 ? kLetters.substr(at) : kLetters.substr(at, 1);
    }
    for (const std::string& packet : packets())
      ASSERT_EQ(unsound(packet, value + "}"), "") << packet;
  }
}

TEST(Xmp, EveryTruncationAndBitFlipIsEditedSoundly) {
  for (std::string packet : packets()) {
    if (packet.size() > 2000) continue;
    for (std::size_t n = 0; n < packet.size(); ++n)
      ASSERT_EQ(unsound(std::string_view(packet).substr(0, n), "{}"), "") << n;
    for (std::size_t bit = 0; bit < packet.size() * 8; ++bit) {
      const auto mask = static_cast<char>(1 << bit % 8);
      packet[bit / 8] = static_cast<char>(packet[bit / 8] ^ mask);
      ASSERT_EQ(unsound(packet, "{}"), "") << bit << packet;
      packet[bit / 8] = static_cast<char>(packet[bit / 8] ^ mask);
    }
  }
}

std::string with(std::string_view packet, std::string_view value) {
  const auto out = with_property(packet, kLabel, value, {});
  EXPECT_TRUE(out.ok());
  return out.ok() ? *out : std::string();
}

// All but the property: wrapper, padding, comments, other properties.
constexpr std::string_view kBefore =
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<!-- c -->"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
    "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"> <rdf:Description "
    "rdf:about=\"uuid:1\" xmlns:xmp=\"u\" xmp:Rating=\"5\"><xmp:Note><![CDATA[a<b]]></xmp:Note>"
    "</rdf:Description>";
constexpr std::string_view kAfter = "</rdf:RDF></x:xmpmeta>\n   \n<?xpacket end=\"w\"?>";
constexpr std::string_view kOpen =
    "<rdf:Description rdf:about=\"uuid:1\" "
    "xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\"><TC260:AIGC>";
constexpr std::string_view kClose = "</TC260:AIGC></rdf:Description>";

std::string packet_of(std::string_view value) {
  return std::string(kBefore) + std::string(kOpen) + std::string(value) + std::string(kClose) +
         std::string(kAfter);
}

TEST(Xmp, SetsThePropertyAndKeepsAllElse) {
  const std::string first = with(std::string(kBefore) + std::string(kAfter), "{\"a\":1}");
  EXPECT_EQ(first, packet_of("{\"a\":1}"));
  EXPECT_EQ(with(first, "<&>"), packet_of("&lt;&amp;&gt;"));
}

TEST(Xmp, MakesOneElementOfAllOfTheName) {
  const std::string packet =
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
      "xmlns:p=\"http://www.tc260.org.cn/ns/AIGC/1.0/\"><rdf:Description rdf:about=\"\" "
      "p:AIGC=\"{}\"/><rdf:Description><p:AIGC><p:AIGC/></p:AIGC></rdf:Description></rdf:RDF>";
  const auto found = find(as_raw(with(packet, "{1}")), "AIGC", {});
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 1u);
  EXPECT_EQ(found->front().value, "{1}");
  EXPECT_EQ(found->front().form, Form::element);
}

TEST(Xmp, MakesAPacketOfNone) {
  const std::string packet = with("", "{}");
  EXPECT_TRUE(packet.starts_with("<?xpacket begin=\"\xef\xbb\xbf\""));
  EXPECT_TRUE(packet.ends_with("<?xpacket end=\"w\"?>"));
}

TEST(Xmp, TakesTheNameOutOfEveryNamespace) {
  const auto out = without_property(
      "<r xmlns:p='u' xmlns:q='v'><p:AIGC>{}</p:AIGC><s q:aigc='{}' q:n='1'/></r>", "AIGC", {});
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(*out, "<r xmlns:p=\"u\" xmlns:q=\"v\"><s q:n=\"1\"/></r>");
}

TEST(Xmp, RefusesWhatXmlCannotHoldAndPacketsWithoutRdf) {
  EXPECT_FALSE(with_property("", kLabel, "\x01", {}).ok());
  EXPECT_FALSE(with_property("", kLabel, "\xff", {}).ok());
  const auto no_rdf = with_property("<a/>", kLabel, "{}", {});
  ASSERT_FALSE(no_rdf.ok());
  EXPECT_EQ(no_rdf.error().code, Code::unsupported);
}

}  // namespace
}  // namespace assay::formats::xmp
