// SPDX-License-Identifier: Apache-2.0
#include "base/messages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <system_error>
#include <vector>

#include "base/result.h"

namespace assay {
namespace {

constexpr StaticText kRows[] = {
#define ROW(english, chinese) {chinese, english},
#define FOREIGN(english, chinese) ROW(english, chinese)
#include "base/messages.def"
#undef FOREIGN
#undef ROW
};

std::string zh(std::string_view english) { return in(english, Language::zh); }

bool has_chinese(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

std::string without(std::string text, std::string_view what) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what))
    text.erase(at, what.size());
  return text;
}

std::size_t places(std::string_view english) {
  return static_cast<std::size_t>(std::ranges::count(english, '{'));
}

// The parts that the Chinese puts in, each as often as it does.
std::multiset<std::size_t> parts(std::string_view chinese) {
  std::multiset<std::size_t> out;
  std::size_t next = 0;
  for (std::size_t at = 0; at + 1 < chinese.size(); ++at) {
    if (chinese[at] != '{') continue;
    out.insert(chinese[at + 1] == '}' ? next++ : static_cast<std::size_t>(chinese[at + 1] - '0'));
  }
  return out;
}

TEST(MessageTable, EachRowSaysEveryPartOnceAndInChinese) {
  std::set<std::string_view> seen;
  for (const StaticText& row : kRows) {
    EXPECT_TRUE(seen.insert(row.en).second) << "twice: " << row.en;
    EXPECT_TRUE(has_chinese(row.zh)) << row.en;
    EXPECT_FALSE(has_chinese(row.en)) << row.en;
    EXPECT_EQ(row.en.find("}{"), std::string_view::npos)
        << "places without text between: " << row.en;
    const std::string bare = without(without(std::string(row.en), "{*}"), "{}");
    EXPECT_EQ(bare.find_first_of("{}"), std::string::npos) << row.en;
    const auto put = parts(row.zh);
    EXPECT_EQ(put.size(), places(row.en)) << row.en;
    for (std::size_t part = 0; part < places(row.en); ++part)
      EXPECT_EQ(put.count(part), 1) << row.en << ", part " << part;
  }
}

TEST(Messages, EnglishStaysAsItIs) {
  EXPECT_EQ(in("not a folder", Language::en), "not a folder");
  EXPECT_EQ(in_both("not a folder"), (Text{"不是目录", "not a folder"}));
}

TEST(Messages, UnknownTextStaysAsItIs) {
  for (const std::string_view text : {"", "nobody wrote this", "不是目录", "not a folder.", "{}",
                                      "{*}", "not a folde", " not a folder", "\xFF\xFE", "}{"})
    EXPECT_EQ(zh(text), text);
}

TEST(Messages, ValuesArePutInTheirPlaces) {
  EXPECT_EQ(zh("file is larger than 12 bytes"), "文件超过 12 字节");
  EXPECT_EQ(zh("column \"a\" is missing; found: b, c"), "缺少列“a”；现有列：b, c");
  EXPECT_EQ(zh("iTXt chunk is too long"), "iTXt 数据块过长");
  EXPECT_EQ(zh("not a date: ''"), "不是日期：“”");
}

TEST(Messages, PartsMayStandInAnotherOrder) {
  EXPECT_EQ(zh("Expected exactly 2 arguments to --to, got 3"), "--to 应恰有 2 个值，却给了 3 个");
  EXPECT_EQ(zh("The value x is not an allowed value for --kind"), "--kind 不能是 x");
}

TEST(Messages, TheMostLiteralTextWins) {
  EXPECT_EQ(zh("no run x"), "没有评估 x");
  EXPECT_EQ(zh("no run x in the record"), "档案中没有评估 x");
}

TEST(Messages, AMessageInAMessageIsTranslated) {
  EXPECT_EQ(zh("cannot open: Permission denied"), "无法打开：没有权限");
  EXPECT_EQ(zh("the compiled content is damaged: ends too early"),
            "编译后的内容已损坏：数据过早结束");
  EXPECT_EQ(zh("the backup is damaged: entry 3: missing"), "备份已损坏：第 3 条：缺失");
  EXPECT_EQ(zh("cannot open: nobody wrote this"), "无法打开：nobody wrote this");
}

TEST(Messages, AValueThatReadsLikeAMessageStays) {
  EXPECT_EQ(zh("unknown command 'encrypted'"), "没有命令“encrypted”");
  EXPECT_EQ(zh("no report format 'not a folder'"), "没有报告格式“not a folder”");
}

TEST(Messages, DepthIsBounded) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "record: ";
  const std::string said = zh(deep + "encrypted");
  EXPECT_TRUE(said.starts_with("档案：档案："));
  EXPECT_TRUE(said.ends_with("record: encrypted"));
}

TEST(Messages, BracketsInValuesAreLetters) {
  EXPECT_EQ(zh("unknown command '{0}'"), "没有命令“{0}”");
  EXPECT_EQ(zh("unknown command '{} {1} {*} }{ {9'"), "没有命令“{} {1} {*} }{ {9”");
  EXPECT_EQ(zh("column \"{1}\" is missing; found: {0}"), "缺少列“{1}”；现有列：{0}");
  EXPECT_EQ(zh("cannot open: {0}"), "无法打开：{0}");
  EXPECT_EQ(zh("not a date: 'a'b''"), "不是日期：“a'b'”");
}

TEST(Messages, ErrorsOfTheSystemAreKnown) {
  for (const int number :
       {ENOENT,     EACCES,  EPERM,     ENOSPC,       EDQUOT,  EFBIG,    EISDIR, ENOTDIR,
        ENOTEMPTY,  EEXIST,  EROFS,     ENAMETOOLONG, ELOOP,   EMFILE,   ENFILE, EIO,
        EBUSY,      ETXTBSY, EAGAIN,    EXDEV,        EINVAL,  ENOMEM,   ENXIO,  ENODEV,
        EOPNOTSUPP, ESTALE,  ETIMEDOUT, ENOTCONN,     EUCLEAN, EOVERFLOW}) {
    const std::string english = std::generic_category().message(number);
    EXPECT_TRUE(has_chinese(zh(english))) << english;
  }
}

TEST(ErrorText, IsWholeInBothLanguages) {
  const Error error{Code::io, "cannot open: Is a directory", 0, "a/b", "name a file"};
  EXPECT_EQ(error.text(), "a/b: cannot open: Is a directory (name a file)");
  EXPECT_EQ(error.text(Language::zh), "a/b: 无法打开：是一个目录（请给出一个文件）");
  EXPECT_EQ((Error{Code::invalid, "encrypted"}.text(Language::zh)), "已加密");
}

}  // namespace
}  // namespace assay
