// SPDX-License-Identifier: Apache-2.0
//
// Where a file holds its C2PA manifest store (C2PA Technical Specification 2.x, Appendix A).
#pragma once

#include <string>
#include <vector>

#include "base/byte_source.h"

namespace assay::label {

struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

struct C2paStore {
  std::string bytes;              // JUMBF
  std::vector<ByteRange> ranges;  // in the file, with the frames around the bytes, in order
};

// The store of a JPEG, PNG, GIF, TIFF, RIFF (WebP, WAV, AVI), ISO base media file, MP3, FLAC or
// PDF. Code::not_found where there is none, Code::unsupported for another container, Code::invalid
// for two stores or a broken frame.
Result<C2paStore> find_c2pa_store(ByteSource& in);

// Does the file have a store, or one that cannot be taken out of it?
Result<bool> may_hold_c2pa_store(ByteSource& in);

// A sidecar: the file is the store.
Result<C2paStore> read_c2pa_sidecar(ByteSource& in);

}  // namespace assay::label
