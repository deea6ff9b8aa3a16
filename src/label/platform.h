// SPDX-License-Identifier: Apache-2.0
//
// What a platform that spreads a file concludes: Article 6 of the Labelling Measures.
#pragma once

#include <vector>

#include "label/label.h"

namespace assay::label {

enum class Platform : std::uint8_t {
  none,
  suspected,  // (3) no label and no declaration, but traces of generation
  possible,   // (2) no label, but the user declares it
  confirmed,  // (1) the metadata say that it is generated
};

// What is known of a file besides its metadata.
struct Traces {
  bool declared = false;        // by the user who uploads it
  bool explicit_label = false;  // seen or heard
  bool c2pa = false;            // a C2PA manifest names a generating model as the source
};

struct PlatformVerdict {
  Platform verdict{};
  std::vector<Text> reasons;
};

PlatformVerdict platform_verdict(const Reading& reading, const Judgement& judgement,
                                 const Traces& traces);

}  // namespace assay::label
