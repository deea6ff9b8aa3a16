// SPDX-License-Identifier: Apache-2.0
//
// Where in a picture text may stand: ink in rows, as letters stand.
#pragma once

#include <vector>

#include "label/pixels.h"

namespace assay::label {

struct LinePlace {
  Box box;           // of its ink
  int letters = 0;   // at least: some hang together
  int strength = 0;  // of the weakest letter
};

struct Sizes {
  int least, most;  // of the height of a line, in pixels
};

// The likeliest first: many strong letters. Large and small ink beside letters, and ink much weaker
// than they are, does not hide them.
std::vector<LinePlace> find_lines(std::vector<Blot> blots, const Sizes& sizes);

}  // namespace assay::label
