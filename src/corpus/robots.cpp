// SPDX-License-Identifier: Apache-2.0
#include "corpus/robots.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/strings.h"

namespace assay::corpus {
namespace {

constexpr std::size_t kMaxBytes = 500 << 10;  // RFC 9309, 2.5
// Longer patterns and URLs than any server takes; a bound of the work for one match.
constexpr std::size_t kMaxPattern = 2'048;
constexpr std::size_t kMaxNormal = 3 * kMaxPattern + 1;  // percent-encoded, and the leading "/"

std::optional<unsigned> hex_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

bool is_unreserved(unsigned char c) {  // RFC 3986, 2.3
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

void append_percent(std::string& out, unsigned char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  out += '%';
  out += kHex[c >> 4];
  out += kHex[c & 15];
}

// RFC 9309, 2.2.2: octets outside ASCII are percent-encoded, unreserved ones are not.
std::string normalise(std::string_view path) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto c = static_cast<unsigned char>(path[i]);
    if (c == '%' && i + 2 < path.size()) {
      const auto high = hex_value(path[i + 1]);
      const auto low = hex_value(path[i + 2]);
      if (high && low) {
        const auto decoded = static_cast<unsigned char>(*high << 4 | *low);
        i += 2;
        if (is_unreserved(decoded)) {
          out += static_cast<char>(decoded);
        } else {
          append_percent(out, decoded);
        }
        continue;
      }
    }
    if (c > 0x20 && c < 0x7F) {
      out += static_cast<char>(c);
    } else {
      append_percent(out, c);
    }
  }
  return out;
}

// Where `word` first stands in `text` at or after `from`, or npos. Knuth, Morris and Pratt: one
// step a character of either, however they repeat.
std::size_t find_from(std::string_view text, std::string_view word, std::size_t from) {
  if (word.empty()) return from;
  std::array<std::uint16_t, kMaxNormal> back;  // length of the border of each beginning of `word`
  back[0] = 0;
  for (std::size_t i = 1, k = 0; i < word.size(); ++i) {
    while (k > 0 && word[i] != word[k]) k = back[k - 1];
    if (word[i] == word[k]) ++k;
    back[i] = static_cast<std::uint16_t>(k);
  }
  for (std::size_t at = from, k = 0; at < text.size(); ++at) {
    while (k > 0 && text[at] != word[k]) k = back[k - 1];
    if (text[at] == word[k]) ++k;
    if (k == word.size()) return at + 1 - k;
  }
  return std::string_view::npos;
}

// Does `pattern` match from the front of `path`? "*" is any run of characters, "$" at its end the
// end of the path. The parts between the stars are taken where they first stand, which leaves most
// for the rest, so that the work grows with the lengths added, not multiplied.
bool matches(std::string_view pattern, std::string_view path) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return anchored ? path == pattern : path.starts_with(pattern);
  if (!path.starts_with(pattern.substr(0, star))) return false;
  std::size_t at = star;  // in the path
  for (;;) {
    pattern.remove_prefix(star + 1);
    star = pattern.find('*');
    if (star == std::string_view::npos && anchored)
      return pattern.size() <= path.size() - at && path.ends_with(pattern);
    const std::string_view part = pattern.substr(0, star);
    at = find_from(path, part, at);
    if (at == std::string_view::npos) return false;
    at += part.size();
    if (star == std::string_view::npos) return true;
  }
}

// The product token at the front of a user agent: letters, "_" and "-".
std::string product_token(std::string_view user_agent) {
  const auto* end = std::ranges::find_if(user_agent, [](char c) {
    return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-');
  });
  return to_lower(user_agent.substr(0, static_cast<std::size_t>(end - user_agent.begin())));
}

}  // namespace

std::string robots_path(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos && scheme < url.find_first_of("/?#")) {
    const std::size_t path = url.find_first_of("/?#", scheme + 3);
    url = path == std::string_view::npos ? std::string_view() : url.substr(path);
  }
  url = url.substr(0, url.find('#'));
  std::string path = normalise(url.substr(0, kMaxPattern));
  if (!path.starts_with('/')) path.insert(0, 1, '/');
  return path;
}

Robots Robots::parse(std::string_view text) {
  Robots robots;
  bool in_agents = false;
  text = text.substr(0, kMaxBytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line = line.substr(0, line.find('#'));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string key = to_lower(trim(line.substr(0, colon)));
    const std::string_view value = trim(line.substr(colon + 1));
    if (key == "user-agent") {
      if (!in_agents) robots.groups_.emplace_back();
      in_agents = true;
      robots.groups_.back().agents.push_back(value == "*" ? "*" : product_token(value));
    } else if (key == "allow" || key == "disallow") {
      in_agents = false;
      if (robots.groups_.empty() || value.empty() || value.size() > kMaxPattern) continue;
      robots.groups_.back().rules.push_back({normalise(value), key == "allow"});
    }
  }
  return robots;
}

bool Robots::allows(std::string_view user_agent, std::string_view url) const {
  const std::string path = robots_path(url);
  if (path == "/robots.txt") return true;
  const std::string token = product_token(user_agent);
  const auto names = [](const Group& group, std::string_view agent) {
    return std::ranges::find(group.agents, agent) != group.agents.end();
  };
  const bool own = !token.empty() && std::ranges::any_of(groups_, [&](const Group& group) {
    return names(group, token);
  });
  std::size_t longest = 0;
  bool allowed = true;
  for (const Group& group : groups_) {
    if (!names(group, own ? std::string_view(token) : "*")) continue;
    for (const Rule& rule : group.rules) {
      if (rule.pattern.size() < longest || !matches(rule.pattern, path)) continue;
      allowed = rule.pattern.size() == longest ? allowed || rule.allow : rule.allow;
      longest = rule.pattern.size();
    }
  }
  return allowed;
}

}  // namespace assay::corpus
