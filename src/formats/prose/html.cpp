// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/strings.h"
#include "formats/prose/lines.h"

namespace assay::formats::prose {
namespace {

// Elements within a line; every other tag ends a block.
constexpr std::array<std::string_view, 30> kInline = {
    "a",     "abbr", "b",      "bdi", "bdo",   "cite", "code", "data", "dfn", "em",
    "font",  "i",    "ins",    "kbd", "label", "mark", "q",    "ruby", "s",   "samp",
    "small", "span", "strong", "sub", "sup",   "time", "tt",   "u",    "var", "wbr"};
constexpr std::array<std::string_view, 7> kUnread = {"head",     "script", "style",   "template",
                                                     "noscript", "title",  "textarea"};
constexpr std::array<std::string_view, 9> kPictures = {
    "img", "svg", "video", "canvas", "picture", "audio", "iframe", "object", "embed"};
constexpr std::array<std::string_view, 14> kVoid = {"area",  "base",   "br",    "col",  "embed",
                                                    "hr",    "img",    "input", "link", "meta",
                                                    "param", "source", "track", "wbr"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kEntities = {
    {{"&amp;", "&"},
     {"&quot;", "\""},
     {"&lt;", "<"},
     {"&gt;", ">"},
     {"&apos;", "'"},
     {"&nbsp;", " "},
     {"&middot;", "·"}}};

template <class List>
bool among(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

struct Tag {
  std::string name;  // small letters
  bool closing = false;
  bool hidden = false;
  std::size_t end = 0;  // behind it
};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

// Does the tag's inner text say that its element is not shown?
bool says_hidden(std::string_view inner) {
  std::string text = to_lower(inner);
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  if (text.find("display:none") != std::string::npos ||
      text.find("visibility:hidden") != std::string::npos)
    return true;
  for (const std::string_view word : split(inner, ' '))
    if (const std::string name = to_lower(trim(word)); name == "hidden" || name == "hidden=\"\"")
      return true;
  return false;
}

// The tag that begins at `at` ("<"); nothing where it is a letter like any other.
std::optional<Tag> tag_at(std::string_view text, std::size_t at) {
  Tag tag;
  std::size_t i = at + 1;
  tag.closing = i < text.size() && text[i] == '/';
  if (tag.closing) ++i;
  const std::size_t name = i;
  while (i < text.size() && is_name(text[i])) ++i;
  if (i == name) return std::nullopt;
  tag.name = to_lower(text.substr(name, i - name));
  const std::size_t inner = i;
  char quote = '\0';
  for (; i < text.size(); ++i) {
    if (quote != '\0') {
      if (text[i] == quote) quote = '\0';
    } else if (text[i] == '"' || text[i] == '\'') {
      quote = text[i];
    } else if (text[i] == '>') {
      break;
    }
  }
  tag.hidden = !tag.closing && says_hidden(text.substr(inner, i - inner));
  tag.end = std::min(i + 1, text.size());
  return tag;
}

class Page {
 public:
  Page(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {}

  Result<Prose> read() {
    while (at_ < text_.size()) {
      if (text_[at_] == '<') {
        if (TRY(markup())) continue;
      }
      letter();
    }
    TRY(end_block());
    return std::move(out_);
  }

 private:
  // Passes over a comment, declaration or tag; false where there is none.
  Result<bool> markup() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<!--") || rest.starts_with("<!") || rest.starts_with("<?")) {
      const std::string_view end = rest.starts_with("<!--") ? "-->" : ">";
      const std::size_t found = text_.find(end, at_ + 2);
      move_to(found == std::string_view::npos ? text_.size() : found + end.size());
      return true;
    }
    const auto tag = tag_at(text_, at_);
    if (!tag) return false;
    TRY(take(*tag));
    move_to(tag->end);
    if (!tag->closing && (tag->name == "script" || tag->name == "style")) skip_raw(tag->name);
    return true;
  }

  Status take(const Tag& tag) {
    if (!unread_.empty()) {  // within an element that is not shown
      if (tag.name == unread_) depth_ += tag.closing ? -1 : 1;
      if (depth_ == 0) unread_.clear();
      return Done{};
    }
    out_.pictures = out_.pictures || among(kPictures, tag.name);
    if (!among(kInline, tag.name)) TRY(end_block());
    const bool heading =
        tag.name.size() == 2 && tag.name[0] == 'h' && tag.name[1] >= '1' && tag.name[1] <= '6';
    if (heading) heading_ = !tag.closing;
    if (tag.closing || among(kVoid, tag.name)) return Done{};
    if (tag.hidden || among(kUnread, tag.name)) {
      unread_ = tag.name;
      depth_ = 1;
    }
    return Done{};
  }

  void skip_raw(std::string_view name) {
    while (at_ < text_.size()) {
      const std::size_t found = text_.find("</", at_);
      move_to(found == std::string_view::npos ? text_.size() : found);
      if (at_ == text_.size() || to_lower(text_.substr(at_ + 2, name.size())) == name) return;
      move_to(at_ + 2);
    }
  }

  void letter() {
    if (unread_.empty()) {
      if (block_.text.empty()) {
        if (text_[at_] == ' ' || (text_[at_] >= '\t' && text_[at_] <= '\r'))
          return move_to(at_ + 1);
        block_.line = line_;
        block_.offset = at_;
        block_.heading = heading_;
      }
      if (text_[at_] == '&') {
        if (const std::size_t end = entity()) return move_to(end);
      }
      block_.text += text_[at_] == '\n' || text_[at_] == '\r' ? ' ' : text_[at_];
    }
    move_to(at_ + 1);
  }

  // Adds the letter of a reference; where it ends, or 0.
  std::size_t entity() {
    const std::string_view rest = text_.substr(at_, 12);
    for (const auto& [name, letter] : kEntities) {
      if (!rest.starts_with(name)) continue;
      block_.text += letter;
      return at_ + name.size();
    }
    const std::size_t end = rest.find(';');
    if (!rest.starts_with("&#") || end == std::string_view::npos) return 0;
    std::string_view digits = rest.substr(2, end - 2);
    const bool hex = digits.starts_with('x') || digits.starts_with('X');
    if (hex) digits.remove_prefix(1);
    std::uint32_t code = 0;
    const auto [stop, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    const bool whole = error == std::errc{} && stop == digits.data() + digits.size();
    if (!whole || code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0;
    append_utf8(block_.text, static_cast<char32_t>(code));
    return at_ + end + 1;
  }

  Status end_block() {
    Block block = std::move(block_);
    block_ = {};
    return add(out_, std::move(block), limits_);
  }

  void move_to(std::size_t to) {
    line_ += static_cast<std::uint64_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                   text_.begin() + static_cast<std::ptrdiff_t>(to),
                                                   '\n'));
    at_ = to;
  }

  std::string_view text_;
  const Limits& limits_;
  Prose out_;
  Block block_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  std::string unread_;  // the element that is passed over
  int depth_ = 0;       // of elements of that name
  bool heading_ = false;
};

}  // namespace

Result<Prose> read_html(std::string_view text, const Limits& limits) {
  return Page(text, limits).read();
}

}  // namespace assay::formats::prose
