// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "checks/label_flaws.h"
#include "cli/label_commands.h"

namespace assay::cli {
int worse(int a, int b) {
  const auto rank = [](int code) {
    constexpr int kFound = 1000;
    return code == 1 ? kFound : code == 3 ? 1 : code;
  };
  return rank(a) >= rank(b) ? a : b;
}

Result<int> each_file(Session& session,
                      const std::function<Status(const fs::path&, const fs::path&)>& change) {
  const auto output = session.value("--output");
  const std::vector<std::string> paths = session.positional("PATH");
  if (output && paths.size() > 1)
    return Error{Code::invalid, "one output for several files", 0, "--output",
                 "give one file, or leave --output away to change the files themselves"};
  int code = 0;
  for (const std::string& path : paths) {
    const Status done = change(path, output.value_or(path));
    if (done.ok()) continue;
    const std::string place = done.error().where.empty() ? path + ": " : "";
    session.note(printable(place + done.error().text(session.language()), 2000) + "\n");
    code = worse(code, exit_code(done.error().code));
  }
  return code;
}

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
      out.text(key, printable(field->value, label::kMaxValueBytes));
  }
  return out.str();
}

const std::vector<std::string>& LabelClauses::of(std::string_view flaw, std::string_view format) {
  const checks::LabelMeasurement measurement = checks::label_measurement(flaw, format);
  const auto [at, fresh] =
      known_.try_emplace(fmt::format("{}.{}", measurement.check, measurement.name));
  if (fresh) at->second = checks::label_clauses(content_, measurement);
  return at->second;
}

}  // namespace assay::cli
