// SPDX-License-Identifier: Apache-2.0
//
// Files in archives, and in archives in them: ZIP and tar, which are read here, and what
// libarchive's programs unpack in the sandbox (base/sandbox.h): 7z, and gzip, bzip2, xz and
// Zstandard around one file or a tar. Nothing is unpacked to a path, and no link is followed.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "base/byte_source.h"

namespace assay::label {

// Of one archive with all that is in it.
struct ArchiveLimits {
  std::uint64_t members = 1'000'000;
  std::uint64_t member_bytes = std::uint64_t{256} << 20;  // of one that is unpacked in memory
  std::uint64_t total_bytes = std::uint64_t{1} << 30;     // of all, unpacked
  std::uint64_t ratio = 1000;                             // unpacked to packed
  int depth = 4;                                          // archives in archives
  int programs = 1000;                                    // runs of them
};

struct ArchiveMember {
  std::string path;            // in the archive, "b.zip!c/d.png"; empty: the archive itself
  std::filesystem::path name;  // for its ending
  ByteSource* in = nullptr;    // null where it, or an archive with the rest of it, cannot be read
  Error unread = {};           // why
};

// Is it an archive, and no document or book in the frame of one?
Result<bool> is_archive(ByteSource& in, const std::filesystem::path& name);

// Calls `look` for each file in the archive, whose bytes `in` are those of `file`. An Error is one
// of `look`.
Status each_member(ByteSource& in, const std::filesystem::path& file, const ArchiveLimits& limits,
                   const std::function<Status(const ArchiveMember&)>& look);

}  // namespace assay::label
