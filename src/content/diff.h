// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/content.h"

namespace assay::content {

enum class Change : std::uint8_t { added, removed, changed };

struct KeyChange {
  std::string key;     // "threshold.value", "controls[0]"
  std::string before;  // "" where absent
  std::string after;
};

// A row that one of two contents has not, or that differs.
struct RowChange {
  std::string kind;  // "standard", "clause", "control" …
  std::string id;
  Change change{};
  std::vector<KeyChange> keys;  // of a changed row
};

// In order of kind and id.
std::vector<RowChange> diff(const Content& before, const Content& after);

}  // namespace assay::content

namespace assay {
template <>
struct Words<content::Change> {
  static constexpr std::array<Word<content::Change>, 3> table = {{
      {content::Change::added, "added", {"新增", "added"}},
      {content::Change::removed, "removed", {"删除", "removed"}},
      {content::Change::changed, "changed", {"改动", "changed"}},
  }};
};
}  // namespace assay
