// SPDX-License-Identifier: Apache-2.0
//
// OSCAL exports against OSCAL's own schemas (1.2.1). The validator is the heaviest header of all:
// this file is the only one that includes it.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "base/files.h"
#include "catalog/export.h"
#include "content/source.h"

namespace assay::cli {
namespace {

using nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

const fs::path kRoot = ASSAY_SOURCE_DIR;

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// std::regex knows no \p{L}: our tokens are ASCII, so ASCII letters and digits are the stricter
// test.
json read_schema(const char* name) {
  Result<std::string> text = read_file(kRoot / "tests/data/schemas" / name, 1 << 24);
  if (!text.ok()) return {};
  replace_all(*text, "\\\\p{L}", "[A-Za-z]");
  replace_all(*text, "\\\\p{N}", "[0-9]");
  return json::parse(*text);
}

// The first faults of `document` against the schema, one a line; empty where it is valid.
std::string faults(const json& schema_json, const json& document) {
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(Adapter(schema_json), schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(schema, Adapter(document), &results)) return {};
  std::string out = "invalid:\n";
  valijson::ValidationResults::Error error;
  for (int i = 0; i < 8 && results.popError(error); ++i) {
    for (const std::string& step : error.context) out += step;
    out += ": " + error.description + "\n";
  }
  return out;
}

const Content& real_content() {
  static const content::LoadResult kLoaded = content::load_source({kRoot / "content"}, {});
  return kLoaded.content;
}

void collect(const json& node, const char* key, std::multiset<std::string>& out) {
  if (node.is_object() && node.contains(key) && node[key].is_string())
    out.insert(node[key].get<std::string>());
  if (node.is_structured())
    for (const json& child : node) collect(child, key, out);
}

void expect_unique(const json& document, const char* key) {
  std::multiset<std::string> found;
  collect(document, key, found);
  EXPECT_FALSE(found.empty());
  for (const std::string& value : found) EXPECT_EQ(found.count(value), 1U) << value;
}

TEST(Oscal, CatalogIsValidAndItsIdsAreUnique) {
  const json schema = read_schema("oscal_catalog_schema.json");
  ASSERT_FALSE(schema.is_null());
  json document =
      json::parse(catalog::export_oscal_catalog(real_content(), *parse_date("2026-11-22")));
  EXPECT_EQ(faults(schema, document), "");
  EXPECT_EQ(document["catalog"]["groups"].size(), real_content().standards.size());
  expect_unique(document, "id");
  // The schema does bite.
  document["catalog"]["groups"][0]["id"] = "no token";
  EXPECT_NE(faults(schema, document), "");
}

TEST(OscalCatalog, TitlesSayTheNumberOnce) {
  const json catalog =
      json::parse(catalog::export_oscal_catalog(real_content(), *parse_date("2026-11-22")));
  for (const json& group : catalog.at("catalog").at("groups")) {
    const std::string title = group.at("title");
    EXPECT_NE(title.substr(0, title.size() / 2), title.substr((title.size() + 1) / 2)) << title;
  }
}

TEST(Oscal, MappingCollectionIsValidAndItsUuidsAreUnique) {
  const json schema = read_schema("oscal_mapping_schema.json");
  ASSERT_FALSE(schema.is_null());
  json document = json::parse(catalog::export_oscal_mapping(real_content()));
  EXPECT_EQ(faults(schema, document), "");
  expect_unique(document, "uuid");
  std::size_t rows = 0;
  for (const MappingSet& set : real_content().mappings) rows += set.rows.size();
  std::size_t maps = 0;
  for (const json& mapping : document["mapping-collection"]["mappings"])
    maps += mapping["maps"].size();
  EXPECT_EQ(maps, rows);
  document["mapping-collection"].erase("provenance");
  EXPECT_NE(faults(schema, document), "");
}

}  // namespace
}  // namespace assay::cli
