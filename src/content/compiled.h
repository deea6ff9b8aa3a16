// SPDX-License-Identifier: Apache-2.0
//
// The content as one file: docs/formats/compiled-content.md describes the bytes.
#pragma once

#include <string>

#include "base/byte_reader.h"
#include "model/content.h"

namespace assay::content {

// Sets nothing of the digest in `content`; the bytes carry it.
std::string compile(const Content& content);

// Refuses bytes whose digest does not fit (Code::invalid, with both digests) and those of a newer
// format or engine (Code::unsupported). References are not looked at: compile() was given content
// without faults.
Result<Content> open(Bytes bytes);

// Changes whenever a key of the model comes, goes or changes its type.
std::uint64_t schema_fingerprint();

}  // namespace assay::content
