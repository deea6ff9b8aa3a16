// SPDX-License-Identifier: Apache-2.0
#include "report/html/markup.h"

#include "base/strings.h"

namespace assay::report::html {
namespace {

// Characters that change the order or the look of what stands around them (UAX #9, 2.1 to 2.5), and
// controls that HTML forbids.
bool acts(char32_t c) {
  const bool control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
  const bool bidi = c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
                    (c >= 0x2066 && c <= 0x2069);
  const bool hidden = c == 0x200B || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
  const bool noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  return control || bidi || hidden || noncharacter;
}

std::string_view entity(char32_t c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
  }
}

}  // namespace

std::string escape(std::string_view text, std::size_t max_bytes) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (at >= max_bytes) return out + "…";
    const char32_t c = next_code_point(text, at);
    if (const std::string_view named = entity(c); !named.empty())
      out += named;
    else if (acts(c))
      out += fmt::format("[U+{:04X}]", static_cast<std::uint32_t>(c));
    else
      append_utf8(out, c);
  }
  return out;
}

std::string both(std::string_view zh, std::string_view en) {
  if (zh == en || en.empty()) return escape(zh);
  if (zh.empty()) return escape(en);
  return fmt::format("<span lang=\"zh\">{}</span><span lang=\"en\">{}</span>", escape(zh),
                     escape(en));
}

}  // namespace assay::report::html
