// SPDX-License-Identifier: Apache-2.0
//
// The catalogue as files for other programs. The same content and day give the same bytes.
#pragma once

#include "base/result.h"
#include "catalog/documents.h"

namespace assay::catalog {

// Everything in one JSON object.
std::string export_json(const Content& content, const Date& as_of);

enum class CsvTable : std::uint8_t { documents, clauses, mappings };

// RFC 4180, UTF-8, first row the names of the columns. Cells that a spreadsheet would run as a
// formula get a quote in front.
std::string export_csv(const Content& content, CsvTable table, const Date& as_of);

// One row of such a table, with its line end.
std::string csv_row(const std::vector<std::string>& cells);

// One mapping set (SSSOM TSV), or all of them under one header when `set` is empty.
Result<std::string> export_sssom(const Content& content, std::string_view set);

// OSCAL 1.2.1: documents as groups with their clauses as controls; cross-walks as mappings.
std::string export_oscal_catalog(const Content& content, const Date& as_of);
std::string export_oscal_mapping(const Content& content);

}  // namespace assay::catalog
