// SPDX-License-Identifier: Apache-2.0
//
// Small drawings as inline SVG. They repeat what the text beside them says, so that they are hidden
// from screen readers; colours come from the style sheet's classes.
#pragma once

#include "report/html/markup.h"
#include "report/phrase.h"
#include "report/summary.h"

namespace assay::report::html {

// Verified verdicts as parts of a circle, with their number in the middle.
Html ring(const Tally& tally);

// One bar of stacked verdicts, unverified ones pale at its end; `most` clauses fill the width.
Html bar(const Tally& tally, std::uint64_t most);

// The measurement as a point with its exact limits, on the range that the clause's limit allows.
// Empty where there is no limit to compare with.
Html interval(const Measurement& measurement, const Limit& limit);

}  // namespace assay::report::html
