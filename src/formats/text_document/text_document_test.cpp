// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "formats/media_soundness.h"

namespace assay::formats::text_document {

extern const std::span<const MediaFormat> kMedia;

namespace {

const MediaFormat& kMarkdown = kMedia[0];
const MediaFormat& kHtml = kMedia[1];

std::string first_known(std::string_view bytes) {
  MemorySource in(as_raw(bytes));
  for (const MediaFormat& format : kMedia)
    if (format.sniff(as_raw(bytes.substr(0, kHead)), in).value()) return std::string(format.name);
  return "";
}

std::string value_of(const MediaFormat& format, std::string_view bytes) {
  MemorySource in(as_raw(bytes));
  const auto read = format.read(in, {});
  if (!read.ok()) return "!" + read.error().what;
  if (read->items.size() != 1) return std::to_string(read->items.size()) + " items";
  const Item& item = read->items[0];
  return item.broken.empty() ? item.value : "!" + item.broken;
}

TEST(TextDocument, ToldByTheirHeads) {
  EXPECT_EQ(first_known("---\na: b\n---\n"), "Markdown");
  EXPECT_EQ(first_known("\xef\xbb\xbf---\r\na:\r\n---\r\n"), "Markdown");
  EXPECT_EQ(first_known("---\nnot a mapping\n---\n"), "Text");
  EXPECT_EQ(first_known("---\na: b\n"), "Text");
  EXPECT_EQ(first_known(" <!DOCTYPE HTML><p>"), "HTML");
  EXPECT_EQ(first_known("人"), "Text");
  EXPECT_EQ(first_known("\xc8\xcb"), "Text");
  EXPECT_EQ(first_known(std::string("a\0b", 3)), "");
  EXPECT_EQ(first_known("\x89PNG\r\n\x1a\n"), "");
}

TEST(Markdown, EveryFormOfTheMappingBecomesJson) {
  const auto value = [](const std::string& entry) {
    return value_of(kMarkdown, "---\nt: x\n" + entry + "\nu: y\n---\nAIGC: no\n");
  };
  EXPECT_EQ(value("AIGC:\n  Label: \"1\"\n\n  ProduceID: a"), R"({"Label":"1","ProduceID":"a"})");
  EXPECT_EQ(value("AIGC: {Label: 1, B: 'b'}"), R"({"Label":1,"B":"b"})");
  EXPECT_EQ(value("\"AIGC\": {\n  \"Label\": \"1\"\n}"), R"({"Label":"1"})");
  EXPECT_EQ(value("AIGC: '{\"Label\": \"1\"}'"), R"({"Label": "1"})");
  EXPECT_EQ(value("AIGC:"), "null");
  EXPECT_EQ(value("AIGC: {A: {B: [x, true]}}"), R"({"A":{"B":["x",true]}})");
  EXPECT_EQ(value("AIGC: {A: *a}"), "!this YAML cannot be read");
  EXPECT_EQ(value("AIGC: {A: x, A: y}"), "!this YAML cannot be read");
  EXPECT_EQ(value("AIGCX: 1"), "0 items");
}

TEST(Markdown, WritesIntoTheFrontMatterOrMakesOne) {
  const std::string label = R"({"Label":"1","ContentProducer":"a: \"b\""})";
  const std::string lines = "AIGC:\n  Label: \"1\"\n  ContentProducer: \"a: \\\"b\\\"\"\n";
  EXPECT_EQ(set_label_item(kMarkdown, "# a\n", label).value(), "---\n" + lines + "---\n# a\n");
  EXPECT_EQ(set_label_item(kMarkdown, "---\nt: x\n---\n# a\n", label).value(),
            "---\nt: x\n" + lines + "---\n# a\n");
  EXPECT_EQ(set_label_item(kMarkdown, "---\nAIGC: {}\nt: x\n---\n", label).value(),
            "---\n" + lines + "t: x\n---\n");
  EXPECT_EQ(set_label_item(kMarkdown, "\xef\xbb\xbf# a\r\n", R"({"Label":"1"})").value(),
            "\xef\xbb\xbf---\r\nAIGC:\r\n  Label: \"1\"\r\n---\r\n# a\r\n");
  for (const std::string other : {"x", "[]", R"({"a":{}, "b":1})", R"({"a": "b"})"})
    EXPECT_EQ(set_label_item(kMarkdown, "# a\n", other).error().code, Code::unsupported) << other;
}

TEST(Html, ReadsMetaElementsOfTheHead) {
  const auto value = [](const std::string& head) {
    return value_of(kHtml, "<html><head>" + head + "</head><body><meta name=AIGC></body>");
  };
  EXPECT_EQ(value("<META Content='{\"a\":\"&amp;&#x4EBA;\"}' NAME=\"AIGC\">"), R"({"a":"&人"})");
  EXPECT_EQ(value("<!-- <meta name=AIGC> --><title><meta name=AIGC></title>"), "0 items");
  EXPECT_EQ(value("<script>'<meta name=AIGC>'</script><meta name=AIGC content=x>"), "x");
  EXPECT_EQ(value("<meta name=AIGC content=\"\xc8\xcb\">"), "!a text is not UTF-8");
}

TEST(Html, AHeadIsReadToItsEnd) {
  const std::string padded = "<html><head><style>" + std::string(3'000'000, ' ') + "</style>";
  EXPECT_EQ(value_of(kHtml, padded + "<meta name=AIGC content=x></head>"), "x");
  EXPECT_EQ(value_of(kHtml, padded + "<meta name=AIGC content=x>"), "x");
  EXPECT_EQ(value_of(kHtml, padded + "</head><meta name=AIGC content=x>"), "0 items");
  MemorySource in(as_raw(padded));
  EXPECT_EQ(kHtml.read(in, {.total_bytes = 2'000'000}).error().code, Code::limit);
}

TEST(Markdown, FrontMatterIsReadToItsEnd) {
  const std::string padded = "---\nt: x\n" + std::string(3'000'000, '#') + "\n";
  EXPECT_EQ(first_known(padded + "AIGC: y\n---\n"), "Markdown");
  EXPECT_EQ(value_of(kMarkdown, padded + "AIGC: y\n---\n"), "y");
  EXPECT_EQ(value_of(kMarkdown, padded + "AIGC: y\n"), "0 items");
  MemorySource in(as_raw(padded));
  EXPECT_EQ(kMarkdown.read(in, {.total_bytes = 2'000'000}).error().code, Code::limit);
}

TEST(Html, WritesBehindTheDeclarationOfTheEncoding) {
  const std::string tag =
      "<meta name=\"AIGC\" content=\"{&quot;a&quot;:&quot;&lt;&amp;&apos;&quot;}\"/>";
  const std::string label = R"({"a":"<&'"})";
  EXPECT_EQ(set_label_item(kHtml, "<html><head><title>t</title></head>", label).value(),
            "<html><head>" + tag + "<title>t</title></head>");
  EXPECT_EQ(set_label_item(kHtml, "<html><head><meta charset=utf-8></head>", label).value(),
            "<html><head><meta charset=utf-8>" + tag + "</head>");
  EXPECT_EQ(set_label_item(kHtml, "<!doctype html><p>", label).error().code, Code::unsupported);
}

}  // namespace
}  // namespace assay::formats::text_document
