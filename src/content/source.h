// SPDX-License-Identifier: Apache-2.0
//
// The content out of its source files: docs/formats/content.md.
#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "model/content.h"
#include "model/fault.h"

namespace assay::content {

// The engine these readers belong to; content.yaml says which it needs at least.
inline constexpr double kEngine = 1;

struct SourceOptions {
  // "check/measurement", everything that checks can measure; empty: measures are not compared.
  std::vector<std::string> measurements = {};
  // What the folders are laid over; without it the first folder is the content itself.
  const Content* base = nullptr;
  unsigned threads = 2;
};

struct LoadResult {
  Content content;  // of use only where there are no faults
  std::vector<Fault> faults;
};

// Reads the folders, each laid over the ones before: a row with a known id takes the keys that are
// stated, another is added. All faults of all files come back at once, sorted.
LoadResult load_source(const std::vector<fs::path>& folders, const SourceOptions& options);

// What one file says by itself, as if it stood at `relative` in a folder laid over options.base.
// References are not looked at.
LoadResult load_file(const std::string& relative, std::string_view bytes,
                     const SourceOptions& options);

// The faults of references and shapes in content that is already compiled.
std::vector<Fault> check_content(const Content& content, const SourceOptions& options);

}  // namespace assay::content
