// SPDX-License-Identifier: Apache-2.0
#include "document/html.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/strings.h"
#include "document/builder.h"

namespace assay::document {
namespace {

constexpr std::string_view kBlank = " \t\n\f\r";

struct Entity {
  std::string_view name;
  char32_t letter;
};
// The names that texts use; an unknown one stays as it stands.
constexpr std::array kEntities = {
    Entity{"amp", U'&'},    Entity{"lt", U'<'},     Entity{"gt", U'>'},
    Entity{"quot", U'"'},   Entity{"apos", U'\''},  Entity{"nbsp", U' '},
    Entity{"ensp", U' '},   Entity{"emsp", U' '},   Entity{"thinsp", U' '},
    Entity{"ndash", U'–'},  Entity{"mdash", U'—'},  Entity{"lsquo", U'‘'},
    Entity{"rsquo", U'’'},  Entity{"ldquo", U'“'},  Entity{"rdquo", U'”'},
    Entity{"hellip", U'…'}, Entity{"middot", U'·'}, Entity{"bull", U'•'},
    Entity{"sect", U'§'},   Entity{"para", U'¶'},   Entity{"copy", U'©'},
    Entity{"reg", U'®'},    Entity{"trade", U'™'},  Entity{"deg", U'°'},
    Entity{"times", U'×'},  Entity{"divide", U'÷'}, Entity{"le", U'≤'},
    Entity{"ge", U'≥'},     Entity{"ne", U'≠'},     Entity{"plusmn", U'±'},
    Entity{"euro", U'€'},   Entity{"yen", U'¥'},    Entity{"pound", U'£'},
    Entity{"cent", U'¢'},   Entity{"laquo", U'«'},  Entity{"raquo", U'»'},
    Entity{"eacute", U'é'}, Entity{"egrave", U'è'}, Entity{"agrave", U'à'},
    Entity{"ccedil", U'ç'}, Entity{"auml", U'ä'},   Entity{"ouml", U'ö'},
    Entity{"uuml", U'ü'},   Entity{"szlig", U'ß'},  Entity{"ntilde", U'ñ'},
    Entity{"permil", U'‰'}, Entity{"dagger", U'†'}, Entity{"shy", U'\u00ad'}};

// What is written inside these is not read by people.
constexpr std::array<std::string_view, 9> kUnread = {
    "script", "style", "template", "svg", "math", "iframe", "noscript", "nav", "select"};
constexpr std::array<std::string_view, 24> kBlocks = {
    "p",    "div",        "section", "article", "header", "footer", "main",    "aside",
    "ul",   "ol",         "li",      "dl",      "dt",     "dd",     "table",   "tr",
    "form", "blockquote", "pre",     "figure",  "hr",     "br",     "address", "body"};

template <class List>
bool in(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The letter of "&#8212;", "&#x2014;" or "&mdash;" at `at`, which moves behind it.
std::optional<char32_t> reference(std::string_view text, std::size_t& at) {
  const std::size_t length = text.substr(at, 12).find(';');
  if (length == std::string_view::npos || length < 2) return std::nullopt;
  std::string_view name = text.substr(at + 1, length - 1);
  std::optional<char32_t> letter;
  if (name.starts_with('#')) {
    name.remove_prefix(1);
    const bool hex = name.starts_with('x') || name.starts_with('X');
    if (hex) name.remove_prefix(1);
    std::uint32_t value = 0;
    const auto [end, error] =
        std::from_chars(name.data(), name.data() + name.size(), value, hex ? 16 : 10);
    const bool whole = error == std::errc{} && end == name.data() + name.size();
    if (whole && value >= 0x20 && value < 0x110000 && (value < 0xd800 || value > 0xdfff))
      letter = value;
  } else {
    const auto row = std::find_if(kEntities.begin(), kEntities.end(),
                                  [&](const Entity& one) { return one.name == name; });
    if (row != kEntities.end()) letter = row->letter;
  }
  if (letter) at += length + 1;
  return letter;
}

class Html {
 public:
  Html(Document& document, std::string_view text, Markup markup)
      : document_(document), text_(text), markup_(markup) {}

  void operator()() {
    while (at_ < text_.size()) {
      if (text_[at_] == '<' && markup()) continue;
      words();
    }
    end();
  }

 private:
  // Up to the next tag.
  void words() {
    const std::size_t next = std::min(text_.find('<', at_ + 1), text_.size());
    std::string out;
    while (at_ < next) {
      if (text_[at_] == '&')
        if (const auto letter = reference(text_, at_)) {
          append_utf8(out, *letter);
          continue;
        }
      out += text_[at_++];
    }
    if (in_title_)
      document_.title += trim(out);
    else
      builder_.add(out);
  }

  bool markup() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<!--")) return skip_past("-->");
    if (rest.starts_with("<!") || rest.starts_with("<?")) return skip_past(">");
    const bool closes = rest.starts_with("</");
    const std::size_t name_at = closes ? 2 : 1;
    if (name_at >= rest.size() || !is_letter(rest[name_at])) return false;
    const std::size_t name_end = std::min(rest.find_first_of(" \t\n\f\r/>", name_at), rest.size());
    const std::string name =
        to_lower(rest.substr(name_at, std::min<std::size_t>(name_end - name_at, 16)));
    skip_tag(name_end);
    const bool empty =
        markup_ == Markup::xml && at_ >= 2 && text_[at_ - 1] == '>' && text_[at_ - 2] == '/';
    if (empty && (name == "title" || in(kUnread, name))) return true;
    if (!closes && in(kUnread, name))
      skip_element(name);
    else
      tag(name, closes);
    return true;
  }

  bool skip_past(std::string_view end) {
    const std::size_t found = text_.find(end, at_);
    at_ = found == text_.npos ? text_.size() : found + end.size();
    return true;
  }

  // Past the ">" that no quoted value holds.
  void skip_tag(std::size_t from) {
    char quote = 0;
    for (at_ += from; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        ++at_;
        return;
      }
    }
  }

