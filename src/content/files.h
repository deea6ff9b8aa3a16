// SPDX-License-Identifier: Apache-2.0
//
// The files of a content folder: which there may be, and what they say before it is given a
// meaning.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/node.h"

namespace assay::content {

enum class FileKind : std::uint8_t {
  manifest,
  sources,
  structure,
  editions,
  standard,
  clauses,
  controls,
  conditions,
  frameworks,
  crosswalk,
  lexicon,
  timeline,
  reference,
  other,       // README, changelog, licence: not read
  unexpected,  // has no place in the content
};

struct SourceFile {
  std::string relative;  // "standards/gb-45438/clauses.yaml"
  std::string shown;     // as its faults name it
  FileKind kind = FileKind::unexpected;
  std::optional<Node> tree;
  std::vector<Fault> faults;

  // The folder or file name that must equal the id of what it holds.
  std::string own_name() const;
};

FileKind kind_of(std::string_view relative);

// Reads one file's bytes into its tree and faults.
void read_bytes(std::string_view bytes, SourceFile& file);

// Every file below `folder`, in order of kind and name, read by `threads` threads. What they say
// does not depend on the number of threads.
std::vector<SourceFile> read_folder(const fs::path& folder, unsigned threads);

}  // namespace assay::content
