// SPDX-License-Identifier: Apache-2.0
#include "formats/table/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <memory>

namespace assay::formats::table {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::array<Column, 3> kColumns = {{
    {"id", {}, Need::required},
    {"text", "question|问题", Need::optional},
    {"risk", {}, Need::optional},
}};

// Hands the text out in pieces of `piece` bytes, so that every boundary is crossed somewhere.
Source source_of(std::string text, std::size_t piece = 1 << 20) {
  auto at = std::make_shared<std::size_t>(0);
  return [text = std::move(text), piece, at](std::span<char> into) -> Result<std::size_t> {
    const std::size_t n = std::min({into.size(), piece, text.size() - *at});
    std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(*at), n, into.begin());
    *at += n;
    return n;
  };
}

// "id|text|risk" of each row, "line:fault id" of each fault, or one line with the error.
std::vector<std::string> read(const std::string& text, std::size_t piece = 1 << 20,
                              const Limits& limits = kLimits) {
  auto reader = Reader::open(source_of(text, piece), kColumns, limits);
  if (!reader.ok()) return {"error: " + reader.error().text()};
  std::vector<std::string> out;
  for (;;) {
    auto step = reader->next();
    if (!step.ok()) return {"error: " + step.error().text()};
    if (*step == Step::end) return out;
    if (*step == Step::fault) {
      out.push_back(std::to_string(reader->fault().line) + ":" + std::string(reader->fault().id));
      continue;
    }
    const Row& row = reader->row();
    out.push_back(std::string(row[0]) + "|" + std::string(row[1]) + "|" + std::string(row[2]));
  }
}

std::string utf16(const std::string& ascii_and_zhong, bool little) {
  std::string out;
  const auto unit = [&](unsigned u) {
    const char high = static_cast<char>(u >> 8);
    const char low = static_cast<char>(u & 0xFF);
    out += little ? low : high;
    out += little ? high : low;
  };
  for (const char c : ascii_and_zhong) unit(c == '#' ? 0x4E2D : static_cast<unsigned char>(c));
  return out;
}

TEST(Table, ReadsCsvByTheNamesOfItsColumns) {
  EXPECT_THAT(read("ID, Text ,risk\r\n1,\"a, \"\"b\"\"\nc\",A.1.a\r\n\r\n2,  d  ,\n3\n"),
              ElementsAre("1|a, \"b\"\nc|A.1.a", "2|d|", "3||"));
  EXPECT_THAT(read("other;问题;id\nx;问 题;7"), ElementsAre("7|问 题|"));
  EXPECT_THAT(read("id\ttext\n1\ta, b\n2\t\"c\td\"\n"), ElementsAre("1|a, b|", "2|c\td|"));
}

TEST(Table, ReadsJsonLinesWithTheirTypes) {
  EXPECT_THAT(read(R"({"id": 1, "text": "a\nb", "risk": ["A.1.a", "A.2.b"]}
{"id": 2.5, "question": null, "risk": {"x": 1}}

{"text": true, "id": "中"})"),
              ElementsAre("1|a\nb|A.1.a;A.2.b", "2.5||{\"x\":1}", "中|true|"));
}

TEST(Table, FindsTheEncoding) {
  const std::string utf8 = "id,text\n1,中文测试\n";
  EXPECT_THAT(read("\xEF\xBB\xBF" + utf8), ElementsAre("1|中文测试|"));
  // 中文测试 in GBK.
  const std::string gbk = "id,text\n1,\xD6\xD0\xCE\xC4\xB2\xE2\xCA\xD4\n";
  EXPECT_THAT(read(gbk), ElementsAre("1|中文测试|"));
  EXPECT_THAT(read("id,\xCE\xCA\xCC\xE2\n1,\xD6\xD0\n"), ElementsAre("1|中|"));
  EXPECT_THAT(read("{\"id\": 1, \"text\": \"\xD6\xD0\xCE\xC4\x95\x5C\"}\n"),
              ElementsAre("1|中文昞|"));  // trail byte 5C is a backslash in ASCII
  // A four-byte character of GB 18030: U+20000.
  EXPECT_THAT(read("id,text\n1,\xD6\xD0\x95\x32\x82\x36\n"), ElementsAre("1|中𠀀|"));
  for (const bool little : {true, false}) {
    const std::string plain = utf16("id,text\n1,##\n2,ok\n", little);
    EXPECT_THAT(read((little ? "\xFF\xFE" : "\xFE\xFF") + plain), ElementsAre("1|中中|", "2|ok|"));
    EXPECT_THAT(read(plain), ElementsAre("1|中中|", "2|ok|"));
  }
}

