// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "base/strings.h"
#include "base/yaml.h"

namespace {

// What the reader promises of a tree: texts of clean UTF-8, at most 16 levels, places in the file.
bool sound(const assay::Node& node, int depth) {
  if (depth > 17 || !assay::valid_utf8(node.text) || node.at.line == 0) return false;
  for (const assay::Node& item : node.items)
    if (!sound(item, depth + 1)) return false;
  for (const assay::Entry& entry : node.entries)
    if (entry.key.empty() || !sound(entry.value, depth + 1)) return false;
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<assay::Fault> faults;
  const auto text = assay::as_text(std::as_bytes(std::span(data, size)));
  const auto tree = assay::read_yaml(text, assay::Faults("fuzz", faults));
  if (!tree && faults.empty()) std::abort();
  if (tree && !sound(*tree, 1)) std::abort();
  return 0;
}
