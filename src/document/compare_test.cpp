// SPDX-License-Identifier: Apache-2.0
#include "document/compare.h"

#include <gtest/gtest.h>

#include <random>

#include "document/plain.h"

namespace assay::document {
namespace {

struct Version {
  explicit Version(std::string_view text)
      : document(read_plain(text)), pieces(pieces_of(document, outline_of(document))) {}
  Document document;
  std::vector<Piece> pieces;
  std::string_view text(int piece) const {
    return document.at(pieces[static_cast<std::size_t>(piece)].span);
  }
};

std::vector<Change> changes(const Version& a, const Version& b) {
  return compare(a.document, a.pieces, b.document, b.pieces);
}

// What follows from the edits must be the new text, word by word.
std::string applied(const Version& a, const Version& b, const Change& change) {
  const Span all = a.pieces[static_cast<std::size_t>(change.before)].span;
  std::string out;
  std::size_t at = all.begin;
  for (const Edit& edit : change.edits) {
    out += std::string(a.document.at({at, edit.before.begin})) + " " +
           std::string(b.document.at(edit.after)) + " ";
    at = edit.before.end;
  }
  return out + std::string(a.document.at({at, all.end}));
}
std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '\n' && c != '\t') out += c;
  return out;
}

constexpr std::string_view kOld =
    "第一条 为了示例，制定本条例。\n\n第二条 提供者应当每年检查一次标识，并保存记录。\n\n"
    "第三条 用户可以投诉。\n\n第四条 本条例自公布之日起施行。\n";
constexpr std::string_view kNew =
    "第一条 为了示例，制定本条例。\n\n第二条 平台应当核验上传内容的来源。\n\n"
    "第三条 提供者应当每半年检查一次标识，并保存记录。\n\n第四条 本条例自公布之日起施行。\n";

TEST(Compare, TellsWhatStayedChangedCameAndWent) {
  const Version a(kOld), b(kNew);
  std::string out;
  for (const Change& change : changes(a, b)) {
    const char* kinds[] = {"same", "changed", "added", "removed"};
    out += std::string(kinds[static_cast<int>(change.kind)]) + " " + std::to_string(change.before) +
           ">" + std::to_string(change.after) + "\n";
  }
  EXPECT_EQ(out, "same 0>0\nadded -1>1\nchanged 1>2\nremoved 2>-1\nsame 3>3\n");
}

TEST(Compare, TellsTheWordsThatChanged) {
  const Version a(kOld), b(kNew);
  const Change change = changes(a, b)[2];
  ASSERT_EQ(change.edits.size(), 2U) << "the number of the article, and the time";
  EXPECT_EQ(a.document.at(change.edits[1].before), "");
  EXPECT_EQ(b.document.at(change.edits[1].after), "半");
  EXPECT_EQ(squeezed(applied(a, b, change)), squeezed(b.text(change.after)));
}

TEST(Compare, TellsWhatMoved) {
  const Version a(
      "Alpha is the first of all the letters here.\n\nBeta comes after it and before "
      "the third.\n\nGamma is the last that this text names.\n"),
      b("Gamma is the last that this text names.\n\nAlpha is the first of all the letters here.\n\n"
        "Beta comes after it and before the third.\n");
  const auto out = changes(a, b);
  ASSERT_EQ(out.size(), 3U);
  EXPECT_TRUE(out[0].moved);
  EXPECT_FALSE(out[1].moved || out[2].moved);
}

TEST(Compare, PairsByNumberWhatIsHardlyAlike) {
  const Version a("第一条 甲乙丙丁戊己庚辛壬癸子丑寅卯。\n\n第二条 一二三四五六七八九十。\n"),
      b("第一条 甲乙丙丁戊己东西南北中发白春夏秋冬梅兰竹菊。\n\n第二条 一二三四五六七八九十。\n");
  const auto out = changes(a, b);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out[0].kind, ChangeKind::changed);
  EXPECT_LT(out[0].likeness, 0.5);
}

TEST(Compare, AnInsertedArticleDoesNotTakeThePlaceOfTheOneItPushes) {
  const Version a("第一条 总则。\n\n第二条 提供者应当保存网络日志不少于三年，并向主管部门报告。\n"),
      b("第一条 总则。\n\n第二条 提供者应当设置安全负责人，并向主管部门备案。\n\n"
        "第三条 提供者应当保存网络日志不少于六个月，并向主管部门报告。\n");
  const auto out = changes(a, b);
  ASSERT_EQ(out.size(), 3U);
  EXPECT_EQ(out[1].kind, ChangeKind::added);
  EXPECT_EQ(out[2].before, 1);
}

TEST(Compare, WhiteSpaceIsNoChange) {
  EXPECT_EQ(changes(Version("第一条　甲乙。\n"), Version("第一条 甲乙。\n"))[0].kind,
            ChangeKind::same);
}

TEST(Compare, TooManyEditsAreOne) {
  std::string a = "第一条 head ", b = a;
  for (int i = 0; i < 3000; ++i) {
    const std::string word = std::to_string(i);
    a += "stays" + word + " stays too a" + word + " ";
    b += "stays" + word + " stays too b" + word + " ";
  }
  const Version before(a + "tail.\n"), after(b + "tail.\n");
  const Change change = changes(before, after)[0];
  ASSERT_EQ(change.edits.size(), 1U);
  EXPECT_TRUE(before.document.at(change.edits[0].before).starts_with("a0 stays1"));
  EXPECT_EQ(squeezed(applied(before, after, change)), squeezed(after.text(change.after)));
}

TEST(Compare, ManyEqualPiecesArePairedInOrder) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "Same paragraph of text here.\n\n";
  const Version a(text), b(text);
  for (const Change& change : changes(a, b)) {
    EXPECT_EQ(change.before, change.after);
    EXPECT_FALSE(change.moved);
  }
}

TEST(Compare, EmptyDocumentsHaveNothingInCommon) {
  EXPECT_TRUE(changes(Version(""), Version("")).empty());
  const auto out = changes(Version(""), Version("One.\n"));
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].kind, ChangeKind::added);
}

// Any two texts: each piece is told once, and edits turn the old text into the new one.
TEST(Compare, HoldsForAnyTwoTexts) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const auto text = [&] {
      std::string out;
      for (unsigned p = 0; p < random() % 6; ++p) {
        for (unsigned w = 0; w < 1 + random() % 12; ++w)
          out += std::string("abcde").substr(random() % 5, 1) + " ";
        out += "\n\n";
      }
      return out;
    };
    const Version a(text()), b(text());
    std::vector<int> old_told(a.pieces.size(), 0), new_told(b.pieces.size(), 0);
    for (const Change& change : changes(a, b)) {
      if (change.before >= 0) ++old_told[static_cast<std::size_t>(change.before)];
      if (change.after >= 0) ++new_told[static_cast<std::size_t>(change.after)];
      if (change.kind != ChangeKind::changed || change.edits.empty()) continue;
      EXPECT_EQ(squeezed(applied(a, b, change)), squeezed(b.text(change.after)));
    }
    EXPECT_EQ(std::count(old_told.begin(), old_told.end(), 1), static_cast<long>(old_told.size()));
    EXPECT_EQ(std::count(new_told.begin(), new_told.end(), 1), static_cast<long>(new_told.size()));
  }
}

}  // namespace
}  // namespace assay::document
