// SPDX-License-Identifier: Apache-2.0
#include "corpus/robots.h"

#include <gtest/gtest.h>

#include <array>

namespace assay::corpus {
namespace {

struct Row {
  const char* rules;
  const char* agent;
  const char* url;
  bool allowed;
};

// The first block is the examples of RFC 9309, 2.2.2 and 5.
constexpr std::array<Row, 33> kRows = {{
    {"user-agent: foobot\ndisallow: *.gif$\ndisallow: /example/\nallow: /publications/\n", "foobot",
     "/a.gif", false},
    {"user-agent: foobot\ndisallow: *.gif$\ndisallow: /example/\nallow: /publications/\n", "foobot",
     "/a.gif?x", true},
    {"user-agent: foobot\ndisallow: *\nallow: /example/page/\nallow: /example/allowed.gif",
     "foobot", "/example/page/1", true},
    {"user-agent: foobot\nallow: /example/page/\ndisallow: /example/page/disallowed.gif", "foobot",
     "/example/page/disallowed.gif", false},
    {"User-Agent: *\nDisallow: /foo/bar?baz=https://foo.bar", "x", "/foo/bar?baz=https://foo.bar",
     false},
    {"User-Agent: *\nDisallow: /foo/bar/\xE3\x83\x84", "x", "/foo/bar/%E3%83%84", false},
    {"User-Agent: *\nDisallow: /foo/bar/%62%61%7A", "x", "/foo/bar/baz", false},
    {"User-Agent: *\nDisallow: /foo/bar/%e3%83%84", "x", "/foo/bar/\xE3\x83\x84", false},
    // Without a rule, or with one for somebody else, everything is allowed.
    {"", "bot", "/x", true},
    {"# nothing\nSitemap: https://e/s.xml\n", "bot", "/x", true},
    {"Disallow: /\n", "bot", "/x", true},
    {"User-agent: other\nDisallow: /\n", "bot", "/x", true},
    {"User-agent: *\nDisallow:\n", "bot", "/x", true},
    {"User-agent: *\nDisallow: /\n", "bot", "https://e/robots.txt", true},
    // Groups: the own one wins over *, groups of one agent are joined, agents share a group.
    {"User-agent: *\nDisallow: /\nUser-agent: bot\nAllow: /\n", "Bot/2.1", "/x", true},
    {"User-agent: bot\nDisallow: /a\nUser-agent: *\nAllow: /\nUser-agent: BOT\nDisallow: /b\n",
     "bot", "/b", false},
    {"User-agent: a\nUser-agent: bot\nDisallow: /x\n", "bot", "/x", false},
    {"User-agent: bot\nSitemap: s\nUser-agent: c\nDisallow: /x\n", "bot", "/x", false},
    {"User-agent: *\nDisallow: /\n", "", "/x", false},
    {"User-agent: bo\nDisallow: /\n", "bot", "/x", true},
    // The longest pattern decides, Allow among equals.
    {"User-agent: *\nDisallow: /page\nAllow: /page\n", "b", "/page", true},
    {"User-agent: *\nAllow: /p\nDisallow: /\n", "b", "/page", true},
    {"User-agent: *\nAllow: /$\nDisallow: /\n", "b", "/", true},
    {"User-agent: *\nAllow: /$\nDisallow: /\n", "b", "/page.htm", false},
    {"User-agent: *\nDisallow: /fish*\n", "b", "/fishheads/yummy.html?id=x", false},
    {"User-agent: *\nDisallow: /fish*\n", "b", "/Fish.asp", true},
    {"User-agent: *\nDisallow: /*.php$\n", "b", "/folder/filename.php", false},
    {"User-agent: *\nDisallow: /*.php$\n", "b", "/filename.php/", true},
    {"User-agent: *\nDisallow: /a*b*c$\n", "b", "/aXbXbXc", false},
    {"\xEF\xBB\xBFUser-agent : * # all\r\nDisallow : /x # why\r\n", "b", "/x/y", false},
    {"User-agent: *\rDisallow: /x\r", "b", "/x", false},
    // URLs
    {"User-agent: *\nDisallow: /x\n", "b", "https://example.cn/x#top", false},
    {"User-agent: *\nDisallow: /\n", "b", "https://example.cn", false},
}};

TEST(Robots, AllowsWhatRfc9309Allows) {
  for (const Row& row : kRows)
    EXPECT_EQ(Robots::parse(row.rules).allows(row.agent, row.url), row.allowed)
        << row.rules << "\n"
        << row.agent << " " << row.url;
}

TEST(Robots, EndsOnPatternsMadeToBacktrack) {
  std::string pattern = "User-agent: *\nDisallow: /";
  for (int i = 0; i < 900; ++i) pattern += "a*";
  const Robots robots = Robots::parse(pattern + "b$\n");
  EXPECT_TRUE(robots.allows("x", "/" + std::string(2000, 'a')));
  EXPECT_FALSE(robots.allows("x", "/" + std::string(2000, 'a') + "b"));
}

}  // namespace
}  // namespace assay::corpus
