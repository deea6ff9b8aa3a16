// SPDX-License-Identifier: Apache-2.0
#include "cli/sarif.h"

#include "base/strings.h"
#include "catalog/json_object.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;

// SARIF 3.27.10.
std::string_view level(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::high: return "error";
    case Severity::medium: return "warning";
    case Severity::low:
    case Severity::info: return "note";
  }
  return "none";
}

// The path as a relative reference of RFC 3986; what is not plain is percent-encoded.
std::string uri(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/!$&'()*+,;=@";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    const auto byte = static_cast<unsigned char>(c);
    if (letter || kPlain.find(c) != std::string_view::npos)
      out += c;
    else
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

std::string text(std::string_view value) { return JsonObject().text("text", value).str(); }

}  // namespace

void Sarif::add(const std::string& path, const Flaw& flaw, const std::vector<std::string>& clauses,
                SarifPlace place) {
  rules_.try_emplace(flaw.id, JsonObject()
                                  .text("id", flaw.id)
                                  .raw("help", text(flaw.mend.en + " / " + flaw.mend.zh))
                                  .raw("properties", JsonObject().strings("tags", clauses).str())
                                  .str());
  JsonObject physical;
  physical.raw("artifactLocation", JsonObject().text("uri", uri(path)).str());
  if (place.line > 0)
    physical.raw("region", JsonObject()
                               .number("startLine", static_cast<double>(place.line))
                               .number("byteOffset", static_cast<double>(place.offset))
                               .str());
  JsonObject location;
  location.raw("physicalLocation", physical.str());
  if (!flaw.where.empty())
    location.list("logicalLocations",
                  {JsonObject().text("fullyQualifiedName", printable(flaw.where, 400)).str()});
  results_.push_back(JsonObject()
                         .text("ruleId", flaw.id)
                         .text("level", level(flaw.severity))
                         .raw("message", text(flaw.message.en + " / " + flaw.message.zh))
                         .list("locations", {location.str()})
                         .str());
}

std::string Sarif::str() const {
  std::vector<std::string> rules;
  for (const auto& [id, rule] : rules_) rules.push_back(rule);
  const std::string driver =
      JsonObject().text("name", "assay").text("version", ASSAY_VERSION).list("rules", rules).str();
  const std::string run = JsonObject()
                              .raw("tool", JsonObject().raw("driver", driver).str())
                              .list("results", results_)
                              .str();
  return JsonObject()
      .text("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      .text("version", "2.1.0")
      .list("runs", {run})
      .str();
}

}  // namespace assay::cli
