// SPDX-License-Identifier: Apache-2.0
//
// A model file of whatever format: what it is by its content, and what loading it would call.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "artifact/pickle_calls.h"

namespace assay::artifact {

struct ModelLimits {
  PickleLimits pickle;
  std::uint64_t unpacked_bytes = std::uint64_t{512} << 20;  // all compressed members of a file
  std::uint32_t archive_depth = 4;                          // archives inside archives
};

enum class ModelFormat : std::uint8_t {
  text,   // not looked at: settings, word lists, documentation
  other,  // not looked at: bytes of another format, also an archive that holds neither a pickle nor
          // arrays only
  pickle,
  zip,
  npy,
  safetensors,
};

struct ModelReport {
  ModelFormat format{};
  std::uint64_t members = 0;  // of the archive and those inside
  PickleReport pickles;       // with the flaws of the archive itself
};

// `name` leads every place and decides only whether broken bytes were meant to be a pickle.
Result<ModelReport> judge_model(ByteSource& in, std::string_view name, const AllowList& allow,
                                const ModelLimits& limits);
Result<ModelReport> judge_model_file(const std::filesystem::path& path, std::string_view name,
                                     const AllowList& allow, const ModelLimits& limits);

}  // namespace assay::artifact
