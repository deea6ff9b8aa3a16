// SPDX-License-Identifier: Apache-2.0
//
// For tests of checks: the part of the content that checks take their lists from, and a control and
// a clause to attest.
#pragma once

#include <array>

#include "model/content.h"

namespace assay::checks {

// The 31 risks and 13 aspects by id, as content/frameworks/gbt-45654-annex-a.yaml has them.
inline Content fixture_content() {
  Framework annex;
  annex.id = "gbt-45654-annex-a";
  constexpr std::array<char, 5> kLast = {'h', 'i', 'e', 'g', 'b'};
  for (std::size_t i = 0; i < kLast.size(); ++i) {
    const std::string group = "A." + std::to_string(i + 1);
    Item item;
    item.id = group;
    item.kind = ItemKind::class_;
    annex.items.push_back(item);
    for (char letter = 'a'; letter <= kLast[i]; ++letter) {
      Item risk;
      risk.id = group + "." + letter;
      risk.kind = ItemKind::risk;
      risk.parents = {group};
      if (i < 2) risk.marks.emplace_back("refusal-17");
      annex.items.push_back(std::move(risk));
    }
  }
  for (int i = 1; i <= 13; ++i) {
    Item aspect;
    aspect.id = "NR." + std::to_string(i);
    aspect.kind = ItemKind::aspect;
    annex.items.push_back(std::move(aspect));
  }
  Content content;
  content.frameworks.push_back(std::move(annex));
  content.controls.emplace_back().id = "fixture-control";
  Standard& standard = content.standards.emplace_back();
  standard.id = "fixture";
  standard.clauses.emplace_back().id = "fixture/FX-001";
  return content;
}

}  // namespace assay::checks
