// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/media.h"

namespace assay::formats::matroska {

Result<Splice> write(ByteSource& in, const Metadata& have, const Change& change,
                     const MediaLimits& limits);

}  // namespace assay::formats::matroska
