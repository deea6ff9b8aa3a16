// SPDX-License-Identifier: Apache-2.0
#include "base/strings.h"
#include "catalog/json_object.h"
#include "checks/label_flaws.h"
#include "cli/label_commands.h"

namespace assay::cli {

std::string label_json(const label::Checked& checked) {
  if (checked.judgement.labels.empty()) return "null";
  const label::Label& label = checked.judgement.labels[0];
  if (label.form == label::Form::none) return "null";
  catalog::JsonObject out;
  for (const std::string_view key : label::kKeys) {
    const label::Field* field = label.find(key);
    if (field == nullptr)
      out.raw(key, "null");
    else
      out.text(key, printable(field->value, 4096));
  }
  return out.str();
}

const std::vector<std::string>& LabelClauses::of(std::string_view flaw, std::string_view format) {
  const std::string_view measurement = checks::label_measurement(flaw, format);
  const auto [at, fresh] = known_.try_emplace(std::string(measurement));
  if (fresh) at->second = checks::label_clauses(content_, measurement);
  return at->second;
}

}  // namespace assay::cli
