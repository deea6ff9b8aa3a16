// SPDX-License-Identifier: Apache-2.0
//
// The content that every command works with: the compiled file that ships with the program, and
// overlays.
#pragma once

#include <vector>

#include "base/files.h"
#include "model/content.h"

namespace assay::content {

struct Places {
  std::vector<fs::path> compiled;  // the first that is there is taken
  fs::path cache;                  // where compiled overlays are kept; empty: nowhere
};

// $ASSAY_CONTENT alone if set (a compiled file or a folder of sources); else assay.content beside
// the program or in ../share/assay. Cache: $XDG_CACHE_HOME/assay, or ~/.cache/assay.
Places default_places();

// Opens the compiled content and lays the overlays over it, later ones last. What that gives is
// kept in the cache under the digest of everything that went in. Where several faults stand in an
// overlay the Error says the first, in `language`; `assay content lint` says all.
Result<Content> load(const std::vector<fs::path>& overlays, const Places& places,
                     Language language = Language::en);

// The one of places.compiled that load() takes.
Result<fs::path> find_compiled(const Places& places);

// Opens the compiled file at `path`; errors carry it.
Result<Content> open_file(const fs::path& path);

}  // namespace assay::content
