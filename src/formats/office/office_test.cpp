// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/hex_case.h"
#include "formats/media_soundness.h"
#include "formats/zip_archive.h"

namespace assay::formats::office {

extern const std::span<const MediaFormat> kMedia;

namespace {

constexpr std::string_view kLabel = R"({"Label":"1"})";

const MediaFormat& row(std::string_view name) {
  for (const MediaFormat& format : kMedia)
    if (format.name == name) return format;
  return kMedia.front();
}

std::string bytes_of(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/office/cases" /
                                   (std::string(name) + ".ok.hex"));
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : "";
}

std::vector<Item> items(std::string_view format, std::string_view bytes) {
  MemorySource in(as_raw(bytes));
  const auto read = row(format).read(in, {});
  EXPECT_TRUE(read.ok());
  return read.ok() ? read->items : std::vector<Item>{};
}

std::vector<Item> items_of(std::string_view format, std::string_view name) {
  return items(format, bytes_of(name));
}

std::string member(std::string_view bytes, std::string_view name) {
  MemorySource in(as_raw(bytes));
  const auto archive = zip::read(in, {});
  EXPECT_TRUE(archive.ok());
  if (!archive.ok()) return {};
  for (const zip::Entry& entry : archive->entries)
    if (entry.name == name) return zip::unpack(in, entry, 1 << 20).value();
  return {};
}

TEST(Office, ToldByContent) {
  const std::vector<std::pair<std::string_view, std::string_view>> kinds = {
      {"docx_label", "DOCX"},
      {"xlsx_label_without_content_type", "XLSX"},
      {"pptx_keywords", "PPTX"},
      {"odt_label", "ODF"},
      {"epub_no_container", "EPUB"}};
  for (const auto& [name, format] : kinds) {
    const std::string bytes = bytes_of(name);
    MemorySource in(as_raw(bytes));
    for (const MediaFormat& one : kMedia)
      EXPECT_EQ(one.sniff(as_raw(bytes), in).value(), one.name == format) << name << one.name;
  }
}

TEST(Office, ALinkedCustomPropertyStandsInTheAgreedPlace) {
  const std::vector<Item> found = items_of("DOCX", "docx_label");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].key, "AIGC");
  EXPECT_EQ(found[0].value, kLabel);
  EXPECT_TRUE(found[0].agreed);
  EXPECT_FALSE(found[0].damaged);
}

TEST(Office, SaysWhichLinkOfAPropertyIsMissing) {
  const std::vector<Item> no_relation = items_of("DOCX", "docx_label_without_relationship");
  ASSERT_EQ(no_relation.size(), 1u);
  EXPECT_FALSE(no_relation[0].agreed);
  EXPECT_EQ(no_relation[0].place, "docProps/custom.xml (no relationship leads to it)");
  const std::vector<Item> no_type = items_of("XLSX", "xlsx_label_without_content_type");
  ASSERT_EQ(no_type.size(), 1u);
  EXPECT_EQ(no_type[0].place, "docProps/custom.xml (no content type names it)");
}

TEST(Office, OtherPropertiesAreNotTheAgreedPlace) {
  const std::vector<Item> found = items_of("PPTX", "pptx_keywords");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].key, "keywords");
  EXPECT_FALSE(found[0].agreed);
}

TEST(Office, PartsThatCannotBeReadAreTold) {
  const std::vector<std::array<std::string_view, 3>> cases = {
      {"DOCX", "docx_custom_with_dtd", "document type declaration"},
      {"DOCX", "docx_custom_twice", "several parts of this name"},
      {"ODF", "odt_meta_encrypted", "encrypted"}};
  for (const auto& [format, name, broken] : cases) {
    const std::vector<Item> found = items_of(format, name);
    ASSERT_EQ(found.size(), 1u) << name;
    EXPECT_EQ(found[0].broken, broken);
  }
}

TEST(Office, ReadsBothFormsOfABook) {
  const std::vector<Item> found = items_of("EPUB", "epub_name_and_property");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].value, kLabel);
  EXPECT_EQ(found[1].value, kLabel);
}

TEST(Office, ANewPropertyIsLinkedAndTheRestIsKept) {
  const std::string before = bytes_of("docx_without_properties");
  const auto after = set_label_item(row("DOCX"), before, std::string(kLabel));
  ASSERT_TRUE(after.ok()) << after.error().text();
  EXPECT_NE(member(*after, "docProps/custom.xml").find("pid=\"2\" name=\"AIGC\""),
            std::string::npos);
  EXPECT_NE(member(*after, "_rels/.rels").find("Target=\"docProps/custom.xml\""),
            std::string::npos);
  EXPECT_EQ(member(*after, "w.xml"), "<w/>");
  MemorySource in(as_raw(*after));
  const auto archive = zip::read(in, {});
  ASSERT_TRUE(archive.ok());
  EXPECT_TRUE(archive->disagreements.empty());
  ASSERT_EQ(items("DOCX", *after).size(), 1u);
}

TEST(Office, TheTypeOfABookOrOdfStaysFirst) {
  for (const auto& [format, name] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"ODF", "odt_label"}, {"EPUB", "epub_name_and_property"}}) {
    const std::string before = bytes_of(name);
    const auto after = set_label_item(row(format), before, "{}");
    ASSERT_TRUE(after.ok());
    EXPECT_EQ(after->substr(0, 60), before.substr(0, 60));
  }
}

TEST(Office, APropertyThatIsNotLinkedIsNotAddedASecondTime) {
  const auto after = set_label_item(row("DOCX"), bytes_of("docx_label_without_relationship"), "{}");
  ASSERT_FALSE(after.ok());
  EXPECT_EQ(after.error().code, Code::unsupported);
}

TEST(Office, AnArchiveReadTwoWaysIsNotWritten) {
  const auto after = set_label_item(row("DOCX"), "junk" + bytes_of("docx_label"), "{}");
  ASSERT_FALSE(after.ok());
  EXPECT_EQ(after.error().code, Code::unsupported);
}

}  // namespace
}  // namespace assay::formats::office
