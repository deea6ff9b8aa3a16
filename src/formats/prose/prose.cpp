// SPDX-License-Identifier: Apache-2.0
#include "formats/prose/prose.h"

#include <algorithm>

#include "base/strings.h"
#include "formats/prose/lines.h"

namespace assay::formats::prose {
namespace {

constexpr std::string_view kMark = "\xef\xbb\xbf";

bool is_rule(std::string_view line) { return trim(line) == "---" || trim(line) == "..."; }

// Where the text behind the front matter begins.
std::size_t behind_front_matter(std::string_view text) {
  std::size_t end = std::min(text.find('\n'), text.size());
  if (trim(text.substr(0, end)) != "---") return 0;
  while (end < text.size()) {
    const std::size_t begin = end + 1;
    end = std::min(text.find('\n', begin), text.size());
    if (is_rule(text.substr(begin, end - begin))) return std::min(end + 1, text.size());
  }
  return 0;  // never closed: it is text
}

// Wipes comments out of a line; `open` goes on over lines.
void wipe_comments(std::string& line, bool& open) {
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = open ? at : line.find("<!--", at);
    if (begin == std::string::npos) return;
    const std::size_t end = line.find("-->", begin);
    open = end == std::string::npos;
    const std::size_t behind = open ? line.size() : end + 3;
    std::fill(line.begin() + static_cast<std::ptrdiff_t>(begin),
              line.begin() + static_cast<std::ptrdiff_t>(behind), ' ');
    at = behind;
  }
}

}  // namespace

Status add(Prose& out, Block block, const Limits& limits) {
  const auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  if (std::all_of(block.text.begin(), block.text.end(), blank)) return Done{};
  if (out.blocks.size() == limits.blocks)
    return Error{Code::limit, "the text has too many lines", block.offset};
  out.blocks.push_back(std::move(block));
  return Done{};
}

Result<Prose> read_lines(std::string_view text, Kind kind, const Limits& limits) {
  Prose out;
  const bool markdown = kind == Kind::markdown;
  std::size_t at = text.starts_with(kMark) ? kMark.size() : 0;
  const std::size_t body = markdown ? at + behind_front_matter(text.substr(at)) : at;
  bool comment = false;
  for (std::uint64_t line = 1; at < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    Block block{std::string(text.substr(at, end - at)), line, at, true, false};
    const bool read = at >= body;
    at = end + 1;
    if (!read) continue;
    if (markdown) {
      wipe_comments(block.text, comment);
      block.heading = trim(block.text).starts_with('#');
      out.pictures = out.pictures || block.text.find("![") != std::string::npos ||
                     block.text.find("<img") != std::string::npos;
    }
    TRY(add(out, std::move(block), limits));
  }
  return out;
}

Result<Prose> read(ByteSource& in, Kind kind, const Limits& limits) {
  if (kind == Kind::docx) return read_docx(in, limits);
  if (in.size() > limits.bytes) return Error{Code::limit, "the text is too long", limits.bytes};
  const std::string text = TRY(in.copy(0, in.size()));
  if (!valid_utf8(text)) return Error{Code::unsupported, "the text is not UTF-8", 0};
  return kind == Kind::html ? read_html(text, limits) : read_lines(text, kind, limits);
}

}  // namespace assay::formats::prose
