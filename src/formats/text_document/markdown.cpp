// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/strings.h"
#include "base/yaml.h"
#include "formats/text_document/documents.h"

namespace assay::formats::text_document {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kMark = "\xef\xbb\xbf";
constexpr std::string_view kKey = "AIGC";

struct FrontMatter {
  std::size_t begin = 0;  // behind its first line
  std::size_t end = 0;    // before its last one
};

// The line at `at` without its end; moves to the next one.
std::string_view next_line(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  std::string_view line = text.substr(at, end - at);
  at = std::min(end + 1, text.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view without_blanks_behind(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t");
  return last == std::string_view::npos ? std::string_view() : line.substr(0, last + 1);
}

std::size_t start_of(std::string_view text) { return text.starts_with(kMark) ? kMark.size() : 0; }

bool opens(std::string_view text) {
  std::size_t at = start_of(text);
  return without_blanks_behind(next_line(text, at)) == "---" && at < text.size();
}

std::optional<FrontMatter> front_matter(std::string_view text) {
  if (!opens(text)) return std::nullopt;
  FrontMatter out;
  std::size_t at = start_of(text);
  next_line(text, at);
  out.begin = at;
  while (at < text.size()) {
    out.end = at;
    const std::string_view line = without_blanks_behind(next_line(text, at));
    if (line == "---" || line == "...") return out;
  }
  return std::nullopt;
}

// Does the line begin the mapping of the label?
bool is_label_line(std::string_view line) {
  const char quote = line.empty() ? '\0' : line[0];
  const bool quoted = quote == '"' || quote == '\'';
  if (quoted) line.remove_prefix(1);
  if (!line.starts_with(kKey)) return false;
  line.remove_prefix(kKey.size());
  if (quoted && !line.starts_with(quote)) return false;
  if (quoted) line.remove_prefix(1);
  line = trim(line);
  return line == ":" || line.starts_with(": ") || line.starts_with(":\t");
}

// Behind the last line that belongs to the entry whose first line ends at `at`.
std::size_t entry_end(std::string_view text, std::size_t at, std::size_t end) {
  std::size_t out = at;
  while (at < end) {
    const std::string_view line = next_line(text, at);
    if (trim(line).empty()) continue;
    if (line[0] != ' ' && line[0] != '\t' && line[0] != '}') break;
    out = at;
  }
  return out;
}

Json json_of(const Node& node) {  // as deep as read_yaml() allows
  switch (node.kind) {
    case NodeKind::null: return nullptr;
    case NodeKind::list: {
      Json out = Json::array();
      for (const Node& item : node.items) out.push_back(json_of(item));
      return out;
    }
    case NodeKind::map: {
      Json out = Json::object();
      for (const Entry& entry : node.entries) out[entry.key] = json_of(entry.value);
      return out;
    }
    case NodeKind::scalar: break;
  }
  if (node.quoted) return node.text;
  const Json bare = Json::parse(node.text, nullptr, false);  // 1, true
  return bare.is_discarded() || !bare.is_primitive() ? Json(node.text) : bare;
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// What an entry of the front matter says, as JSON where it is a mapping.
void read_entry(std::string_view lines, Item& item) {
  std::string text(lines);
  std::erase(text, '\r');
  std::vector<Fault> list;
  const Faults faults("", list);
  const auto root = read_yaml(text, faults);
  if (!root || !list.empty() || root->kind != NodeKind::map || root->entries.size() != 1) {
    item.broken = "this YAML cannot be read";
    return;
  }
  const Node& value = root->entries[0].value;
  item.value = value.kind == NodeKind::scalar ? value.text : dump(json_of(value));
}

std::string_view line_end(std::string_view text) {
  const std::size_t first = text.find('\n');
  return first != std::string_view::npos && first > 0 && text[first - 1] == '\r' ? "\r\n" : "\n";
}

bool is_plain_key(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

bool has_front_matter(std::string_view text) {
  const auto block = front_matter(text);
  if (!block) return false;
  std::size_t at = block->begin;
  while (at < block->end) {
    const std::string_view line = next_line(text, at);
    if (line.empty() || line[0] == '#') continue;
    const std::size_t colon = line.find(':');
    return colon != std::string_view::npos && colon > 0 && line[0] != ' ' &&
           (colon + 1 == line.size() || line[colon + 1] == ' ');
  }
  return false;
}

bool is_cut_in_front_matter(std::string_view text) { return opens(text) && !front_matter(text); }

Result<Contents> find_in_markdown(std::string_view text, const MediaLimits& limits) {
  Contents out;
  const auto block = front_matter(text);
  out.whole = block || !opens(text);
  out.insert = block ? block->end : start_of(text);
  std::size_t at = block ? block->begin : 0;
  const std::size_t end = block ? block->end : 0;
  while (at < end) {
    const std::size_t begin = at;
    if (!is_label_line(next_line(text, at))) continue;
    Found found{{ItemKind::text, "front matter", begin, std::string(kKey)},
                begin,
                entry_end(text, at, end)};
    if (found.end - begin > limits.value_bytes)
      found.item.broken = "value is too long";
    else
      read_entry(text.substr(begin, found.end - begin), found.item);
    if (out.found.size() >= limits.elements) return Error{Code::limit, "too much metadata", begin};
    at = found.end;
    out.found.push_back(std::move(found));
  }
  return out;
}

Result<std::string> label_lines(std::string_view text, const std::string& value,
                                const MediaLimits& limits) {
  const Json label = Json::parse(value, nullptr, false);
  const Error other{Code::unsupported, "front matter takes a label that is a flat JSON object", 0};
  if (!label.is_object()) return other;
  const std::string_view end = line_end(text);
  std::string lines = std::string(kKey) + ":" + std::string(end);
  for (const auto& [key, held] : label.items())
    lines += "  " + (is_plain_key(key) ? key : dump(key)) + ": " + dump(held) + std::string(end);
  Item item;
  read_entry(lines, item);
  if (item.value != value || lines.size() > limits.value_bytes) return other;
  if (front_matter(text)) return lines;
  const std::string line = "---" + std::string(end);
  return line + lines + line;
}

}  // namespace assay::formats::text_document
