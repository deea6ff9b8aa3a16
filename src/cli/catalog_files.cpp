// SPDX-License-Identifier: Apache-2.0
//
// catalog export, diagram and matrix.
#include "catalog/export.h"
#include "catalog/pictures.h"
#include "cli/catalog_commands.h"

namespace assay::cli {
namespace {

enum class Format : std::uint8_t { json, csv, sssom, oscal_catalog, oscal_mapping };

}  // namespace
}  // namespace assay::cli

namespace assay {

template <>
struct Words<cli::Format> {
  static constexpr std::array<Word<cli::Format>, 5> table = {{
      {cli::Format::json, "json", {"json", "json"}},
      {cli::Format::csv, "csv", {"csv", "csv"}},
      {cli::Format::sssom, "sssom", {"sssom", "sssom"}},
      {cli::Format::oscal_catalog, "oscal-catalog", {"oscal-catalog", "oscal-catalog"}},
      {cli::Format::oscal_mapping, "oscal-mapping", {"oscal-mapping", "oscal-mapping"}},
  }};
};

template <>
struct Words<catalog::CsvTable> {
  static constexpr std::array<Word<catalog::CsvTable>, 3> table = {{
      {catalog::CsvTable::documents, "documents", {"文件", "documents"}},
      {catalog::CsvTable::clauses, "clauses", {"条款", "clauses"}},
      {catalog::CsvTable::mappings, "mappings", {"对照", "mappings"}},
  }};
};

}  // namespace assay

namespace assay::cli {

Result<int> catalog_export(Session& session) {
  const Content& content = *TRY(session.content());
  const Date as_of = TRY(session.as_of());
  const auto format = TRY(option_word<Format>(session, "--format"));
  const auto table = TRY(option_word<catalog::CsvTable>(session, "--table"));
  switch (format.value_or(Format::json)) {
    case Format::json: return deliver(session, catalog::export_json(content, as_of));
    case Format::csv:
      return deliver(session, catalog::export_csv(
                                  content, table.value_or(catalog::CsvTable::documents), as_of));
    case Format::sssom: {
      const std::string rows =
          TRY(catalog::export_sssom(content, session.value("--set").value_or("")));
      return deliver(session, rows);
    }
    case Format::oscal_catalog:
      return deliver(session, catalog::export_oscal_catalog(content, as_of));
    case Format::oscal_mapping: return deliver(session, catalog::export_oscal_mapping(content));
  }
  return Error{Code::internal, "a format without a writer"};
}

Result<int> catalog_diagram(Session& session) {
  const Content& content = *TRY(session.content());
  const Date as_of = TRY(session.as_of());
  return deliver(session, catalog::diagram_svg(content, as_of, session.language()));
}

Result<int> catalog_matrix(Session& session) {
  const Content& content = *TRY(session.content());
  const Date as_of = TRY(session.as_of());
  const Framework* framework = TRY(edition_option(session, content));
  return deliver(session, catalog::matrix_svg(content, *framework, as_of, session.language()));
}

}  // namespace assay::cli
