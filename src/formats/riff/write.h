// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/media.h"

namespace assay::formats::riff {

Result<Splice> write_wav(ByteSource& in, const Metadata& have, const Change& change,
                         const MediaLimits& limits);
Result<Splice> write_avi(ByteSource& in, const Metadata& have, const Change& change,
                         const MediaLimits& limits);

}  // namespace assay::formats::riff
