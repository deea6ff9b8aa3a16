// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "document/document.h"

namespace assay::document {

// By pdftotext in the sandbox, on parts of the pages at the same time.
Result<Document> read_pdf(const fs::path& path, const ReadLimits& limits);

}  // namespace assay::document
