// SPDX-License-Identifier: Apache-2.0
#include "model/system_file.h"

#include <cmath>

#include "base/credit_code.h"
#include "base/yaml.h"
#include "model/from_node.h"

namespace assay {
namespace {

constexpr std::string_view kIdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789.-";

// The place of the value at the end of a path of keys, or of the last mapping on the way.
Place place_at(const Node& root, std::initializer_list<const char*> keys) {
  const Node* node = &root;
  for (const char* key : keys) {
    const Entry* entry = node->find(key);
    if (entry == nullptr) break;
    node = &entry->value;
  }
  return node->at;
}

void check_values(const System& system, const Node& root, const Faults& faults) {
  if (system.id.find_first_not_of(kIdCharacters) != std::string::npos)
    faults.add(place_at(root, {"id"}), FaultId::bad_id, {system.id, "a-z 0-9 . -"});
  const std::string& code = system.provider.credit_code;
  if (!code.empty() && check_credit_code(code) != CreditCodeFault::none)
    faults.add(place_at(root, {"provider", "credit_code"}), FaultId::bad_credit_code,
               {"credit_code", code});
  const double files = system.subjects.media_sample.files;
  if (files < 0 || files != std::floor(files))
    faults.add(place_at(root, {"subjects", "media_sample", "files"}), FaultId::bad_number,
               {"files", std::to_string(files)});
  const std::string& service = system.subjects.service;
  if (!service.empty() && !service.starts_with("https://") && !service.starts_with("http://"))
    faults.add(place_at(root, {"subjects", "service"}), FaultId::bad_address, {"service", service});
}

Result<System> read_root(const std::optional<Node>& root, const Faults& faults,
                         std::vector<Fault>& own, std::vector<Fault>& all) {
  System system;
  if (root) {
    read_node(*root, faults, {}, system);
    check_values(system, *root, faults);
  }
  sort_faults(own);
  all.insert(all.end(), own.begin(), own.end());
  if (!own.empty()) return fault_error(own);
  return system;
}

}  // namespace

Result<System> read_system(const fs::path& path, std::vector<Fault>& faults) {
  // A missing file is no fault of the file: the caller's words are wrong, or the disk is.
  const std::string bytes = TRY(read_file(path, kMaxDataFileBytes));
  return read_system_text(bytes, path.string(), faults);
}

Result<System> read_system_text(std::string_view bytes, const std::string& name,
                                std::vector<Fault>& faults) {
  std::vector<Fault> own;
  const Faults here(name, own);
  return read_root(read_yaml(bytes, here), here, own, faults);
}

}  // namespace assay
