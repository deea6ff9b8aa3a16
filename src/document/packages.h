// SPDX-License-Identifier: Apache-2.0
//
// Documents that are ZIP archives of XML: DOCX, ODT, EPUB.
#pragma once

#include <optional>

#include "document/document.h"

namespace assay::document {

// Nothing where the archive is none of them.
Result<std::optional<Document>> read_package(const fs::path& path, const ReadLimits& limits);

}  // namespace assay::document