TEST(Table, KeepsGoingAfterGbkThatLooksLikeUtf8) {
  // 联通 is the word that reads as UTF-8 by accident; its file is decided by the rest of its text.
  EXPECT_THAT(read("id,text\n1,\xC1\xAA\xCD\xA8\n2,\xD6\xD0\xCE\xC4\n"),
              ElementsAre("1|联通|", "2|中文|"));
}

TEST(Table, NamesTheLineOfEachBrokenRowAndReadsOn) {
  EXPECT_THAT(read("id,text\n1,a\n2,\xE4\xB8\n3,中文中文中文中文中文\n"),
              ElementsAre("1|a|", "3:row-bad-encoding", "3|中文中文中文中文中文|"));
  EXPECT_THAT(read(std::string("id,text\n1,a\0b\n2,c\n", 18)),
              ElementsAre("2:row-nul-byte", "2|c|"));
  EXPECT_THAT(read("{\"id\":1,\"text\":\"a\\u0000\"}\n{\"id\":2}"),
              ElementsAre("1:row-nul-byte", "2||"));
  EXPECT_THAT(read("id,text\n1,a,b,c\n2,c,,\n"), ElementsAre("2:row-too-many-fields", "2|c|"));
  EXPECT_THAT(read("{\"id\":1}\n{\"id\":\n[1]\n{\"id\":2} x\n{\"id\":3}"),
              ElementsAre("1||", "2:row-not-json", "3:row-not-json", "4:row-not-json", "3||"));
}

TEST(Table, LosesOnlyTheRowWithABrokenQuote) {
  EXPECT_THAT(read("id,text\n1,\"a\" b\n2,c\n"), ElementsAre("2:row-text-after-quote", "2|c|"));
  // The quote of line 2 is closed by the opening one of line 4, which is a good row.
  EXPECT_THAT(read("id,text\n1,\"a\n2,b\n3,\"c\nd\"\n4,e\n"),
              ElementsAre("2:row-text-after-quote", "2|b|", "3|c\nd|", "4|e|"));
  EXPECT_THAT(read("id,text\n1,\"a\n2,b\n3,c"), ElementsAre("2:row-open-quote", "2|b|", "3|c|"));
}

TEST(Table, SkipsARowOverTheLimit) {
  const Limits limits{.row_bytes = 100, .fields = 8};
  const std::string longest(90, 'x');
  EXPECT_THAT(read("id,text\n1," + std::string(200, 'x') + "\n2," + longest + "\n", 7, limits),
              ElementsAre("2:row-too-long", "2|" + longest + "|"));
  EXPECT_THAT(read("{\"id\":1}\n{\"id\":\"" + std::string(200, 'x') + "\"}\n{\"id\":3}", 7, limits),
              ElementsAre("1||", "2:row-too-long", "3||"));
  EXPECT_THAT(read("id,text\n1," + std::string(200, 'x'), 7, limits),
              ElementsAre("2:row-too-long"));
}

TEST(Table, RefusesWhatIsNoTableOfTheAskedColumns) {
  EXPECT_THAT(read("").front(), HasSubstr("the file is empty"));
  EXPECT_THAT(read(" \n\n").front(), HasSubstr("the file is empty"));
  EXPECT_THAT(read("name,text\n1,2\n").front(),
              HasSubstr("column \"id\" is missing; found: name, text"));
  EXPECT_THAT(read("{\"name\": 1}").front(), HasSubstr("column \"id\" is missing; found: name"));
  EXPECT_THAT(read("id,ID\n1,2\n").front(), HasSubstr("column id stands twice"));
  EXPECT_THAT(read("[{\"id\": 1}]").front(), HasSubstr("JSON array"));
  EXPECT_THAT(read("id,\"text\n1,2\n").front(), HasSubstr("header row cannot be read"));
  EXPECT_THAT(read("id,text\n"), IsEmpty());
}

