// SPDX-License-Identifier: Apache-2.0
#include "formats/names_label.h"

#include <algorithm>
#include <cstddef>

namespace assay::formats {
namespace {

// Is the word, of small letters, in the text? Looks at every n-th byte, n the length of the word.
bool holds(std::string_view text, std::string_view word) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  for (std::size_t end = word.size() - 1; end < text.size();) {
    const std::size_t found = word.rfind(small(text[end]));
    const std::size_t ahead =
        found == std::string_view::npos ? word.size() : word.size() - 1 - found;
    if (ahead == 0) {
      const std::string_view here = text.substr(end + 1 - word.size(), word.size());
      if (std::equal(here.begin(), here.end(), word.begin(),
                     [&](char a, char b) { return small(a) == b; }))
        return true;
    }
    end += std::max<std::size_t>(ahead, 1);
  }
  return false;
}

}  // namespace

bool names_label(std::string_view text) {
  return holds(text, "aigc") || holds(text, "serviceprovider");
}

}  // namespace assay::formats
