// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "base/strings.h"
#include "formats/text_document/documents.h"

namespace assay::formats::text_document {
namespace {

constexpr std::string_view kKey = "AIGC";
constexpr std::string_view kBlank = " \t\n\f\r";

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEntities = {
    {{"&amp;", "&"}, {"&quot;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&apos;", "'"}}};

struct Tag {
  std::string name;  // small letters; "/head" of an end tag
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<std::pair<std::string, std::string_view>> attributes;

  std::optional<std::string_view> get(std::string_view key) const {
    for (const auto& [name_, value] : attributes)
      if (name_ == key) return value;
    return std::nullopt;
  }
};

// The letter of a numeric reference ("&#39;", "&#x27;") at `at`, which moves behind it.
std::optional<char32_t> numeric_reference(std::string_view text, std::size_t& at) {
  const std::size_t end = text.substr(at, 12).find(';');
  if (!text.substr(at).starts_with("&#") || end == std::string_view::npos) return std::nullopt;
  std::string_view digits = text.substr(at + 2, end - 2);
  const bool hex = digits.starts_with('x') || digits.starts_with('X');
  if (hex) digits.remove_prefix(1);
  std::uint32_t value = 0;
  const auto [stop, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
  const bool letter = value != 0 && value < 0x110000 && (value < 0xd800 || value > 0xdfff);
  if (error != std::errc{} || stop != digits.data() + digits.size() || !letter) return std::nullopt;
  at += end + 1;
  return static_cast<char32_t>(value);
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto named = std::find_if(kEntities.begin(), kEntities.end(), [&](const auto& row) {
      return text.substr(at).starts_with(row.first);
    });
    if (named != kEntities.end()) {
      out += named->second;
      at += named->first.size();
    } else if (const auto letter = numeric_reference(text, at)) {
      append_utf8(out, *letter);
    } else {
      out += text[at++];
    }
  }
  return out;
}

// Goes through the tags of a page's head.
class Tags {
 public:
  explicit Tags(std::string_view text) : text_(text) {}

  // The next tag; nothing at the end, or where the text ends within one.
  std::optional<Tag> next() {
    while (true) {
      at_ = text_.find('<', at_);
      if (at_ == std::string_view::npos) return std::nullopt;
      const std::string_view rest = text_.substr(at_);
      if (rest.starts_with("<!--")) {
        if (!skip_past("-->")) return std::nullopt;
      } else if (rest.starts_with("<!") || rest.starts_with("<?")) {
        if (!skip_past(">")) return std::nullopt;
      } else if (is_letter(rest.substr(rest.starts_with("</") ? 2 : 1))) {
        return tag();
      } else {
        ++at_;
      }
    }
  }

 private:
  static bool is_letter(std::string_view rest) {
    const char c = rest.empty() ? '\0' : rest[0];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  bool skip_past(std::string_view end) {
    at_ = text_.find(end, at_);
    if (at_ == std::string_view::npos) return false;
    at_ += end.size();
    return true;
  }

  std::string_view until(std::string_view ends) {
    const std::size_t end = std::min(text_.find_first_of(ends, at_), text_.size());
    return text_.substr(std::exchange(at_, end), end - at_);
  }

  void skip_blanks() { at_ = std::min(text_.find_first_not_of(kBlank, at_), text_.size()); }

  std::optional<Tag> tag() {
    Tag out;
    out.begin = at_++;
    const bool closing = text_[at_] == '/';
    if (closing) ++at_;
    out.name = (closing ? "/" : "") + to_lower(until(" \t\n\f\r/>"));
    while (true) {
      at_ = std::min(text_.find_first_not_of(" \t\n\f\r/", at_), text_.size());
      if (at_ == text_.size()) return std::nullopt;
      if (text_[at_] == '>') break;
      attribute(out);
    }
    out.end = ++at_;
    for (const std::string_view raw : {"script", "style", "title"})  // tags in them are none
      if (out.name == raw) skip_raw(raw);
    return out;
  }

  void attribute(Tag& out) {
    const std::size_t start = at_++;  // a name may begin with =
    until("= \t\n\f\r/>");
    std::string name = to_lower(text_.substr(start, at_ - start));
    std::string_view value;
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == '=') {
      ++at_;
      skip_blanks();
      const char quote = at_ < text_.size() ? text_[at_] : '\0';
      if (quote == '"' || quote == '\'') {
        ++at_;
        value = until(std::string_view(&quote, 1));
        at_ = std::min(at_ + 1, text_.size());
      } else {
        value = until(" \t\n\f\r>");
      }
    }
    out.attributes.emplace_back(std::move(name), value);
  }

  void skip_raw(std::string_view name) {
    while (true) {
      at_ = text_.find("</", at_);
      if (at_ == std::string_view::npos) at_ = text_.size();
      if (at_ == text_.size() || to_lower(text_.substr(at_ + 2, name.size())) == name) return;
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

void look_at_meta(const Tag& tag, Contents& out, const MediaLimits& limits) {
  const auto named = tag.get("name") ? tag.get("name") : tag.get("property");
  const std::string name = unescaped(named.value_or(""));
  std::string value = unescaped(tag.get("content").value_or(""));
  if (name.find(kKey) == std::string::npos && value.find(kKey) == std::string::npos) return;
  Item item{ItemKind::text, "meta element", tag.begin, printable(name)};
  item.agreed = tag.get("name") && name == kKey;
  if (value.size() > limits.value_bytes)
    item.broken = "value is too long";
  else if (!valid_utf8(value))
    item.broken = "a text is not UTF-8";
  else
    item.value = std::move(value);
  out.found.push_back({std::move(item), tag.begin, tag.end});
}

bool says_charset(const Tag& tag) {
  return tag.get("charset") ||
         to_lower(tag.get("content").value_or("")).find("charset=") != std::string::npos;
}

}  // namespace

bool is_html(std::string_view head) {
  std::string text = to_lower(head);
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  return trim(text).starts_with('<') && (text.find("<!doctype html") != std::string::npos ||
                                         text.find("<html") != std::string::npos);
}

Result<Contents> find_in_html(std::string_view text, const MediaLimits& limits) {
  Contents out;
  Tags tags(text);
  std::uint64_t count = 0;
  while (const auto tag = tags.next()) {
    if (++count > limits.elements) return Error{Code::limit, "too many elements", tag->begin};
    out.whole = tag->name == "/head" || tag->name == "body";
    if (out.whole) break;
    if (tag->name == "head" && !out.insert) out.insert = tag->end;
    if (tag->name != "meta") continue;
    look_at_meta(*tag, out, limits);
    // Browsers look for the encoding in the first 1024 bytes: a label goes behind it.
    if (out.insert && says_charset(*tag)) out.insert = tag->end;
  }
  return out;
}

std::string meta_tag(std::string_view value) {
  std::string out = "<meta name=\"AIGC\" content=\"";
  for (const char c : value) {
    const auto row = std::find_if(kEntities.begin(), kEntities.end(),
                                  [c](const auto& one) { return one.second[0] == c; });
    out += row == kEntities.end() ? std::string_view(&c, 1) : row->first;
  }
  return out + "\"/>";  // an XHTML page must close it
}

}  // namespace assay::formats::text_document
