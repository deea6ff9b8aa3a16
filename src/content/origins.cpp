// SPDX-License-Identifier: Apache-2.0
#include "content/origins.h"

#include <algorithm>

namespace assay::content {

void Origins::report(const std::string& row, std::string_view key, FaultId id,
                     std::vector<std::string> args, std::size_t index) const {
  const auto found = stated_.find(row);
  if (found == stated_.end()) {
    return elsewhere_.add({}, id, std::move(args));
  }
  for (auto at = found->second.rbegin(); at != found->second.rend(); ++at) {
    const Entry* entry = at->node->find(key);
    if (entry == nullptr) continue;
    const Node& value = entry->value;
    return at->faults->add(index < value.items.size() ? value.items[index].at : value.at, id,
                           std::move(args));
  }
  const Origin& last = found->second.back();
  last.faults->add(last.node->at, id, std::move(args));
}

bool Origins::states(const std::string& row, std::string_view key, std::string_view inner) const {
  const auto found = stated_.find(row);
  return found != stated_.end() && std::ranges::any_of(found->second, [&](const Origin& origin) {
           const Entry* entry = origin.node->find(key);
           return entry != nullptr && entry->value.find(inner) != nullptr;
         });
}

}  // namespace assay::content
