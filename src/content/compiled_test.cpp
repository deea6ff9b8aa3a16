// SPDX-License-Identifier: Apache-2.0
#include "content/compiled.h"

#include <gmock/gmock.h>

#include <chrono>
#include <random>

#include "base/digest.h"
#include "content/diff.h"
#include "content/source.h"
#include "content/test_tree.h"

namespace assay::content {
namespace {

using testing::HasSubstr;

constexpr std::size_t kDigestAt = 8 + 4 + 4 + 8;
constexpr std::size_t kPayloadAt = kDigestAt + 32 + 8;

std::string small() { return compile(load_source({kCases / "base"}, {}).content); }

TEST(Compiled, GivesBackWhatWasCompiled) {
  for (const fs::path& folder : {kCases / "base", kRealContent}) {
    const Content content = load_source({folder}, {}).content;
    const std::string bytes = compile(content);
    const Result<Content> opened = open(as_raw(bytes));
    ASSERT_TRUE(opened.ok()) << opened.error().text();
    EXPECT_TRUE(diff(content, *opened).empty());
    EXPECT_EQ(compile(*opened), bytes);
    EXPECT_EQ(opened->digest, hex(sha256(as_raw(bytes).subspan(kPayloadAt))));
    ASSERT_FALSE(opened->standards.empty());
    for (const Standard& standard : opened->standards)
      for (const Clause& clause : standard.clauses)
        EXPECT_EQ(clause.id, standard.id + "/" + clause.code);
  }
}

TEST(Compiled, EveryTruncationIsRefused) {
  const std::string bytes = small();
  for (std::size_t n = 0; n < bytes.size(); ++n)
    EXPECT_FALSE(open(as_raw(bytes).first(n)).ok()) << n;
  EXPECT_FALSE(open(as_raw(bytes + "x")).ok());
}

TEST(Compiled, EveryBitFlipIsRefused) {
  std::string bytes = small();
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const char flip = static_cast<char>(1 << bit % 8);
    bytes[bit / 8] ^= flip;
    EXPECT_FALSE(open(as_raw(bytes)).ok()) << bit;
    bytes[bit / 8] ^= flip;
  }
}

// Someone who can write a digest too: must end in a value or an Error, never in more than that.
TEST(Compiled, BytesWithATrueDigestAreReadWithCare) {
  const std::string whole = small();
  std::mt19937 random(7);
  std::size_t refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = whole;
    const std::size_t at = kPayloadAt + random() % (bytes.size() - kPayloadAt);
    bytes[at] = static_cast<char>(random());
    const Digest digest = sha256(as_raw(bytes).subspan(kPayloadAt));
    bytes.replace(kDigestAt, digest.size(), as_text(digest));
    const Result<Content> opened = open(as_raw(bytes));
    if (opened.ok()) continue;
    ++refused;
    EXPECT_NE(opened.error().code, Code::internal);
    EXPECT_LE(opened.error().offset, bytes.size());
  }
  EXPECT_GT(refused, 1000);
}

TEST(Compiled, SaysBothDigestsOfADamagedFile) {
  std::string bytes = small();
  const std::string expected = hex(sha256(as_raw(bytes).subspan(kPayloadAt)));
  bytes.back() ^= 1;
  const Result<Content> opened = open(as_raw(bytes));
  ASSERT_FALSE(opened.ok());
  EXPECT_THAT(opened.error().what, HasSubstr(expected));
  EXPECT_THAT(opened.error().what, HasSubstr(hex(sha256(as_raw(bytes).subspan(kPayloadAt)))));
  EXPECT_THAT(opened.error().mend, HasSubstr("content build"));
}

TEST(Compiled, TellsNewerFormatsEnginesAndOtherMakesApart) {
  const auto error_with = [](std::size_t at, char value) {
    std::string bytes = small();
    bytes[at] = value;
    const Result<Content> opened = open(as_raw(bytes));
    EXPECT_EQ(opened.error().code, Code::unsupported);
    return opened.error().text();
  };
  EXPECT_THAT(error_with(8, 9), HasSubstr("format 9"));
  EXPECT_THAT(error_with(12, 5), HasSubstr("engine 5"));
  EXPECT_THAT(error_with(16, 0x55), HasSubstr("another version"));
  EXPECT_THAT(open(as_raw("not this at all")).error().what, HasSubstr("not compiled content"));
}

TEST(Compiled, OpensTheRealContentQuickly) {
  const std::string bytes = compile(load_source({kRealContent}, {}).content);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(open(as_raw(bytes)).ok());
  // A hundredth of a second in release; this bound only catches something that grew out of hand.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(500));
}

}  // namespace
}  // namespace assay::content
