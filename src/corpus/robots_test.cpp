// SPDX-License-Identifier: Apache-2.0
#include "corpus/robots.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

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

// As RFC 9309 has it, by trying everything.
bool matches_plainly(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return true;
  if (pattern == "$") return path.empty();
  if (pattern[0] == '*')
    return matches_plainly(pattern.substr(1), path) ||
           (!path.empty() && matches_plainly(pattern, path.substr(1)));
  return !path.empty() && path[0] == pattern[0] &&
         matches_plainly(pattern.substr(1), path.substr(1));
}

// Every word of so many letters over an alphabet.
std::vector<std::string> words(std::string_view letters, std::size_t size) {
  std::vector<std::string> out = {""};
  for (std::size_t i = 0; i < size; ++i) {
    std::vector<std::string> longer;
    for (const std::string& word : out)
      for (const char c : letters) longer.push_back(word + c);
    out = std::move(longer);
  }
  return out;
}

TEST(Robots, MatchesWhatTryingEverythingMatches) {
  for (std::size_t n = 1; n <= 5; ++n)
    for (const std::string& pattern : words("ab*", n))
      for (const char* end : {"", "$"}) {
        const std::string whole = "/" + pattern + end;
        const Robots robots = Robots::parse("User-agent: *\nDisallow: " + whole);
        for (std::size_t m = 0; m <= 4; ++m)
          for (const std::string& path : words("ab", m))
            ASSERT_EQ(!robots.allows("x", "/" + path), matches_plainly(whole, "/" + path))
                << whole << " /" << path;
      }
}

// A file full of patterns that repeat what the address repeats, asked again and again: work that
// grew with their product took a minute here.
TEST(Robots, WorkGrowsWithLengthsNotTheirProduct) {
  std::string rules = "User-agent: *\n";
  while (rules.size() < 500'000)
    rules += "Disallow: /*" + std::string(1000, 'a') + "b*" + std::string(900, 'a') + "c$\n";
  const Robots robots = Robots::parse(rules);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(robots.allows("x", "/" + std::string(2000, 'a')));
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
