// SPDX-License-Identifier: Apache-2.0
//
// Labels in the head of a Markdown file or a web page. The text is the first part of the file, of
// which all offsets are; README.md has the places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/media.h"

namespace assay::formats::text_document {

// An item and the text it was read from.
struct Found {
  Item item;
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Contents {
  std::vector<Found> found;
  std::optional<std::size_t> insert;  // where a new label goes
  bool whole = false;                 // the head ended in the text
};

// Could it be text? Of a head that ends anywhere.
bool looks_like_text(std::string_view head);

bool has_front_matter(std::string_view text);
// Does front matter begin, and not end?
bool is_cut_in_front_matter(std::string_view text);
Result<Contents> find_in_markdown(std::string_view text, const MediaLimits& limits);
// The lines of a label; Code::unsupported where they would not be read back as `value`.
Result<std::string> label_lines(std::string_view text, const std::string& value,
                                const MediaLimits& limits);

bool is_html(std::string_view head);
Result<Contents> find_in_html(std::string_view text, const MediaLimits& limits);
std::string meta_tag(std::string_view value);

}  // namespace assay::formats::text_document
