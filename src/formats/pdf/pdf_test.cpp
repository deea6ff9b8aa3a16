// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/hex_case.h"
#include "formats/media_soundness.h"
#include "formats/pdf/predictor.h"
#include "formats/pdf/syntax.h"

namespace assay::formats::pdf {

extern const std::span<const MediaFormat> kMedia;

namespace {

constexpr std::string_view kLabel = R"({"Label":"1"})";

std::string bytes_of(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/pdf/cases" /
                                   (std::string(name) + ".ok.hex"));
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : "";
}

std::vector<Item> items_of(std::string_view name) {
  const std::string bytes = bytes_of(name);
  MemorySource in(as_raw(bytes));
  const auto read = kMedia[0].read(in, {});
  EXPECT_TRUE(read.ok());
  return read.ok() ? read->items : std::vector<Item>{};
}

TEST(Pdf, FindsTheLabelHoweverObjectsAreKept) {
  for (const std::string_view name :
       {"label_in_table", "cross_reference_stream", "label_in_object_stream", "updated_once",
        "startxref_is_wrong"}) {
    const std::vector<Item> found = items_of(name);
    ASSERT_EQ(found.size(), 1u) << name;
    EXPECT_EQ(found[0].key, "AIGC");
    EXPECT_EQ(found[0].value, kLabel);
    EXPECT_TRUE(found[0].agreed);
    EXPECT_EQ(found[0].place, "document information dictionary, object 3");
  }
}

TEST(Pdf, ReadsEveryFormOfAString) {
  const std::vector<Item> found = items_of("hex_and_escapes");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].key, "AIGC");  // written /AI#47C
  EXPECT_EQ(found[0].value, "{}");
  EXPECT_EQ(found[1].value, "AIGC (A)");
  EXPECT_FALSE(found[1].agreed);
  EXPECT_EQ(found[2].value, "AIGC");  // in an object of its own
}

TEST(Pdf, TheXmpPacketIsNotTheAgreedPlace) {
  const std::vector<Item> found = items_of("xmp_packet");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, ItemKind::xmp);
  EXPECT_EQ(found[0].value, R"(<x:xmpmeta xmlns:x="adobe:ns:meta/"/>)");
  EXPECT_FALSE(found[0].agreed);
}

TEST(Pdf, AnUpdateKeepsTheOldBytesAndTheOtherKeys) {
  for (const std::string_view name : {"label_in_table", "label_in_object_stream", "no_info"}) {
    const std::string before = bytes_of(name);
    const auto after = set_label_item(kMedia[0], before, R"({"a":"(\\"})");
    ASSERT_TRUE(after.ok()) << after.error().text();
    EXPECT_TRUE(after->starts_with(before));
    EXPECT_NE(after->find(R"(/AIGC ({"a":"\(\\\\"}))"), std::string::npos) << name;
    EXPECT_EQ(after->find("/Title (a)", before.size()) != std::string::npos, name != "no_info");
    EXPECT_NE(after->find("/Root 1 0 R", before.size()), std::string::npos);
    EXPECT_EQ(after->find("/Type /XRef", before.size()) != std::string::npos,
              name == "label_in_object_stream");
  }
}

TEST(Pdf, ABrokenCrossReferenceIsReadButNotWritten) {
  const auto after = set_label_item(kMedia[0], bytes_of("startxref_is_wrong"), "{}");
  ASSERT_FALSE(after.ok());
  EXPECT_EQ(after.error().code, Code::unsupported);
}

TEST(Pdf, ATextIsWrittenAsItIsRead) {
  for (const std::string text : {"", "a(b)\\c", "人工智能", "😀\n", "\xc2\xa9"})
    EXPECT_EQ(text_string(written(text)), text);
  EXPECT_EQ(text_string("(\\101\\12\\(\\\r\nb\rc)"), "A\n(b\nc");
  EXPECT_EQ(text_string("<4>"), "@");
  EXPECT_EQ(text_string("(\xef\xbb\xbf\xe4\xba\xba)"), "人");
  EXPECT_EQ(text_string("(\xe9)"), "é");
  EXPECT_EQ(text_string("<</A 1>>"), std::nullopt);
}

TEST(Pdf, ValuesEndWhereTheirBracketsDo) {
  const auto value = [](std::string_view text) {
    const auto out = Lexer(text).value();
    return out.ok() ? std::string(*out) : "!" + out.error().what;
  };
  EXPECT_EQ(value(" 12 0 R/A"), "12 0 R");
  EXPECT_EQ(value("12 0 obj"), "12");
  EXPECT_EQ(value("%a\n<</A[(>>)<3e>/B]>>x"), "<</A[(>>)<3e>/B]>>");
  EXPECT_EQ(value("((a)b)c"), "((a)b)");
  EXPECT_EQ(value("<<[("), "!ends too early");
  EXPECT_EQ(value(">>"), "!no PDF object here");
}

TEST(Pdf, UndoesEveryPngFilter) {
  using namespace std::string_literals;
  const std::string filtered = "\0\1\2\1\1\1\2\1\1\3\1\1\4\1\1"s;
  EXPECT_EQ(without_png_filters(filtered, 2, 1).value(), "\1\2\1\2\2\3\2\3\3\4"s);
  EXPECT_FALSE(without_png_filters("\5a", 1, 1).ok());
}

}  // namespace
}  // namespace assay::formats::pdf
