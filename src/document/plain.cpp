// SPDX-License-Identifier: Apache-2.0
#include "document/plain.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "document/builder.h"
#include "document/numbering.h"
#include "formats/table/encoding.h"

namespace assay::document {
namespace {

constexpr std::size_t kSample = 1 << 20;   // bytes that an encoding is told by
constexpr std::size_t kWrappedWidth = 55;  // columns of a line that goes on in the next

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines = split(text, '\n');
  for (std::string_view& line : lines)
    if (line.ends_with('\r')) line.remove_suffix(1);
  return lines;
}

// Broken at a width: of the lines with another right below them most are long, and none is very
// long.
bool wrapped(const std::vector<std::string_view>& lines) {
  std::size_t inner = 0, long_lines = 0, most = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t width = display_width(lines[i]);
    most = std::max(most, width);
    const bool above = i + 1 < lines.size() && !trim(lines[i]).empty() &&
                       !trim(lines[i + 1]).empty() && !begins_numbered(trim(lines[i + 1]));
    inner += above ? 1 : 0;
    long_lines += above && width >= kWrappedWidth ? 1 : 0;
  }
  return inner > 2 && long_lines * 10 >= inner * 7 && most < 140;
}

int heading_level(std::string_view line) {
  const std::size_t signs = std::min(line.find_first_not_of('#'), line.size());
  const bool heading = signs >= 1 && signs <= 6 && (signs == line.size() || line[signs] == ' ');
  return heading ? static_cast<int>(signs) : 0;
}

// Of "[words](address)" or "![words](address)" at `at`: where it closes; npos where it is none.
std::size_t end_of_link(std::string_view line, std::size_t at) {
  const std::string_view rest = line.substr(at);
  if (!rest.starts_with('[') && !rest.starts_with("![")) return line.npos;
  const std::size_t close = line.find(']', at);
  if (close == line.npos || !line.substr(close).starts_with("](")) return line.npos;
  return line.find(')', close);
}

// The words of a line of Markdown without their signs: **bold**, `code`, [words](address).
std::string plain_words(std::string_view line) {
  std::string out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    const bool pair = (c == '*' || c == '_') && at + 1 < line.size() && line[at + 1] == c;
    if (pair) {
      ++at;
    } else if (c == '\\' && at + 1 < line.size()) {
      out += line[++at];
    } else if (const std::size_t end = end_of_link(line, at); end != line.npos) {
      const std::size_t words = line.find('[', at) + 1;
      out += plain_words(line.substr(words, line.find("](", at) - words));
      at = end;
    } else if (c != '`') {
      out += c;
    }
  }
  return out;
}

class Markdown {
 public:
  explicit Markdown(std::string_view text) : lines_(lines_of(text)) {}

  Document operator()() {
    document_.format = "Markdown";
    std::size_t first = 0;
    if (!lines_.empty() && lines_[0] == "---")
      if (const auto end = std::find(lines_.begin() + 1, lines_.end(), "---"); end != lines_.end())
        first = static_cast<std::size_t>(end - lines_.begin()) + 1;
    for (std::size_t i = first; i < lines_.size(); ++i) take(lines_[i]);
    builder_.end(BlockKind::paragraph);
    return std::move(document_);
  }

 private:
  void take(std::string_view raw) {
    const std::string shown = without_comments(raw);
    const std::string_view line = trim(shown);
    if (is_fence(line)) {
      builder_.end(BlockKind::paragraph);
      code_ = !code_;
      return;
    }
    if (code_ || (line.empty() && !trim(raw).empty())) return;
    if (line.empty()) {
      builder_.end(BlockKind::paragraph);
    } else if (const int level = heading_level(line)) {
      builder_.end(BlockKind::paragraph);
      builder_.add(plain_words(line.substr(static_cast<std::size_t>(level))));
      builder_.end(BlockKind::heading, level);
    } else if (line.starts_with('|')) {
      row(line);
    } else {
      const bool item = line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ");
      if (item || begins_numbered(line)) builder_.end(BlockKind::paragraph);
      builder_.add_line(plain_words(item ? line.substr(2) : line));
    }
  }

  // Words behind the signs name a language; signs again are code within a line.
  static bool is_fence(std::string_view line) {
    if (line.starts_with("~~~")) return true;
    return line.starts_with("```") && line.find('`', line.find_first_not_of('`')) == line.npos;
  }

  std::string without_comments(std::string_view line) {
    std::string out;
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t sign = line.find(comment_ ? "-->" : "<!--", at);
      if (!comment_) out += line.substr(at, sign - at);
      if (sign == line.npos) break;
      at = sign + (comment_ ? 3 : 4);
      comment_ = !comment_;
    }
    return out;
  }

  void row(std::string_view line) {
    builder_.end(BlockKind::paragraph);
    if (line.find_first_not_of("|-: ") == line.npos) return;  // the rule below the head
    bool first = true;
    for (const std::string_view cell : split(line.substr(1), '|')) {
      if (!first) builder_.cell();
      first = false;
      builder_.add(plain_words(trim(cell)));
    }
    builder_.end(BlockKind::row);
  }

  std::vector<std::string_view> lines_;
  Document document_;
  Builder builder_{document_};
  bool code_ = false, comment_ = false;
};

}  // namespace

Result<std::string> to_utf8(std::string_view bytes) {
  using namespace formats::table;
  const Mark mark = marked_encoding(bytes.substr(0, kSample));
  bytes.remove_prefix(mark.bytes);
  Encoding encoding = mark.encoding;
  if (encoding == Encoding::unknown) encoding = guess_encoding(bytes.substr(0, kSample));
  std::string text(bytes);
  if (encoding != Encoding::unknown && encoding != Encoding::utf8) {
    Converter converter = TRY(Converter::open(encoding));
    text.clear();
    converter.convert(bytes, text);
  }
  if (!valid_utf8(text) || text.find('\0') != text.npos)
    return Error{Code::unsupported, "the text is in no encoding that is read", 0, "",
                 "save it as UTF-8"};
  return text;
}

Document read_plain(std::string_view text) {
  Document document;
  document.format = "text";
  Builder builder(document);
  const std::vector<std::string_view> lines = lines_of(text);
  const bool join = wrapped(lines);
  for (const std::string_view line : lines) {
    if (trim(line).empty() || !join || begins_numbered(trim(line)))
      builder.end(BlockKind::paragraph);
    builder.add_line(trim(line));
  }
  builder.end(BlockKind::paragraph);
  return document;
}

Document read_markdown(std::string_view text) { return Markdown(text)(); }

}  // namespace assay::document
