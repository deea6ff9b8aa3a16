// SPDX-License-Identifier: Apache-2.0
//
// What the content says that a label which is seen, heard or read must hold.
#pragma once

#include "label/explicit.h"
#include "model/content.h"

namespace assay::checks {

// The words of the lexicon; Code::not_found where the content has none.
Result<label::ExplicitRules> explicit_rules(const Content& content);

}  // namespace assay::checks