  void skip_element(std::string_view name) {
    const std::string end = "</" + std::string(name);
    for (std::size_t found = at_; (found = text_.find("</", found)) != text_.npos; found += 2)
      if (to_lower(text_.substr(found, end.size())) == end) {
        at_ = found;
        return;
      }
    at_ = text_.size();
  }

  void tag(const std::string& name, bool closes) {
    const bool heading = name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
    if (name == "title") {
      in_title_ = !closes;
    } else if (name == "td" || name == "th") {
      if (!closes && !builder_.empty() && row_) builder_.cell();
    } else if (heading || in(kBlocks, name)) {
      if (row_ && name != "tr" && name != "table") return builder_.add(" ");
      end();
      row_ = name == "tr" && !closes;
      level_ = heading && !closes ? name[1] - '0' : 0;
    }
  }

  void end() {
    builder_.end(row_         ? BlockKind::row
                 : level_ > 0 ? BlockKind::heading
                              : BlockKind::paragraph,
                 level_);
  }

  Document& document_;
  Builder builder_{document_};
  std::string_view text_;
  Markup markup_;
  std::size_t at_ = 0;
  bool in_title_ = false, row_ = false;
  int level_ = 0;
};

}  // namespace

bool looks_like_html(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == text.npos) return false;
  const std::string head = to_lower(text.substr(begin, 1024));
  return head.starts_with("<!doctype html") || head.starts_with("<html") ||
         (head.starts_with('<') &&
          (head.find("<html") != head.npos || head.find("<body") != head.npos ||
           head.find("<head") != head.npos));
}

void append_html(Document& document, std::string_view text, Markup markup) {
  Html(document, text, markup)();
}

Document read_html(std::string_view text) {
  Document document;
  document.format = "HTML";
  append_html(document, text, Markup::html);
  return document;
}

}  // namespace assay::document
