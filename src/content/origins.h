// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/node.h"

namespace assay::content {

// Where each row was stated, so that a fault found later can be shown at its key. Borrows the nodes
// and the lists of faults.
class Origins {
 public:
  explicit Origins(std::vector<Fault>& faults) : elsewhere_("content", faults) {}

  void add(const std::string& row, const Faults& faults, const Node& node) {
    stated_[row].push_back({&faults, &node});
  }

  // Reports a fault of `row` at its `key`, or at the `index`th entry of the list there; "" is the
  // row itself. The last layer that states the key takes the blame.
  void report(const std::string& row, std::string_view key, FaultId id,
              std::vector<std::string> args, std::size_t index = kWhole) const;

  // Does any layer state `inner` in the mapping under `key` of `row`?
  bool states(const std::string& row, std::string_view key, std::string_view inner) const;

  static constexpr std::size_t kWhole = static_cast<std::size_t>(-1);

 private:
  struct Origin {
    const Faults* faults;
    const Node* node;
  };
  std::unordered_map<std::string, std::vector<Origin>> stated_;
  Faults elsewhere_;  // for rows of compiled content
};

}  // namespace assay::content
