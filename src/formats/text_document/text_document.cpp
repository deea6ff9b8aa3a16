// SPDX-License-Identifier: Apache-2.0
//
// Markdown, web pages and plain text; README.md has the places of labels.
#include <algorithm>
#include <array>

#include "base/strings.h"
#include "formats/media.h"
#include "formats/text_document/documents.h"

namespace assay::formats::text_document {
namespace {

constexpr std::uint64_t kWindow = std::uint64_t{1} << 20;  // most heads end in it
constexpr std::uint64_t kGrowth = 8;

// The first `n` bytes of a file, which must be text.
Result<std::string> load(ByteSource& in, std::uint64_t n) {
  std::string text = TRY(in.copy(0, n));
  if (text.empty()) return Error{Code::invalid, "the file is empty", 0};
  if (const std::size_t nul = text.find('\0'); nul != std::string::npos)
    return Error{Code::invalid, "not a text", nul};
  return text;
}

using Find = Result<Contents> (*)(std::string_view text, const MediaLimits& limits);
using Write = Result<std::string> (*)(std::string_view text, const std::string& value,
                                      const MediaLimits& limits);

// As much of the file as its head takes.
template <class Whole>
Result<std::string> load_head(ByteSource& in, const MediaLimits& limits, const Whole& is_whole) {
  for (std::uint64_t n = std::min(kWindow, limits.total_bytes);;
       n = std::min(n * kGrowth, limits.total_bytes)) {
    std::string text = TRY(load(in, n));
    const bool whole = TRY(is_whole(text));
    if (whole || text.size() >= in.size()) return text;
    if (n == limits.total_bytes)
      return Error{Code::limit, "the head of the document is too long", n};
  }
}

struct Head {
  std::string text;
  Contents contents;
};

template <Find find>
Result<Head> head_of(ByteSource& in, const MediaLimits& limits) {
  Head out;
  const auto look = [&](const std::string& text) -> Status {
    out.contents = TRY(find(text, limits));
    return Done{};
  };
  out.text = TRY(load_head(in, limits, [&](const std::string& text) -> Result<bool> {
    const Status looked = look(text);
    if (!looked.ok()) return looked.error();
    return out.contents.whole;
  }));
  return out;
}

template <Find find>
Result<Metadata> read(ByteSource& in, const MediaLimits& limits) {
  const Contents contents = TRY(head_of<find>(in, limits)).contents;
  Metadata out;
  for (const Found& one : contents.found) out.items.push_back(one.item);
  return out;
}

struct Replacement {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string by;
};

template <Find find, Write make>
Result<Splice> write(ByteSource& in, const Metadata& /*have*/, const Change& change,
                     const MediaLimits& limits) {
  const auto [text, contents] = TRY(head_of<find>(in, limits));
  std::vector<Replacement> all;
  std::size_t labels = 0;
  for (const Found& one : contents.found) labels += one.item.key == "AIGC" ? 1 : 0;
  for (const Edit& edit : change.edits) {
    if (edit.item >= contents.found.size() || contents.found[edit.item].item.key != "AIGC")
      return Error{Code::unsupported, "this part cannot be changed", 0};
    const Found& old = contents.found[edit.item];
    all.push_back({old.begin, old.end, edit.value ? TRY(make(text, *edit.value, limits)) : ""});
    if (!edit.value) --labels;
  }
  if (change.add) {
    if (!contents.insert) return Error{Code::unsupported, "the document has no place for it", 0};
    if (labels > 0) return Error{Code::unsupported, "the key AIGC is taken by something else", 0};
    all.push_back({*contents.insert, *contents.insert, TRY(make(text, *change.add, limits))});
  }
  std::sort(all.begin(), all.end(),
            [](const Replacement& a, const Replacement& b) { return a.end < b.end; });
  Splice out;
  std::uint64_t at = 0;
  for (const Replacement& one : all) {
    out.keep(at, one.begin - at);
    out.put(one.by);
    at = one.end;
  }
  out.keep(at, in.size() - at);
  return out;
}

Result<std::string> make_meta(std::string_view /*text*/, const std::string& value,
                              const MediaLimits& /*limits*/) {
  return meta_tag(value);
}

Result<bool> sniff_markdown(Bytes head, ByteSource& in) {
  if (!looks_like_text(as_text(head))) return false;
  const std::string text = TRY(load_head(in, {}, [](const std::string& part) -> Result<bool> {
    return !is_cut_in_front_matter(part);
  }));
  return has_front_matter(text);
}

Result<bool> sniff_html(Bytes head, ByteSource& /*in*/) {
  return looks_like_text(as_text(head)) && is_html(as_text(head));
}

Result<bool> sniff_text(Bytes head, ByteSource& /*in*/) {
  return !head.empty() && looks_like_text(as_text(head));
}

Result<Metadata> read_text(ByteSource& in, const MediaLimits& limits) {
  TRY(load(in, std::min(kWindow, limits.total_bytes)));
  return Metadata{};
}

constexpr std::array<MediaFormat, 3> kRows = {
    {{"Markdown",
      {"YAML 头部的 AIGC 映射", "the mapping AIGC of the YAML front matter"},
      ItemKind::text,
      sniff_markdown,
      read<find_in_markdown>,
      write<find_in_markdown, label_lines>},
     {"HTML", {}, ItemKind::text, sniff_html, read<find_in_html>, write<find_in_html, make_meta>},
     {"Text", {}, ItemKind::text, sniff_text, read_text, nullptr}}};

// GB18030: one byte, two, or four.
bool is_gb18030(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto at = [&](std::size_t n) { return static_cast<unsigned char>(text[i + n]); };
    if (at(0) < 0x80) continue;
    if (at(0) == 0x80 || at(0) == 0xff) return false;
    if (i + 1 == text.size()) return true;  // cut
    const bool four = at(1) >= 0x30 && at(1) <= 0x39;
    if (!four && (at(1) < 0x40 || at(1) == 0x7f || at(1) == 0xff)) return false;
    i += four ? 3 : 1;
  }
  return true;
}

}  // namespace

bool looks_like_text(std::string_view head) {
  constexpr std::string_view kAllowed = "\t\n\f\r";
  const bool controls = std::any_of(head.begin(), head.end(), [&](char c) {
    return c == 0x7f ||
           (static_cast<unsigned char>(c) < 0x20 && kAllowed.find(c) == std::string_view::npos);
  });
  if (controls) return false;
  for (std::size_t cut = 0; cut < 4 && cut <= head.size(); ++cut)
    if (valid_utf8(head.substr(0, head.size() - cut))) return true;
  return is_gb18030(head);
}

extern const std::span<const MediaFormat> kMedia;
const std::span<const MediaFormat> kMedia = kRows;

}  // namespace assay::formats::text_document
