// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::corpus {

// The rules of a robots.txt file (RFC 9309). Anything that is no rule is passed over, as the RFC
// asks; of a file over 500 KiB the rest is not read.
class Robots {
 public:
  static Robots parse(std::string_view text);

  // May a crawler with this product token fetch the URL or path? The rule with the longest pattern
  // decides, Allow where two are as long; without a rule it may.
  bool allows(std::string_view user_agent, std::string_view url) const;

 private:
  struct Rule {
    std::string pattern;
    bool allow;
  };
  struct Group {
    std::vector<std::string> agents;  // lower case
    std::vector<Rule> rules;
  };
  std::vector<Group> groups_;
};

// Path and query of an absolute URL, or of a path, as robots rules are matched against it.
std::string robots_path(std::string_view url);

}  // namespace assay::corpus
