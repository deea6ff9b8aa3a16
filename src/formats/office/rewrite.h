// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/splice.h"
#include "formats/zip_archive.h"

namespace assay::formats::office {

// A member of an archive with its new content.
struct Member {
  std::string name;
  std::string content;
};

// The archive with some members replaced, or added at its end; they are stored uncompressed. Every
// other member stays byte for byte, in its order. Code::unsupported for an archive that two readers
// would see differently, and for zip64.
Result<Splice> rewrite(ByteSource& in, const zip::Archive& archive,
                       const std::vector<Member>& members);

}  // namespace assay::formats::office
