// SPDX-License-Identifier: Apache-2.0
#include "base/scratch.h"

#include <stdlib.h>

#include <cerrno>

namespace assay {

Result<Scratch> Scratch::create() {
  std::error_code error;
  std::string path = (fs::temp_directory_path(error) / "assay-XXXXXX").string();
  if (error || ::mkdtemp(path.data()) == nullptr)
    return io_error(path, "cannot create the folder", errno);
  return Scratch(path);
}

Scratch::~Scratch() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace assay
