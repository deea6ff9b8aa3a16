// SPDX-License-Identifier: Apache-2.0
//
// Documents that are ZIP archives of XML: DOCX, ODT, EPUB.
#pragma once

#include <optional>

#include "base/byte_source.h"
#include "document/document.h"

namespace assay::document {

// Nothing where the input is no archive; Code::unsupported for an archive of another kind.
Result<std::optional<Document>> read_package(ByteSource& in);

}  // namespace assay::document