TEST(Table, GivesTheSameWhateverTheSizeOfTheReads) {
  const std::vector<std::string> texts = {
      "id,text\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n2,中文\r\n3,\"x\" y\r\n4,\"z\n5,w\n",
      "{\"id\":1,\"text\":\"中\"}\r\n{bad}\n{\"id\":3}",
      "id,text\n1,\xD6\xD0\xCE\xC4\n2,\xB2\xE2\n",
      "\xFF\xFE" + utf16("id,text\n1,##\n2,\"a\nb\"\n", true),
  };
  for (const std::string& text : texts) {
    const auto whole = read(text);
    EXPECT_GT(whole.size(), 1U);
    for (const std::size_t piece : {1U, 2U, 3U, 7U}) EXPECT_EQ(read(text, piece), whole) << text;
  }
}

TEST(Table, EndsOnEveryTruncationAndByteFlip) {
  const std::string good = "\xEF\xBB\xBFid,text\n1,\"a\"\"b\n中\"\n2,c\n";
  const auto sound = [](const std::string& text) {
    auto reader = Reader::open(source_of(text), kColumns, Limits{.row_bytes = 40, .fields = 4});
    if (!reader.ok()) return reader.error().code != Code::internal;
    for (std::size_t steps = 0; steps <= text.size(); ++steps) {
      auto step = reader->next();
      if (!step.ok()) return step.error().code != Code::internal;
      if (*step == Step::end) return true;
    }
    return false;
  };
  for (std::size_t n = 0; n <= good.size(); ++n) EXPECT_TRUE(sound(good.substr(0, n))) << n;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string flipped = good;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    EXPECT_TRUE(sound(flipped)) << bit;
  }
}

TEST(Table, ReadsStrayQuotesInLinearTime) {
  // Each line leaves a quote open whether or not one was open before it.
  std::string text = "id,text\n";
  for (int i = 0; i < 400'000; ++i) text += "a\",\"\n";
  const auto out = read(text);
  EXPECT_EQ(out.size(), 400'000U);
}

std::filesystem::path temporary(const std::string& name) {
  return std::filesystem::temp_directory_path() /
         ("assay_table_" + std::to_string(getpid()) + name);
}

TEST(Table, KeepsItsMemoryOnALineOfAGigabyte) {
  const auto path = temporary("gigabyte.csv");
  std::ofstream(path) << "id,text\n1,a\n";
  std::filesystem::resize_file(path, 1'000'000'000);  // sparse: NUL bytes up to here
  std::ofstream(path, std::ios::app) << "\n3,c\n";
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  std::vector<std::string> seen;
  const Hooks hooks{.note =
                        [&](const Note& note) {
                          seen.push_back(std::to_string(note.line) + ":" + std::string(note.id));
                        },
                    .progress = {},
                    .stop = {}};
  const auto totals = for_each_row(path, kColumns, kLimits, hooks,
                                   [&](const Row& row) { seen.emplace_back(row[0]); });
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  std::filesystem::remove(path);
  ASSERT_TRUE(totals.ok()) << totals.error().text();
  EXPECT_EQ(totals->rows, 2U);
  EXPECT_EQ(totals->unread, 1U);
  EXPECT_THAT(seen, ElementsAre("1", "3:row-too-long", "3"));
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 32 << 10) << "KiB";
}

TEST(Table, NamesTheFileInItsErrorsAndStops) {
  const auto path = temporary("stop.csv");
  const auto ignore = [](const Row&) {};
  const auto missing = for_each_row(path, kColumns, kLimits, {}, ignore);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, Code::not_found);
  std::ofstream(path) << "name\n1\n";
  const auto wrong = for_each_row(path, kColumns, kLimits, {}, ignore);
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().where, path.string());
  std::stop_source stop;
  stop.request_stop();
  const Hooks hooks{.note = {}, .progress = {}, .stop = stop.get_token()};
  const auto stopped = for_each_row(path, kColumns, kLimits, hooks, ignore);
  std::filesystem::remove(path);
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().code, Code::interrupted);
}

TEST(Table, CountsARowWithoutARequiredValueAsUnread) {
  const auto path = temporary("value.csv");
  std::ofstream(path) << "id,text\n,a\n2,b\n";
  std::string noted;
  const Hooks hooks{.note = [&](const Note& note) { noted = note.id; }, .progress = {}, .stop = {}};
  const auto totals = for_each_row(path, kColumns, kLimits, hooks, [](const Row&) {});
  std::filesystem::remove(path);
  ASSERT_TRUE(totals.ok());
  EXPECT_EQ(totals->rows, 1U);
  EXPECT_EQ(totals->unread, 1U);
  EXPECT_EQ(noted, "row-value-missing");
  EXPECT_EQ(totals->present, (std::vector<bool>{true, true, false}));
}

}  // namespace
}  // namespace assay::formats::table
